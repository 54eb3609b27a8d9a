/*
id = "O1r"
title = "Overdoses per 100 person-months"
short_title = "Overdose rate"
kind = "rate"
unit = "overdose"
units = "overdoses"
numerator = "overdoses known to the program on active days in the period, whatever their outcome"
denominator = "person-months of active time in the period"
direction = "lower"
interval = "poisson"
why = "Counts alone grow with the program; the rate does not."
caveats = [
  "These are overdoses the program knows of; many are never known.",
  "One person can have several, and the limits allow for that.",
]
example = "Eight overdoses of five people on active days in 412.5 person-months: 1.94 per 100 person-months, limits 0.38 to 4.60. A ninth fell outside active time."
dimensions = ["county", "region", "program", "site", "age_band", "gender", "race_eth"]
audiences = ["director", "funder"]
synonyms = ["poisoning"]
clause = "{value} overdoses per 100 person-months in {period}"
subject = "overdoses per 100 person-months"
left_out = [["outside", "they fall outside active time"]]
*/
WITH told AS (
  SELECT d.period, e.*
  FROM event AS e
  JOIN period_day AS d ON d.day = e.event_date
  JOIN period AS p ON p.period = d.period AND CASE e.date_precision
      WHEN 'week' THEN e.event_date + 6
      WHEN 'month' THEN CAST(e.event_date + INTERVAL 1 MONTH AS DATE) - 1
      WHEN 'quarter' THEN CAST(e.event_date + INTERVAL 3 MONTH AS DATE) - 1
      ELSE e.event_date
    END <= p.period_end
  WHERE e.class = 'overdose'
)
SELECT
  n.period,
  n.participant_key,
  CASE WHEN n.is_active THEN n.active_county_fips ELSE n.county_fips END AS county,
  CASE WHEN n.is_active THEN n.active_program_id ELSE n.program_id END AS program,
  n.site_id AS site,
  CASE WHEN n.is_active THEN 1 ELSE 0 END AS numerator,
  0 AS denominator,
  CASE WHEN NOT n.is_active THEN 'outside' END AS left_out
FROM told AS n
