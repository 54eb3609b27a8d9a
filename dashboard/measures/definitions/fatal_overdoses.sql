/*
id = "O2"
title = "People the program supported who died of an overdose"
short_title = "Overdose deaths"
kind = "people"
unit = "person"
units = "people"
numerator = "people who died of an overdose in the period, at most 90 days after their last contact"
direction = "none"
interval = "none"
why = "Each was a person known to a coach; the program remembers and learns."
caveats = [
  "Records stay provisional until a cause is confirmed; suspected and confirmed deaths are shown apart.",
  "Deaths later than 90 days after the last contact are listed, not counted.",
]
example = "Of three overdose deaths in the year, one came 91 days after the last contact. The count is 2."
dimensions = ["confirmation"]
audiences = ["director", "funder"]
synonyms = ["fatality", "mortality"]
subject = "overdose deaths"
once = true
left_out = [["long_after", "their last contact was more than 90 days before"]]
*/
SELECT
  d.period,
  x.participant_key,
  CASE WHEN x.certainty IN ('official_confirmed', 'documented') THEN 'confirmed' ELSE 'suspected' END AS confirmation,
  CASE WHEN e.is_counted_death THEN NULL ELSE 'long_after' END AS left_out,
  CASE WHEN e.is_counted_death THEN 1 ELSE 0 END AS numerator,
  0 AS denominator
FROM death AS x
JOIN event AS e ON e.event_key = x.event_key
-- A death known to the month or quarter counts where the whole span lies inside.
JOIN period_day AS d ON d.day = x.death_date AND e.event_date >= d.period_start
WHERE x.is_fatal_overdose
