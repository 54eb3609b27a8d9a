/*
id = "U2c"
title = "Returns to use told to a coach, per person"
short_title = "Returns to use per person"
kind = "repeated_events"
unit = "person"
units = "people"
numerator = "mean number of returns to use told to a coach, by days since the first contact"
denominator = "people whose first contact lies in the period and at least {gap_days} days before the end of the records"
direction = "neutral"
interval = "mean_cumulative"
why = "A first return is not the last word; the curve counts all that people tell of."
caveats = [
  "This counts what people told a coach. More contact and more trust mean that more is heard, so a rise is not bad news by itself.",
  "It is seen only while people are in touch, so it is shown beside the share who left.",
  "People stay in the denominator after a return to use, until they leave.",
]
example = "Four people entered. A told of returns on days 10 and 40, B of one on day 40; C left on day 20, D told of none. By day 10 there were 0.25 returns per person, and by day 40, with three people left, 0.92."
dimensions = ["county", "region", "program", "site", "kind", "mode", "age_band", "gender", "race_eth", "referral_source"]
audiences = ["director"]
synonyms = ["relapse", "recurrence", "mean cumulative function", "repeat"]
clause = "{value} returns to use per person by {period}"
subject = "returns to use per person"
left_out = [
  ["too_recent", "they entered in the last {gap_days} days"],
  ["earlier", "they had support before the records begin and were first seen only after a long silence"],
  ["coarse", "the day of a return to use is not known well enough"],
]
*/
WITH told AS (
  SELECT
    e.participant_key,
    e.event_date,
    e.date_precision IN ('day', 'week') AND e.event_date >= c.start_date AS is_dated
  FROM event AS e
  JOIN cohort AS c
    ON c.participant_key = e.participant_key AND e.last_day >= c.start_date AND e.event_date <= c.last_day
  WHERE c.gap_days = $gap_days AND e.class = 'return_to_use'
),
coarse AS (
  SELECT DISTINCT participant_key FROM told WHERE NOT is_dated
)
-- One row per person and event, and one for a person without any.
SELECT
  d.period,
  c.participant_key,
  c.county_fips AS county,
  c.program_id AS program,
  c.site_id AS site,
  c.kind,
  c.mode,
  coalesce(c.left_out, CASE WHEN k.participant_key IS NOT NULL THEN 'coarse' END) AS left_out,
  c.entry,
  c.duration,
  c.exit_reason,
  date_diff('day', c.started, t.event_date) AS event_day
FROM cohort AS c
JOIN period_day AS d ON d.day = c.started
LEFT JOIN coarse AS k ON k.participant_key = c.participant_key
LEFT JOIN told AS t
  ON t.participant_key = c.participant_key AND t.is_dated AND date_diff('day', c.started, t.event_date) > c.entry
WHERE c.gap_days = $gap_days
