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
once = true
clause = "{n} of {total} coaches have entered nothing for {quiet_coach_days} days"
subject = "coaches without records"
*/
WITH judged AS (
  SELECT period, least(period_end, $as_of) AS day
  FROM period
),
told AS (
  SELECT coach_key, session_date AS day, FALSE AS is_entry
  FROM session
  WHERE coach_key IS NOT NULL
  UNION ALL
  SELECT coach_key, coalesce(entered_on, session_date) AS day, TRUE AS is_entry
  FROM session
  WHERE coach_key IS NOT NULL
),
-- Of what lies between two judged days only the latest matters, so that few rows meet every period.
next_judged AS (
  SELECT t.day, min(j.day) AS judged_on
  FROM (SELECT DISTINCT day FROM told) AS t
  JOIN judged AS j ON t.day <= j.day
  GROUP BY t.day
),
latest AS (
  SELECT t.coach_key, t.is_entry, max(t.day) AS day
  FROM told AS t
  JOIN next_judged AS n ON n.day = t.day
  GROUP BY t.coach_key, t.is_entry, n.judged_on
),
coach AS (
  SELECT
    j.period,
    l.coach_key,
    bool_or(NOT l.is_entry AND date_diff('day', l.day, j.day) < $active_coach_days) AS is_active,
    bool_or(l.is_entry AND date_diff('day', l.day, j.day) < $quiet_coach_days) AS has_entered
  FROM latest AS l
  JOIN judged AS j ON l.day <= j.day
  GROUP BY j.period, l.coach_key
)
SELECT
  period,
  coach_key,
  CASE WHEN has_entered THEN 0 ELSE 1 END AS numerator,
  1 AS denominator
FROM coach
WHERE is_active
