/*
id = "E2"
title = "People who built a relationship with a coach"
short_title = "Engaged"
kind = "share_of_people"
unit = "person"
units = "people"
numerator = "of these, people with a second contact day within {second_contact_days} days of the first and two more within {engaged_days} days of the second"
denominator = "people whose first contact lies in the period and who have had both spans in full"
direction = "higher"
interval = "wilson"
why = "Four contacts in the first weeks say more than a single good meeting."
caveats = [
  "The idea follows HEDIS engagement, but this is not the HEDIS measure.",
  "Only people who have had both spans in full are counted.",
]
example = "Of three people first met in June, one had contacts on days 0, 14, 30 and 48 and is engaged; one had the fourth on day 49, one never came back within 14 days. The share is 1 of 3."
dimensions = ["county", "region", "program", "site", "kind", "mode", "age_band", "gender", "race_eth", "referral_source"]
audiences = ["director", "funder", "board"]
synonyms = ["engagement", "initiation and engagement"]
clause = "{value} of new people built a relationship with a coach"
subject = "the share of people who built a relationship"
once = true
left_out = [
  ["earlier", "they had support before the records begin"],
  ["coarse", "the day of a contact is not known exactly"],
  ["died", "they died before both spans were over"],
  ["too_recent", "both spans are not over yet"],
]
*/
WITH judged AS (
  SELECT
    f.*,
    CASE
      WHEN f.second_date <= f.first_date + $second_contact_days
        AND f.fourth_date <= f.second_date + $engaged_days THEN 1
      ELSE 0
    END AS reached,
    f.first_date + $second_contact_days + $engaged_days AS last_day
  FROM first_contact AS f
),
sorted AS (
  SELECT
    j.*,
    CASE
      WHEN j.supported_before THEN 'earlier'
      WHEN j.first_coarse_date <= coalesce(j.fourth_date, j.last_day) THEN 'coarse'
      WHEN j.last_day > $as_of THEN 'too_recent'
      WHEN j.death_date <= j.last_day AND j.reached = 0 THEN 'died'
    END AS left_out
  FROM judged AS j
)
SELECT
  d.period,
  s.participant_key,
  s.county_fips AS county,
  s.program_id AS program,
  s.site_id AS site,
  s.kind,
  s.mode,
  s.left_out,
  CASE WHEN s.left_out IS NULL THEN s.reached ELSE 0 END AS numerator,
  CASE WHEN s.left_out IS NULL THEN 1 ELSE 0 END AS denominator
FROM sorted AS s
JOIN period_day AS d ON d.day = s.first_date
