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
SELECT
  d.period,
  c.participant_key,
  c.county_fips AS county,
  c.program_id AS program,
  c.site_id AS site,
  c.kind,
  c.mode,
  c.left_out,
  c.entry,
  c.duration,
  c.exit_reason
FROM cohort AS c
JOIN period_day AS d ON d.day = c.started
WHERE c.gap_days = $gap_days
