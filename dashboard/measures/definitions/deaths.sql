/*
id = "O4"
title = "People the program supported who died"
short_title = "Deaths"
kind = "people"
unit = "person"
units = "people"
numerator = "people who died of any cause in the period, at most 90 days after their last contact"
direction = "none"
interval = "none"
why = "Each was a person known to a coach; the program remembers and learns."
caveats = [
  "Records stay provisional until a cause is confirmed.",
  "Overdose deaths are part of this number.",
  "Deaths later than 90 days after the last contact are listed, not counted.",
]
example = "Of four deaths in the year, two by overdose and one 91 days after the last contact, 3 are counted."
dimensions = ["cause"]
audiences = ["director", "funder"]
synonyms = ["fatality", "mortality"]
subject = "deaths"
once = true
left_out = [["long_after", "their last contact was more than 90 days before"]]
*/
SELECT
  d.period,
  x.participant_key,
  x.cause,
  CASE WHEN e.is_counted_death THEN NULL ELSE 'long_after' END AS left_out,
  CASE WHEN e.is_counted_death THEN 1 ELSE 0 END AS numerator,
  0 AS denominator
FROM death AS x
JOIN event AS e ON e.event_key = x.event_key
-- A death known to the month or quarter counts where the whole span lies inside.
JOIN period_day AS d ON d.day = x.death_date AND e.event_date >= d.period_start
