/*
id = "E5"
title = "People reached within {reach_attempt_days} days of an outreach attempt"
short_title = "Reached by outreach"
kind = "share_of_people"
unit = "person"
units = "people"
numerator = "of these, people with a contact on the day of the attempt or in the {reach_attempt_days} days after it"
denominator = "people with an outreach attempt in the period after {gap_days} days without contact, and the full {reach_attempt_days} days since"
direction = "higher"
interval = "wilson"
why = "Somebody who has gone quiet may be waiting for a call."
caveats = [
  "A person counts once in a period, from the first attempt that followed a long silence.",
  "An attempt is an outreach, or a contact that was tried without reaching anyone.",
]
example = "Of four people tried in July after a long silence, one answered at once, one on day 30, one on day 31 and one never. The share is 2 of 4. A fifth had a contact 60 days before and is not counted."
dimensions = ["county", "region", "program", "site", "mode", "age_band", "gender", "race_eth", "referral_source"]
audiences = ["director", "funder"]
synonyms = ["outreach", "re-engagement", "reached"]
clause = "{value} of people tried after a long silence were reached"
subject = "reaching people after a long silence"
once = true
left_out = [
  ["died", "they died within the {reach_attempt_days} days"],
  ["too_recent", "their {reach_attempt_days} days are not over yet"],
]
*/
WITH attempt AS (
  SELECT d.period, s.*, x.death_date
  FROM session AS s
  JOIN period_day AS d ON d.day = s.session_date
  LEFT JOIN death AS x ON x.participant_key = s.participant_key
  WHERE s.date_precision = 'day'
    AND s.session_date <= $as_of
    -- What was called off before it began was no attempt.
    AND (s.status = 'attempted_no_contact' OR (s.kind = 'outreach' AND s.status IN ('completed', 'no_show')))
    AND (x.death_date IS NULL OR s.session_date <= x.death_date)
),
-- Contacts before and after each attempt; the rule of 30 days needs days known exactly.
near AS (
  SELECT
    a.period,
    a.session_key,
    max(CASE WHEN c.contact_date < a.session_date THEN 1 ELSE 0 END) AS in_touch_before,
    max(CASE WHEN c.contact_date >= a.session_date AND c.exact_contacts > 0 THEN 1 ELSE 0 END) AS reached
  FROM attempt AS a
  JOIN contact_day AS c
    ON c.participant_key = a.participant_key
    AND c.contact_date BETWEEN a.session_date - $gap_days AND a.session_date + $reach_attempt_days
  GROUP BY a.period, a.session_key
),
first_attempt AS (
  SELECT a.*, coalesce(n.reached, 0) AS reached
  FROM attempt AS a
  LEFT JOIN near AS n ON n.period = a.period AND n.session_key = a.session_key
  WHERE coalesce(n.in_touch_before, 0) = 0
  QUALIFY row_number() OVER (PARTITION BY a.period, a.participant_key ORDER BY a.session_date, a.session_key) = 1
),
judged AS (
  SELECT
    *,
    CASE
      WHEN session_date + $reach_attempt_days > $as_of THEN 'too_recent'
      WHEN death_date <= session_date + $reach_attempt_days AND reached = 0 THEN 'died'
    END AS left_out
  FROM first_attempt
)
SELECT
  j.period,
  j.participant_key,
  j.county_fips AS county,
  j.program_id AS program,
  j.site_id AS site,
  j.mode,
  j.left_out,
  CASE WHEN j.left_out IS NULL THEN j.reached ELSE 0 END AS numerator,
  CASE WHEN j.left_out IS NULL THEN 1 ELSE 0 END AS denominator
FROM judged AS j
