/*
id = "S4"
title = "Returning people"
short_title = "Returning people"
kind = "share_of_people"
unit = "person"
units = "people"
numerator = "of these, people who came back after more than {gap_days} days without contact"
denominator = "people with at least one contact in the period"
direction = "neutral"
interval = "wilson"
why = "Coming back is a strength; a door that stays open makes it possible."
caveats = [
  "New, continuing and returning people add up to everyone supported in the period.",
  "Returning is judged at the first contact in the period.",
]
example = "C had 281 days without contact and E 91, one more than the rule allows: 2 returning people."
dimensions = ["county", "region", "program", "site", "age_band", "gender", "race_eth", "referral_source"]
audiences = ["director", "funder", "board"]
synonyms = ["re-engaged", "came back", "readmitted"]
clause = "{n} returning people in {period}"
subject = "the share of returning people"
*/
WITH first_in_period AS (
  -- The first contact in the period decides: a new person who goes quiet and comes back inside it stays new.
  SELECT
    d.period,
    c.participant_key,
    CASE
      WHEN date_diff('day', c.previous_date, c.contact_date) > $gap_days THEN 1
      -- Enrolled before the records began: first seen in them only after a long silence.
      WHEN f.supported_before AND date_diff('day', w.data_start, c.contact_date) > $gap_days THEN 1
      ELSE 0
    END AS numerator
  FROM contact_day AS c
  JOIN period_day AS d ON d.day = c.contact_date
  LEFT JOIN first_contact AS f ON f.participant_key = c.participant_key AND c.previous_date IS NULL
  CROSS JOIN data_window AS w
  WHERE c.previous_date IS NULL OR c.previous_date < d.period_start
)
SELECT
  d.period,
  c.participant_key,
  c.county_fips AS county,
  c.program_id AS program,
  c.site_id AS site,
  f.numerator,
  1 AS denominator
FROM contact_day AS c
JOIN period_day AS d ON d.day = c.contact_date
JOIN first_in_period AS f ON f.period = d.period AND f.participant_key = c.participant_key
-- A contact known to the week only counts where the whole week lies inside.
WHERE c.exact_contacts > 0 OR c.contact_date + 6 <= d.period_end
