/*
id = "R1"
title = "How long people stay in touch"
short_title = "Staying in touch"
kind = "retention"
unit = "person"
units = "people"
numerator = "share of people still in touch, by days since their first contact"
denominator = "people whose first contact lies in the period and at least {gap_days} days before the end of the records"
direction = "higher"
interval = "kaplan_meier"
why = "Recovery takes time; the curve shows how long the door is used."
caveats = [
  "Leaving is dated at the last contact before more than {gap_days} days of silence.",
  "Some people leave when they no longer need a coach.",
  "Follow-up of everyone ends {gap_days} days before the end of the records.",
]
example = "Nine people entered early enough. After exits on days 0, 41, 46, 74, 84 and 87, 67 % were in touch at 60 days and 27 % at 90 days; 13 % had completed, 47 % had left and 13 % had died."
dimensions = ["county", "region", "program", "site", "kind", "mode", "age_band", "gender", "race_eth", "referral_source"]
audiences = ["director", "funder", "board"]
synonyms = ["retention", "survival curve", "length of stay", "engagement duration"]
subject = "staying in touch"
left_out = [
  ["too_recent", "they entered in the last {gap_days} days"],
  ["earlier", "they had support before the records begin and were first seen only after a long silence"],
]
*/
WITH first_episode AS (
  SELECT
    e.*,
    -- People supported before the records began enter the curve late, on their first recorded day.
    coalesce(e.supported_since, e.start_date) AS started,
    coalesce(date_diff('day', e.supported_since, w.data_start), -1) AS entry,
    $as_of - $gap_days AS horizon,
    CASE
      WHEN e.start_date > $as_of - $gap_days THEN 'too_recent'
      WHEN e.supported_since IS NOT NULL AND date_diff('day', w.data_start, e.start_date) > $gap_days THEN 'earlier'
    END AS left_out
  FROM episode AS e
  CROSS JOIN data_window AS w
  WHERE e.gap_days = $gap_days AND e.episode_no = 1
)
SELECT
  d.period,
  e.participant_key,
  e.county_fips AS county,
  e.program_id AS program,
  e.site_id AS site,
  e.kind,
  e.mode,
  e.left_out,
  e.entry,
  date_diff('day', e.started, CASE WHEN e.end_date <= e.horizon THEN e.end_date ELSE e.horizon END) AS duration,
  CASE WHEN e.end_date <= e.horizon THEN e.exit_reason END AS exit_reason
FROM first_episode AS e
JOIN period_day AS d ON d.day = e.started
