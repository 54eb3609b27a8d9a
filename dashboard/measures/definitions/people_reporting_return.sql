/*
id = "U1"
title = "People who told a coach of a return to use"
short_title = "People reporting a return to use"
kind = "share_of_people"
unit = "person"
units = "people"
numerator = "of these, people with at least one return to use dated in the period and told to a coach"
denominator = "people with at least one contact in the period"
direction = "neutral"
interval = "wilson"
why = "Telling a coach is a sign of trust, and a moment to offer support."
caveats = [
  "This counts what people told a coach. More contact and more trust mean that more is heard, so a rise is not bad news by itself.",
  "A return to use is never inferred from a missed session, a test or silence.",
]
example = "Three people were supported in August; one told of two returns to use in August, one of a return in July. The share is 1 of 3."
dimensions = ["county", "region", "program", "site", "age_band", "gender", "race_eth", "referral_source"]
audiences = ["director", "funder"]
synonyms = ["relapse", "recurrence", "slip", "lapse"]
clause = "{value} of people told a coach of a return to use in {period}"
subject = "people reporting a return to use"
*/
WITH told AS (
  SELECT DISTINCT d.period, e.participant_key
  FROM event AS e
  JOIN period_day AS d ON d.day = e.event_date AND e.last_day <= d.period_end
  WHERE e.class = 'return_to_use'
)
SELECT
  d.period,
  c.participant_key,
  c.county_fips AS county,
  c.program_id AS program,
  c.site_id AS site,
  CASE WHEN t.participant_key IS NULL THEN 0 ELSE 1 END AS numerator,
  1 AS denominator
FROM contact_day AS c
JOIN period_day AS d ON d.day = c.contact_date
LEFT JOIN told AS t ON t.period = d.period AND t.participant_key = c.participant_key
-- A contact known to the week only counts where the whole week lies inside.
WHERE c.exact_contacts > 0 OR c.contact_date + 6 <= d.period_end
