/*
id = "A1"
title = "Follow-up assessments done on time"
short_title = "Follow-up done on time"
kind = "share_of_people"
unit = "follow-up"
units = "follow-ups"
numerator = "of these, follow-ups done between the first and the last day they were due"
denominator = "follow-ups, one per person, instrument and point in time, whose last due day lies in the period"
direction = "higher"
interval = "wilson"
why = "What is known of change rests on the people who were asked again."
caveats = [
  "Most funders expect 80 %.",
  "Declining is a choice; people who declined stay in the denominator and are shown apart.",
  "On 1 October 2025 federal instruments changed; no line is drawn across that day.",
]
example = "Six follow-ups were due by the end of September. Three were done on time, one a week late, one person declined and one was never asked. The share is 3 of 6; a seventh person had died before it was due."
dimensions = ["instrument", "timepoint", "outcome", "county", "region", "program", "site", "age_band", "gender", "race_eth", "referral_source"]
audiences = ["director", "funder"]
synonyms = ["follow-up rate", "GPRA", "SUPRT", "BARC-10", "reassessment"]
key = "follow_up_key"
once = true
clause = "{value} of follow-ups due in {period} were done on time"
subject = "follow-up done on time"
left_out = [["died", "they died before it was due"], ["too_recent", "it is still due"]]
*/
WITH judged AS (
  SELECT
    f.*,
    CASE WHEN f.due_to > $as_of THEN 'too_recent' WHEN x.death_date < f.due_from THEN 'died' END AS left_out
  FROM follow_up AS f
  LEFT JOIN death AS x ON x.participant_key = f.participant_key
)
SELECT
  d.period,
  j.participant_key,
  j.follow_up_key,
  j.instrument,
  j.timepoint,
  j.outcome,
  j.county_fips AS county,
  j.program_id AS program,
  j.site_id AS site,
  j.left_out,
  CASE WHEN j.left_out IS NULL AND j.outcome = 'on_time' THEN 1 ELSE 0 END AS numerator,
  CASE WHEN j.left_out IS NULL THEN 1 ELSE 0 END AS denominator
FROM judged AS j
JOIN period_day AS d ON d.day = j.due_to
