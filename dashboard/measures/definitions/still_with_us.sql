/*
id = "U3"
title = "People met again within {after_return_days} days of telling of a return to use"
short_title = "Still with us after a return to use"
kind = "share_of_people"
unit = "person"
units = "people"
numerator = "of these, people with a contact 1 to {after_return_days} days after the program learned of it"
denominator = "people who told of a return to use in the period, with the full {after_return_days} days since"
direction = "higher"
interval = "wilson"
why = "What matters after a return to use is that nobody is alone with it."
caveats = [
  "The contact in which it was told does not count.",
  "Where the day of telling was not recorded, the day of the event starts the clock.",
]
example = "Five people told of a return to use long enough ago: three were met again within 14 days, 60 % (23 to 88 %). All reports together: 3 of 6."
dimensions = ["county", "region", "program", "site", "age_band", "gender", "race_eth", "referral_source"]
audiences = ["director", "funder", "board"]
synonyms = ["relapse", "recurrence", "follow-up"]
also = ["still_with_us_{after_return_days}"]
clause = "{value} met again within {after_return_days} days of telling of a return to use"
subject = "contact after a return to use"
rows_beside = "reports followed by a contact"
left_out = [
  ["coarse", "the day is not known exactly"],
  ["died", "they died within the {after_return_days} days"],
  ["too_recent", "their {after_return_days} days are not over yet"],
]
*/
WITH report AS (
  SELECT e.*, x.death_date, e.clock_date + $after_return_days AS until_day
  FROM event AS e
  LEFT JOIN death AS x ON x.participant_key = e.participant_key
  WHERE e.class = 'return_to_use'
),
followed AS (
  SELECT r.event_key, max(1) AS reached
  FROM report AS r
  JOIN contact_day AS c ON c.participant_key = r.participant_key
  WHERE c.contact_date > r.clock_date AND c.contact_date <= r.until_day AND c.exact_contacts > 0
  GROUP BY r.event_key
),
judged AS (
  SELECT
    r.*,
    coalesce(f.reached, 0) AS reached,
    CASE
      WHEN r.reported_date IS NULL AND r.date_precision <> 'day' THEN 'coarse'
      WHEN r.until_day > $as_of THEN 'too_recent'
      WHEN r.death_date <= r.until_day AND f.reached IS NULL THEN 'died'
    END AS left_out
  FROM report AS r
  LEFT JOIN followed AS f ON f.event_key = r.event_key
),
in_period AS (
  SELECT
    d.period,
    j.*,
    row_number() OVER (
      PARTITION BY d.period, j.participant_key, j.left_out IS NULL ORDER BY j.clock_date, j.event_key
    ) AS nth
  FROM judged AS j
  JOIN period_day AS d ON d.day = j.clock_date
)
SELECT
  i.period,
  i.participant_key,
  i.county_fips AS county,
  i.program_id AS program,
  i.site_id AS site,
  i.left_out,
  CASE WHEN i.left_out IS NULL AND i.nth = 1 THEN i.reached ELSE 0 END AS numerator,
  CASE WHEN i.left_out IS NULL AND i.nth = 1 THEN 1 ELSE 0 END AS denominator,
  CASE WHEN i.left_out IS NULL THEN i.reached ELSE 0 END AS row_numerator,
  CASE WHEN i.left_out IS NULL THEN 1 ELSE 0 END AS row_denominator
FROM in_period AS i
