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
entered AS (
  SELECT s.coach_key, s.session_date, coalesce(s.entered_on, s.session_date) AS entered_on
  FROM session AS s
  WHERE s.coach_key IS NOT NULL
  GROUP BY ALL
),
coach AS (
  SELECT
    j.period,
    e.coach_key,
    max(CASE WHEN date_diff('day', e.session_date, j.day) < $active_coach_days THEN 1 ELSE 0 END) AS is_active,
    min(CASE
      WHEN e.entered_on <= j.day AND date_diff('day', e.entered_on, j.day) < $quiet_coach_days THEN 0
      ELSE 1
    END) AS is_quiet
  FROM entered AS e
  JOIN judged AS j ON e.session_date <= j.day
  GROUP BY j.period, e.coach_key
)
SELECT
  c.period,
  c.coach_key,
  c.is_quiet AS numerator,
  1 AS denominator
FROM coach AS c
WHERE c.is_active = 1
