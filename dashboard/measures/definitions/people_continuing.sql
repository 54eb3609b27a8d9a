/*
id = "S3"
title = "Continuing people"
short_title = "Continuing people"
kind = "share_of_people"
unit = "person"
units = "people"
numerator = "of these, people whose last contact before the period lay at most {gap_days} days before their first contact in it"
denominator = "people with at least one contact in the period"
direction = "neutral"
interval = "wilson"
why = "Continuing people show that support holds from one period to the next."
caveats = [
  "New, continuing and returning people add up to everyone supported in the period.",
  "Exactly {gap_days} days without contact still counts as continuing.",
]
example = "B had 33 days between the contact before July and the first one in it, D exactly 90: both are continuing, 2 people."
dimensions = ["county", "region", "program", "site", "age_band", "gender", "race_eth", "referral_source"]
audiences = ["director", "funder", "board"]
synonyms = ["ongoing", "carried over"]
clause = "{n} continuing people in {period}"
subject = "the share of continuing people"
*/
WITH first_in_period AS (
  -- The first contact in the period decides: a new person who goes quiet and comes back inside it stays new.
  SELECT
    d.period,
    c.participant_key,
    CASE
      WHEN date_diff('day', c.previous_date, c.contact_date) <= $gap_days THEN 1
      -- Enrolled before the records began: support goes on if the first recorded contact came soon after.
      WHEN f.supported_before AND date_diff('day', w.data_start, c.contact_date) <= $gap_days THEN 1
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
