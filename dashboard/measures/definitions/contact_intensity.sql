/*
id = "E3"
title = "Contacts per month of active time"
short_title = "Contacts per month"
kind = "rate"
unit = "contact"
units = "contacts"
numerator = "contacts on active days in the period"
denominator = "person-months of active time in the period"
direction = "neutral"
interval = "poisson"
why = "It shows how often people and coaches talk while they are in touch."
caveats = [
  "Contacts are divided by months of active time, not by people.",
  "Some people meet a coach very often, so half of people have fewer contacts than the median says.",
]
example = "From July to September six people had 11 contacts on 328 active days, 10.776 person-months: 1.02 contacts per person-month."
dimensions = ["county", "region", "program", "site", "age_band", "gender", "race_eth"]
audiences = ["director", "funder"]
synonyms = ["intensity", "dose", "frequency"]
per = 1
clause = "{value} contacts per month of active time in {period}"
subject = "contacts per month of active time"
*/
SELECT
  d.period,
  c.participant_key,
  c.county_fips AS county,
  c.program_id AS program,
  c.site_id AS site,
  -- A contact known to the week only counts where the whole week lies inside.
  CASE WHEN c.contact_date + 6 <= d.period_end THEN c.contacts ELSE c.exact_contacts END AS numerator,
  0 AS denominator
FROM contact_day AS c
JOIN period_day AS d ON d.day = c.contact_date
LEFT JOIN death AS x ON x.participant_key = c.participant_key
WHERE (x.death_date IS NULL OR c.contact_date <= x.death_date)
