/*
id = "L4"
title = "Jobs and homes that lasted 90 days"
short_title = "Lasting wins"
kind = "share_of_people"
unit = "person"
units = "people"
numerator = "of these, people whose job or home was confirmed about {lasting_days} days later"
denominator = "people who found a job or a home in the period, long enough ago for a confirmation"
direction = "higher"
interval = "wilson"
why = "A home that lasts is worth more than a key handed over."
caveats = [
  "Not followed up is not the same as ended; the true share may be higher.",
  "A low share often means that nobody asked, so all three outcomes are shown together.",
  "Wins younger than {lasting_days} and another {lasting_grace_days} days are left out, even if already confirmed.",
]
example = "Six people found a home in the first half of the year, long enough ago: 2 lasted (33 %), 1 ended and 3 were not followed up. F's home of June 15 is too recent and stays out, although it was confirmed."
dimensions = ["domain", "outcome", "county", "region", "program", "site", "age_band", "gender", "race_eth", "referral_source"]
audiences = ["director", "funder", "board"]
synonyms = ["sustained", "job retention", "housing retention", "90 days"]
clause = "{value} of jobs and homes found were confirmed after {lasting_days} days"
subject = "lasting wins"
left_out = [["too_recent", "their win is too recent to be confirmed"]]
*/
WITH dated AS (
  SELECT
    e.participant_key,
    CASE WHEN e.code IN ('got_job', 'job_90_days', 'job_ended') THEN 'work' ELSE 'home' END AS domain,
    CASE
      WHEN e.code IN ('got_job', 'found_housing') THEN 'first'
      WHEN e.code IN ('job_90_days', 'housing_90_days') THEN 'confirmed'
      ELSE 'ended'
    END AS step,
    e.event_date,
    e.county_fips,
    e.program_id,
    e.site_id
  FROM event AS e
  WHERE e.code IN ('got_job', 'found_housing', 'job_90_days', 'housing_90_days', 'job_ended', 'housing_lost')
    AND e.date_precision IN ('day', 'week')
),
first_win AS (
  SELECT * FROM dated WHERE step = 'first'
),
-- What was told later belongs to the latest win it can speak of: for a confirmation one that is old enough.
told AS (
  SELECT t.participant_key, t.domain, t.step, max(f.event_date) AS event_date
  FROM dated AS t
  JOIN first_win AS f ON f.participant_key = t.participant_key AND f.domain = t.domain
  WHERE (t.step = 'confirmed' AND f.event_date <= t.event_date - ($lasting_days - $lasting_tolerance_days))
    OR (t.step = 'ended' AND f.event_date <= t.event_date)
  GROUP BY t.participant_key, t.domain, t.step, t.event_date
),
followed AS (
  SELECT
    participant_key,
    domain,
    event_date,
    max(CASE WHEN step = 'confirmed' THEN 1 ELSE 0 END) AS lasted,
    max(CASE WHEN step = 'ended' THEN 1 ELSE 0 END) AS ended
  FROM told
  GROUP BY participant_key, domain, event_date
),
in_period AS (
  SELECT
    d.period,
    f.*,
    CASE WHEN f.event_date + $lasting_days + $lasting_grace_days > $as_of THEN 'too_recent' END AS left_out,
    coalesce(t.lasted, 0) AS lasted,
    coalesce(t.ended, 0) AS ended
  FROM first_win AS f
  JOIN period_day AS d ON d.day = f.event_date
  LEFT JOIN followed AS t
    ON t.participant_key = f.participant_key AND t.domain = f.domain AND t.event_date = f.event_date
),
person_outcome AS (
  SELECT
    period,
    participant_key,
    domain,
    CASE
      WHEN max(lasted) = 1 THEN 'lasted'
      WHEN max(ended) = 1 THEN 'ended'
      ELSE 'not_followed_up'
    END AS outcome
  FROM in_period
  WHERE left_out IS NULL
  GROUP BY period, participant_key, domain
)
SELECT
  i.period,
  i.participant_key,
  i.domain,
  coalesce(o.outcome, 'too_recent') AS outcome,
  i.county_fips AS county,
  i.program_id AS program,
  i.site_id AS site,
  i.left_out,
  CASE WHEN i.left_out IS NULL AND o.outcome = 'lasted' THEN 1 ELSE 0 END AS numerator,
  CASE WHEN i.left_out IS NULL THEN 1 ELSE 0 END AS denominator
FROM in_period AS i
LEFT JOIN person_outcome AS o
  ON o.period = i.period AND o.participant_key = i.participant_key AND o.domain = i.domain
