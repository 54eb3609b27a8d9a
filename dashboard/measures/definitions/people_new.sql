/*
id = "S2"
title = "New people"
short_title = "New people"
kind = "share_of_people"
unit = "person"
units = "people"
numerator = "of these, people whose first contact ever lies in the period"
denominator = "people with at least one contact in the period"
direction = "neutral"
interval = "wilson"
why = "New people show whether the door is open."
caveats = [
  "New, continuing and returning people add up to everyone supported in the period.",
  "People enrolled before the records begin are never counted as new.",
  "If the period begins soon after the records do, new people may be overstated.",
]
example = "Of 7 people supported from July to September, A, H and I had their first contact ever in July: 3 new people. I had a long silence inside the period and stays new."
dimensions = ["county", "region", "program", "site", "age_band", "gender", "race_eth", "referral_source"]
audiences = ["director", "funder", "board"]
synonyms = ["intake", "enrolled", "admissions"]
clause = "{n} new people in {period}"
subject = "the share of new people"
*/
SELECT
  d.period,
  c.participant_key,
  c.county_fips AS county,
  c.program_id AS program,
  c.site_id AS site,
  CASE WHEN f.first_date >= d.period_start AND NOT f.supported_before THEN 1 ELSE 0 END AS numerator,
  1 AS denominator
FROM contact_day AS c
JOIN period_day AS d ON d.day = c.contact_date
JOIN first_contact AS f ON f.participant_key = c.participant_key
-- A contact known to the week only counts where the whole week lies inside.
WHERE c.exact_contacts > 0 OR c.contact_date + 6 <= d.period_end
