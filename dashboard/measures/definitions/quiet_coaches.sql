/*
id = "Q6"
title = "Coaches without a record for {quiet_coach_days} days"
short_title = "Coaches without records"
kind = "share_of_people"
unit = "coach"
units = "coaches"
numerator = "of these, coaches with nothing entered in the last {quiet_coach_days} days of the period"
denominator = "coaches with a session in the {active_coach_days} days up to the end of the period"
direction = "lower"
interval = "none"
why = "A gap in the records may be a vacation, a handover or a form that waits; asking early keeps the numbers whole."
caveats = ["This is a reminder about records, never a comparison of coaches.", "Where the day of entry is not recorded, the day of the session stands in."]
example = "Two coaches had sessions in the 90 days to September 30; one of them last entered a session on August 20. The share is 1 of 2."
dimensions = []
audiences = ["director"]
synonyms = ["data entry"]
key = "coach_key"
clause = "{n} of {total} coaches have entered nothing for {quiet_coach_days} days"
subject = "coaches without records"
*/
WITH judged AS (
  SELECT p.period, least(p.period_end, w.as_of) AS day
  FROM period AS p
  CROSS JOIN data_window AS w
),
-- Few coaches times few days, so that the comparison with each period stays small.
session_day AS (
  SELECT DISTINCT coach_key, session_date AS day FROM session WHERE coach_key IS NOT NULL
),
entry_day AS (
  SELECT DISTINCT coach_key, coalesce(entered_on, session_date) AS day FROM session WHERE coach_key IS NOT NULL
),
active AS (
  SELECT DISTINCT j.period, s.coach_key
  FROM session_day AS s
  JOIN judged AS j ON s.day <= j.day AND date_diff('day', s.day, j.day) < $active_coach_days
),
entered AS (
  SELECT DISTINCT j.period, e.coach_key
  FROM entry_day AS e
  JOIN judged AS j ON e.day <= j.day AND date_diff('day', e.day, j.day) < $quiet_coach_days
)
SELECT
  a.period,
  a.coach_key,
  CASE WHEN e.coach_key IS NULL THEN 1 ELSE 0 END AS numerator,
  1 AS denominator
FROM active AS a
LEFT JOIN entered AS e ON e.period = a.period AND e.coach_key = a.coach_key
