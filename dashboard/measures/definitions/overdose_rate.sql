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
SELECT
  d.period,
  e.participant_key,
  CASE WHEN e.is_active THEN e.active_county_fips ELSE e.county_fips END AS county,
  CASE WHEN e.is_active THEN e.active_program_id ELSE e.program_id END AS program,
  e.site_id AS site,
  CASE WHEN e.is_active THEN 1 ELSE 0 END AS numerator,
  0 AS denominator,
  CASE WHEN NOT e.is_active THEN 'outside' END AS left_out
FROM event AS e
JOIN period_day AS d ON d.day = e.event_date AND e.last_day <= d.period_end
WHERE e.class = 'overdose'
