/*
id = "E3d"
title = "Hours of contact"
short_title = "Hours"
kind = "events"
unit = "hour"
units = "hours"
numerator = "hours of the contacts in the period whose length was recorded"
direction = "neutral"
interval = "none"
why = "Funders ask how much time people were given."
caveats = [
  "Contacts without a recorded length add no hours; so the true time is longer.",
  "A group session counts its length once for every participant.",
]
example = "A had a contact of 45 minutes and one of 30, B one without a recorded length: 1.25 hours."
dimensions = ["county", "region", "program", "site", "kind", "mode", "age_band", "gender", "race_eth", "referral_source"]
audiences = ["director", "funder"]
synonyms = ["time", "duration", "minutes", "units of service"]
clause = "{n} hours of contact in {period}"
subject = "hours of contact"
*/
WITH day_of_period AS (
  SELECT d.period, d.day, p.period_end
  FROM period_day AS d
  JOIN period AS p ON p.period = d.period
)
SELECT
  d.period,
  c.participant_key,
  c.county_fips AS county,
  c.program_id AS program,
  c.site_id AS site,
  c.kind,
  c.mode,
  CASE WHEN c.minutes IS NULL OR c.minutes_basis = 'default' THEN 0 ELSE CAST(c.minutes AS DOUBLE) / 60 END AS numerator,
  0 AS denominator
FROM contact AS c
JOIN day_of_period AS d ON d.day = c.contact_date
-- A contact known to the week only counts where the whole week lies inside.
WHERE c.date_precision = 'day' OR c.contact_date + 6 <= d.period_end
