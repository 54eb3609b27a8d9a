/*
id = "R3"
title = "People who came back after a long silence"
short_title = "Came back"
kind = "share_of_people"
unit = "person"
units = "people"
numerator = "of these, people with a new contact within {reengage_days} days after the silence became known"
denominator = "people whose silence of {gap_days} days was completed in the period, at least {reengage_days} days ago"
direction = "higher"
interval = "wilson"
why = "Coming back is a strength."
caveats = [
  "Coming back is a strength; it is never mixed with the curve of staying in touch.",
  "Silences that became known less than {reengage_days} days ago cannot be judged yet.",
]
example = "Of three silences that became known in the first quarter, one person came back on day 180 and one on day 181; one did not. The share is 1 of 3."
dimensions = ["county", "region", "program", "site", "age_band", "gender", "race_eth", "referral_source"]
audiences = ["director", "funder"]
synonyms = ["re-engagement", "returned", "reactivated"]
clause = "{value} came back within {reengage_days} days after a long silence"
subject = "coming back after a long silence"
left_out = [
  ["died", "they died before the {reengage_days} days were over"],
  ["too_recent", "their {reengage_days} days are not over yet"],
]
*/
WITH silence AS (
  SELECT
    e.participant_key,
    e.episode_no,
    e.last_contact + $gap_days AS known_on,
    n.start_date AS back_on,
    e.county_fips,
    e.program_id,
    e.site_id
  FROM episode AS e
  LEFT JOIN episode AS n
    ON n.participant_key = e.participant_key AND n.gap_days = e.gap_days AND n.episode_no = e.episode_no + 1
  WHERE e.gap_days = $gap_days AND e.exit_reason = 'left'
),
judged AS (
  SELECT
    s.*,
    CASE WHEN s.back_on <= s.known_on + $reengage_days THEN 1 ELSE 0 END AS came_back,
    CASE
      WHEN s.known_on + $reengage_days > $as_of THEN 'too_recent'
      WHEN x.death_date <= s.known_on + $reengage_days
        AND (s.back_on IS NULL OR s.back_on > s.known_on + $reengage_days) THEN 'died'
    END AS left_out
  FROM silence AS s
  LEFT JOIN death AS x ON x.participant_key = s.participant_key
),
in_period AS (
  SELECT
    d.period,
    j.*,
    -- A person counts with the first silence of the period that can be judged.
    row_number() OVER (
      PARTITION BY d.period, j.participant_key, j.left_out IS NULL ORDER BY j.known_on
    ) AS nth
  FROM judged AS j
  JOIN period_day AS d ON d.day = j.known_on
)
SELECT
  i.period,
  i.participant_key,
  i.county_fips AS county,
  i.program_id AS program,
  i.site_id AS site,
  i.left_out,
  CASE WHEN i.left_out IS NULL THEN i.came_back ELSE 0 END AS numerator,
  CASE WHEN i.left_out IS NULL THEN 1 ELSE 0 END AS denominator
FROM in_period AS i
WHERE i.nth = 1
