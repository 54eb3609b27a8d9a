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
  JOIN period_day AS d ON d.day = e.event_date
  JOIN period AS p ON p.period = d.period AND CASE e.date_precision
      WHEN 'week' THEN e.event_date + 6
      WHEN 'month' THEN CAST(e.event_date + INTERVAL 1 MONTH AS DATE) - 1
      WHEN 'quarter' THEN CAST(e.event_date + INTERVAL 3 MONTH AS DATE) - 1
      ELSE e.event_date
    END <= p.period_end
  WHERE e.class = 'return_to_use'
),
week_only AS (
  SELECT DISTINCT participant_key, contact_date FROM contact WHERE date_precision = 'week'
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
JOIN period AS p ON p.period = d.period
LEFT JOIN week_only AS k ON k.participant_key = c.participant_key AND k.contact_date = c.contact_date
LEFT JOIN told AS t ON t.period = d.period AND t.participant_key = c.participant_key
-- A contact known to the week only counts where the whole week lies inside.
WHERE k.participant_key IS NULL OR c.contact_date + 6 <= p.period_end
