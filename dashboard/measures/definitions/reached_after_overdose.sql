/*
id = "O3"
title = "People reached within {reach_days} days of learning of their overdose"
short_title = "Reached after an overdose"
kind = "share_of_people"
unit = "person"
units = "people"
numerator = "of these, people with a contact within {reach_days} days after the program learned of it"
denominator = "people in touch who survived an overdose the program learned of in the period, with the full {reach_days} days since"
direction = "higher"
interval = "wilson"
why = "The days after an overdose are dangerous, and a known voice can help."
caveats = [
  "Reached means within {reach_days} days of the program learning of it.",
  "Where the person told it, the contact of that day does not count.",
  "Overdoses learned of more than {learned_late_days} days later are left out.",
]
example = "Of four people with an overdose in July, one was met on the day the hospital called, one told it and was met on day 7, one told it and was met that day only, one was learned of 31 days later and stays out. The share is 2 of 3."
dimensions = ["county", "region", "program", "site", "age_band", "gender", "race_eth", "referral_source"]
audiences = ["director", "funder", "board"]
synonyms = ["follow-up", "outreach after overdose"]
also = ["reached_{reach_days}"]
clause = "{value} reached within {reach_days} days of learning of their overdose"
subject = "contact after an overdose"
rows_beside = "overdoses followed by a contact"
left_out = [
  ["coarse", "the day is not known exactly"],
  ["not_in_touch", "they were not in touch when it happened"],
  ["late", "the program learned of it more than {learned_late_days} days later"],
  ["died", "they died within the {reach_days} days"],
  ["too_recent", "their {reach_days} days are not over yet"],
]
*/
WITH report AS (
  SELECT
    e.*,
    x.death_date,
    -- The contact in which a person tells it is not outreach: such clocks start the day after.
    e.clock_date + CASE WHEN e.certainty = 'self_reported' THEN 1 ELSE 0 END AS first_day,
    e.clock_date + $reach_days AS until_day
  FROM event AS e
  LEFT JOIN death AS x ON x.participant_key = e.participant_key
  WHERE e.class = 'overdose' AND e.od_fatal = FALSE
),
followed AS (
  SELECT r.event_key, max(1) AS reached
  FROM report AS r
  JOIN contact_day AS c ON c.participant_key = r.participant_key
  WHERE c.contact_date BETWEEN r.first_day AND r.until_day AND c.exact_contacts > 0
  GROUP BY r.event_key
),
judged AS (
  SELECT
    r.*,
    coalesce(f.reached, 0) AS reached,
    CASE
      WHEN r.date_precision <> 'day' THEN 'coarse'
      WHEN NOT coalesce(r.is_in_touch, FALSE) THEN 'not_in_touch'
      WHEN date_diff('day', r.event_date, r.clock_date) > $learned_late_days THEN 'late'
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
