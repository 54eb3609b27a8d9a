/*
id = "E7"
title = "People whose fourth meeting went deeper than the first"
short_title = "Deeper by the fourth meeting"
kind = "share_of_people"
unit = "person"
units = "people"
numerator = "of these, people whose fourth contact day held a contact at least {longer_minutes} minutes longer, or of a deeper kind, than the first"
denominator = "people whose fourth contact day lies in the period, with the length recorded on both days"
direction = "neutral"
interval = "wilson"
why = "Trust often shows in longer talks and in plans that a person makes."
caveats = [
  "Experimental: length and kind of contact say little about any one talk.",
  "Outreach, check-ins and first meetings come before coaching, groups, coordination and family support, and those before recovery planning.",
]
example = "Of three people with a fourth contact day in July, one talked 15 minutes longer than at first, one moved from a first meeting to coaching, one had two check-ins of 20 and 34 minutes. The share is 2 of 3."
dimensions = ["county", "region", "program", "site", "age_band", "gender", "race_eth", "referral_source"]
audiences = ["director"]
synonyms = ["depth", "relationship"]
clause = "{value} of people talked longer or went deeper by the fourth meeting"
subject = "the share of people whose meetings went deeper"
once = true
left_out = [
  ["earlier", "they had support before the records begin"],
  ["no_length", "the length of a contact was not recorded"],
]
*/
WITH contact_depth AS (
  SELECT
    participant_key,
    contact_date,
    -- A length filled in by the system says nothing.
    max(CASE WHEN minutes_basis <> 'default' THEN minutes END) AS minutes,
    max(CASE
      WHEN kind IN ('outreach', 'brief_check_in', 'first_meeting') THEN 1
      WHEN kind IN ('coaching', 'group', 'care_coordination', 'family_support') THEN 2
      WHEN kind = 'recovery_planning' THEN 3
    END) AS depth
  FROM contact
  GROUP BY participant_key, contact_date
),
compared AS (
  SELECT
    f.*,
    CASE
      WHEN f.supported_before THEN 'earlier'
      WHEN a.minutes IS NULL OR b.minutes IS NULL THEN 'no_length'
    END AS left_out,
    CASE WHEN b.minutes >= a.minutes + $longer_minutes OR b.depth > a.depth THEN 1 ELSE 0 END AS deeper
  FROM first_contact AS f
  JOIN contact_depth AS a ON a.participant_key = f.participant_key AND a.contact_date = f.first_date
  JOIN contact_depth AS b ON b.participant_key = f.participant_key AND b.contact_date = f.fourth_date
)
SELECT
  d.period,
  c.participant_key,
  c.county_fips AS county,
  c.program_id AS program,
  c.site_id AS site,
  c.left_out,
  CASE WHEN c.left_out IS NULL THEN c.deeper ELSE 0 END AS numerator,
  CASE WHEN c.left_out IS NULL THEN 1 ELSE 0 END AS denominator
FROM compared AS c
JOIN period_day AS d ON d.day = c.fourth_date
