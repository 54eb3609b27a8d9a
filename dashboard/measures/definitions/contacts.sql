/*
id = "E3c"
title = "Contacts"
short_title = "Contacts"
kind = "events"
unit = "contact"
units = "contacts"
numerator = "sessions that took place in the period, closing forms left out"
direction = "neutral"
interval = "none"
why = "The volume of conversations is the backdrop of everything people tell a coach."
caveats = [
  "A contact is a session that took place; missed and canceled ones are not contacts.",
  "Several contacts on one day all count here.",
]
example = "A had two sessions on July 8 and one on July 20, B one closing form: 3 contacts."
dimensions = ["county", "region", "program", "site", "kind", "mode", "age_band", "gender", "race_eth", "referral_source"]
audiences = ["director", "funder"]
synonyms = ["sessions", "services", "encounters", "touches"]
clause = "{n} contacts in {period}"
subject = "contacts"
*/
SELECT
  d.period,
  c.participant_key,
  c.county_fips AS county,
  c.program_id AS program,
  c.site_id AS site,
  c.kind,
  c.mode,
  1 AS numerator,
  0 AS denominator
FROM contact AS c
JOIN period_day AS d ON d.day = c.contact_date
-- A contact known to the week only counts where the whole week lies inside.
WHERE c.date_precision = 'day' OR c.contact_date + 6 <= d.period_end
