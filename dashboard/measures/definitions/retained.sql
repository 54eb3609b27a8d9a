/*
id = "R2"
title = "People still in touch at {days} days"
short_title = "In touch at {days} days"
kind = "share_of_people"
unit = "person"
units = "people"
numerator = "of these, people who had not left, completed or died by day {days}"
denominator = "people whose first contact lies in the period and who entered early enough to be judged at {days} days"
direction = "higher"
interval = "wilson"
why = "One number for one cohort: who is still in touch?"
caveats = [
  "Only people who entered at least {days} and another {gap_days} days before the end of the records can be judged.",
  "Completing support also ends it, so this is shown beside the reasons for leaving.",
]
example = "Eight people entered by April 3 and can be judged at 90 days; two of them, A and G, were still in touch. The share is 2 of 8, 25 %."
dimensions = ["county", "region", "program", "site", "kind", "mode", "age_band", "gender", "race_eth", "referral_source"]
audiences = ["director", "funder", "board"]
synonyms = ["retention", "retained", "length of stay"]
also = ["retention_{days}", "retained_{days}"]
clause = "{value} still in touch at {days} days"
subject = "staying in touch for {days} days"
once = true
left_out = [
  ["too_recent", "they entered too recently to be judged at {days} days"],
  ["earlier", "they had support before the records begin"],
]
*/
WITH judged AS (
  SELECT
    e.*,
    CASE
      WHEN e.supported_since IS NOT NULL THEN 'earlier'
      WHEN e.start_date > $as_of - $days - $gap_days THEN 'too_recent'
    END AS left_out
  FROM episode AS e
  WHERE e.gap_days = $gap_days AND e.episode_no = 1
)
SELECT
  d.period,
  j.participant_key,
  j.county_fips AS county,
  j.program_id AS program,
  j.site_id AS site,
  j.kind,
  j.mode,
  j.left_out,
  CASE WHEN j.left_out IS NULL AND (j.end_date IS NULL OR j.end_date > j.start_date + $days) THEN 1 ELSE 0 END AS numerator,
  CASE WHEN j.left_out IS NULL THEN 1 ELSE 0 END AS denominator
FROM judged AS j
JOIN period_day AS d ON d.day = j.start_date
