/*
id = "L1"
title = "People who shared a life win"
short_title = "People with a life win"
kind = "share_of_people"
unit = "person"
units = "people"
numerator = "of these, people with at least one life win dated in the period"
denominator = "people with at least one contact in the period"
direction = "higher"
interval = "wilson"
why = "Recovery is more than not using: work, home, family, health."
caveats = [
  "These are wins that people shared with a coach; more contact means that more of them are heard.",
  "Wins of people without a contact in the period are not counted here.",
]
example = "Three people were supported in July; A shared two wins, B none, C one dated in June. D shared a win but had no contact in July. The share is 1 of 3."
dimensions = ["county", "region", "program", "site", "age_band", "gender", "race_eth", "referral_source"]
audiences = ["director", "funder", "board"]
synonyms = ["milestones", "achievements", "positive outcomes"]
clause = "{value} of people shared a life win in {period}"
subject = "the share of people with a life win"
*/
WITH told AS (
  SELECT DISTINCT d.period, e.participant_key
  FROM event AS e
  JOIN period_day AS d ON d.day = e.event_date AND e.last_day <= d.period_end
  WHERE e.class = 'life_win'
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
