/*
id = "E3b"
title = "Contacts per person"
short_title = "Contacts per person"
kind = "median"
unit = "person"
units = "people"
numerator = "contacts of each person in the period"
denominator = "people with at least one contact in the period"
direction = "neutral"
interval = "quartiles"
why = "The median shows what most people experience; a few very frequent contacts do not move it."
caveats = [
  "Half of people have fewer contacts than the median.",
  "People without a contact in the period are not part of it.",
]
example = "Three people had 1, 2 and 9 contacts: the median is 2, with quartiles 1.5 and 5.5."
dimensions = ["county", "region", "program", "site", "age_band", "gender", "race_eth", "referral_source"]
audiences = ["director"]
synonyms = ["sessions per participant"]
clause = "half of people had {value} or fewer contacts in {period}"
subject = "contacts per person"
*/
SELECT
  d.period,
  c.participant_key,
  c.county_fips AS county,
  c.program_id AS program,
  c.site_id AS site,
  CASE WHEN c.contact_date + 6 <= d.period_end THEN c.contacts ELSE c.exact_contacts END AS numerator,
  1 AS denominator
FROM contact_day AS c
JOIN period_day AS d ON d.day = c.contact_date
-- A contact known to the week only counts where the whole week lies inside.
WHERE c.exact_contacts > 0 OR c.contact_date + 6 <= d.period_end
