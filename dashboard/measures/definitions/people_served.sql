/*
id = "S1"
title = "People supported"
short_title = "People supported"
kind = "people"
unit = "person"
units = "people"
numerator = "people with at least one contact in the period"
direction = "higher"
interval = "none"
why = "Reach comes first: whom did the program have a conversation with?"
caveats = [
  "A person counts once in a period, however many contacts there were.",
  "Someone with contacts in two counties counts in both county rows, so the rows can add up to more than the total.",
  "Quarters cannot be added up to a year.",
]
example = "Nine people have records between July and September. Two of them had only a missed session or a closing form, so 7 people were supported; one had contacts in two counties, so Hancock shows 4 and Washington 4."
dimensions = ["county", "region", "program", "site", "age_band", "gender", "race_eth", "referral_source"]
audiences = ["director", "funder", "board"]
synonyms = ["served", "reach", "headcount", "unduplicated"]
clause = "{n} people supported in {period}"
subject = "people supported"
*/
SELECT
  d.period,
  c.participant_key,
  c.county_fips AS county,
  c.program_id AS program,
  c.site_id AS site,
  1 AS numerator,
  0 AS denominator
FROM contact_day AS c
JOIN period_day AS d ON d.day = c.contact_date
-- A contact known to the week only counts where the whole week lies inside.
WHERE c.exact_contacts > 0 OR c.contact_date + 6 <= d.period_end
