/*
id = "S5"
title = "People in touch at the end of the period"
short_title = "In touch"
kind = "people"
unit = "person"
units = "people"
numerator = "people with a contact in the {gap_days} days up to the last day of the period, and no closing or death since"
direction = "neutral"
interval = "none"
why = "How many people could call a coach today and be known?"
caveats = [
  "In touch means a contact in the last {gap_days} days.",
  "This counts people on one day; people supported counts them over a period. The two cannot be compared.",
]
example = "On September 30, A, C, H and I had a contact after July 2, so 4 people were in touch."
dimensions = ["county", "region", "program", "site", "quiet", "age_band", "gender", "race_eth", "referral_source"]
audiences = ["director", "funder"]
synonyms = ["active", "current", "gone quiet"]
clause = "{n} people in touch at the end of {period}"
subject = "people in touch"
looks_back = true
*/
WITH judged AS (
  SELECT p.period, least(p.period_end, $as_of) AS day
  FROM period AS p
),
contact_date AS (
  SELECT DISTINCT contact_date FROM contact_day
),
looked_back AS (
  -- Few days times few periods; the join to the contacts is then by equality.
  SELECT j.period, j.day, c.contact_date
  FROM judged AS j
  JOIN contact_date AS c
    ON c.contact_date <= j.day AND date_diff('day', c.contact_date, j.day) < $gap_days
),
-- Each contact day with the next one of the person; the last one has none.
followed AS (
  SELECT participant_key, previous_date AS contact_date, contact_date AS next_date
  FROM contact_day
  WHERE previous_date < contact_date
  UNION ALL
  SELECT participant_key, last_date AS contact_date, NULL AS next_date
  FROM first_contact
),
recent AS (
  SELECT l.period, l.day, f.participant_key, f.contact_date AS last_contact
  FROM followed AS f
  JOIN looked_back AS l ON l.contact_date = f.contact_date
  WHERE f.next_date IS NULL OR f.next_date > l.day
),
ended AS (
  SELECT r.period, r.participant_key
  FROM recent AS r
  JOIN episode AS e ON e.participant_key = r.participant_key
  WHERE e.gap_days = $gap_days
    AND e.exit_basis IN ('closing', 'death')
    AND e.end_date BETWEEN r.last_contact AND r.day
),
in_touch AS (
  SELECT r.*
  FROM recent AS r
  LEFT JOIN ended AS x ON x.period = r.period AND x.participant_key = r.participant_key
  LEFT JOIN death AS g ON g.participant_key = r.participant_key AND g.death_date <= r.day
  WHERE x.participant_key IS NULL AND g.participant_key IS NULL
)
SELECT
  t.period,
  t.participant_key,
  c.county_fips AS county,
  c.program_id AS program,
  c.site_id AS site,
  CASE
    WHEN date_diff('day', t.last_contact, t.day) <= 30 THEN 'quiet_30'
    WHEN date_diff('day', t.last_contact, t.day) <= 60 THEN 'quiet_60'
    WHEN date_diff('day', t.last_contact, t.day) <= 90 THEN 'quiet_90'
    ELSE 'quiet_more'
  END AS quiet,
  1 AS numerator,
  0 AS denominator
FROM in_touch AS t
JOIN contact_day AS c ON c.participant_key = t.participant_key AND c.contact_date = t.last_contact
