/*
id = "R4"
title = "People whose support was closed as planned"
short_title = "Closed as planned"
kind = "share_of_people"
unit = "person"
units = "people"
numerator = "of these, people whose goals were met or who agreed with their coach to close"
denominator = "people with a recorded closing in the period, other than by death"
direction = "higher"
interval = "wilson"
why = "Some people stop because they no longer need a coach; that deserves to be seen."
caveats = [
  "Only closings that the program recorded; most people never get one.",
  "A closing without a reason stays in the denominator.",
]
example = "Four people were closed in the quarter: goals met, agreed, no contact, no reason recorded. The share is 2 of 4. Of six episodes that ended, three had one of these closings."
dimensions = ["close_reason", "county", "region", "program", "site", "age_band", "gender", "race_eth", "referral_source"]
audiences = ["director", "funder"]
synonyms = ["discharge", "closure", "completion", "graduated"]
clause = "{value} of people closed in {period} were closed as planned"
subject = "closing as planned"
rows_beside = "episodes that ended had a recorded closing"
*/
WITH recorded AS (
  SELECT
    participant_key,
    closed_on,
    program_id,
    coalesce(CAST(close_reason AS VARCHAR), 'unknown') AS close_reason,
    CASE WHEN close_reason IN ('goals_met', 'mutual_agreement') THEN 1 ELSE 0 END AS as_planned
  FROM participant
  WHERE closed_on <= $as_of
),
-- Where two programs close on one day, a closing as planned stands.
last_closing AS (
  SELECT d.period, r.*
  FROM recorded AS r
  JOIN period_day AS d ON d.day = r.closed_on
  WHERE r.close_reason <> 'died'
  QUALIFY row_number() OVER (
    PARTITION BY d.period, r.participant_key ORDER BY r.closed_on DESC, r.as_planned DESC, r.program_id
  ) = 1
),
-- Beside it: how many endings of support were closed on paper at all.
ended AS (
  SELECT
    d.period,
    e.*,
    r.close_reason
  FROM episode AS e
  JOIN period_day AS d ON d.day = e.end_date
  LEFT JOIN (SELECT participant_key, closed_on, min(close_reason) AS close_reason FROM recorded GROUP BY ALL) AS r
    ON r.participant_key = e.participant_key AND r.closed_on = e.end_date
  WHERE e.gap_days = $gap_days AND e.exit_reason <> 'died'
)
SELECT
  c.period,
  c.participant_key,
  c.close_reason,
  s.county_fips AS county,
  c.program_id AS program,
  s.site_id AS site,
  c.as_planned AS numerator,
  1 AS denominator,
  0 AS row_numerator,
  0 AS row_denominator
FROM last_closing AS c
-- Place is that of the most recent contact.
LEFT JOIN active_span AS s
  ON s.participant_key = c.participant_key
  AND s.start_date <= c.closed_on
  AND (s.next_start IS NULL OR c.closed_on < s.next_start)
UNION ALL
SELECT
  e.period,
  e.participant_key,
  e.close_reason,
  e.county_fips AS county,
  e.program_id AS program,
  e.site_id AS site,
  0 AS numerator,
  0 AS denominator,
  CASE WHEN e.close_reason IS NULL THEN 0 ELSE 1 END AS row_numerator,
  1 AS row_denominator
FROM ended AS e
