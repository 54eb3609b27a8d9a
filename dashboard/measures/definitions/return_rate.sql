/*
id = "U2"
title = "Returns to use told to a coach, per 100 person-months"
short_title = "Reported returns to use"
kind = "rate"
unit = "report"
units = "reports"
numerator = "returns to use dated on active days in the period and told to a coach"
denominator = "person-months of active time in the period"
direction = "neutral"
interval = "poisson"
why = "Divided by active time, years of different size can be read side by side."
caveats = [
  "This counts what people told a coach. More contact and more trust mean that more is heard, so a rise is not bad news by itself.",
  "It is always shown with the number of contacts.",
]
example = "Three returns to use on 328 active days, 10.776 person-months: 27.8 per 100 person-months. A fourth, told by someone no longer in touch, stays outside the rate."
dimensions = ["county", "region", "program", "site", "age_band", "gender", "race_eth"]
audiences = ["director", "funder"]
synonyms = ["relapse", "recurrence", "slip", "lapse"]
clause = "{value} reported returns to use per 100 person-months in {period}"
subject = "reported returns to use"
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
  WHERE e.class = 'return_to_use'
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
