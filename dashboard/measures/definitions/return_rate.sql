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
WHERE e.class = 'return_to_use'
