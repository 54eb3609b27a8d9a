/*
id = "E1"
title = "People who came back within {second_contact_days} days"
short_title = "Came back within {second_contact_days} days"
kind = "share_of_people"
unit = "person"
units = "people"
numerator = "of these, people with a second contact day at most {second_contact_days} days after the first"
denominator = "people whose first contact lies in the period and who have had the full {second_contact_days} days"
direction = "higher"
interval = "wilson"
why = "A second conversation is where a first meeting begins to become a relationship."
caveats = [
  "The idea of 14 days follows HEDIS initiation, but this is not the HEDIS measure.",
  "Only people who have had the full {second_contact_days} days are counted.",
]
example = "Of four people first met in July, one came back on day 14 and one on day 15; one was met again the same day only, and one died on day 5. The share is 1 of 3."
dimensions = ["county", "region", "program", "site", "kind", "mode", "age_band", "gender", "race_eth", "referral_source"]
audiences = ["director", "funder", "board"]
synonyms = ["initiation", "second meeting", "return visit"]
also = ["second_contact_{second_contact_days}"]
clause = "{value} of new people came back within {second_contact_days} days"
subject = "second meetings"
once = true
left_out = [
  ["earlier", "they had support before the records begin"],
  ["coarse", "the day of a contact is not known exactly"],
  ["died", "they died within the {second_contact_days} days"],
  ["too_recent", "their {second_contact_days} days are not over yet"],
]
*/
WITH judged AS (
  SELECT
    f.*,
    CASE WHEN f.second_date <= f.first_date + $second_contact_days THEN 1 ELSE 0 END AS reached,
    CASE
      WHEN f.supported_before THEN 'earlier'
      WHEN f.first_coarse_date <= coalesce(f.second_date, f.first_date) THEN 'coarse'
      WHEN f.first_date + $second_contact_days > $as_of THEN 'too_recent'
      WHEN f.death_date <= f.first_date + $second_contact_days
        AND (f.second_date IS NULL OR f.second_date > f.first_date + $second_contact_days) THEN 'died'
    END AS left_out
  FROM first_contact AS f
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
  CASE WHEN j.left_out IS NULL THEN j.reached ELSE 0 END AS numerator,
  CASE WHEN j.left_out IS NULL THEN 1 ELSE 0 END AS denominator
FROM judged AS j
JOIN period_day AS d ON d.day = j.first_date
