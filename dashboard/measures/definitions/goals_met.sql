/*
id = "L5"
title = "People who met a goal they had set"
short_title = "People who met a goal"
kind = "share_of_people"
unit = "person"
units = "people"
numerator = "of these, people who met at least one goal in the period"
denominator = "people with at least one contact in the period and a goal open in it"
direction = "higher"
interval = "wilson"
why = "The measure of recovery that counts most is the person's own."
caveats = ["Goals people set for themselves; they differ in size.", "Only where the records say when a goal was set."]
example = "Of four people supported in July with an open goal, one met two goals and one met one; one canceled a goal and one is still at it: 2 of 4 people, and 3 of 6 goals."
dimensions = ["county", "region", "program", "site", "age_band", "gender", "race_eth", "referral_source"]
audiences = ["director", "funder"]
synonyms = ["goals", "goal attainment"]
clause = "{value} of people with an open goal met one in {period}"
subject = "meeting a goal"
rows_beside = "open goals met"
*/
WITH goal AS (
  SELECT participant_key, code, event_date, last_day
  FROM event
  WHERE code IN ('goal_set', 'goal_met', 'goal_cancelled')
),
-- A goal is open in a period if it was set by its end and neither met nor canceled before its start.
open_goal AS (
  SELECT
    p.period,
    g.participant_key,
    sum(CASE
      WHEN g.code = 'goal_set' AND g.last_day <= p.period_end THEN 1
      WHEN g.code <> 'goal_set' AND g.last_day < p.period_start THEN -1
      ELSE 0
    END) AS goals,
    sum(CASE
      WHEN g.code = 'goal_met' AND g.event_date >= p.period_start AND g.last_day <= p.period_end THEN 1 ELSE 0
    END) AS met
  FROM goal AS g
  JOIN period AS p ON g.event_date <= p.period_end
  GROUP BY p.period, g.participant_key
),
served AS (
  SELECT
    d.period,
    c.participant_key,
    c.county_fips,
    c.program_id,
    c.site_id,
    -- Goals have no place of their own: they stand at the person's first contact of the period.
    row_number() OVER (PARTITION BY d.period, c.participant_key ORDER BY c.contact_date, c.county_fips, c.site_id) AS nth
  FROM contact_day AS c
  JOIN period_day AS d ON d.day = c.contact_date
  SEMI JOIN goal AS g ON g.participant_key = c.participant_key
  -- A contact known to the week only counts where the whole week lies inside.
  WHERE c.exact_contacts > 0 OR c.contact_date + 6 <= d.period_end
)
SELECT
  s.period,
  s.participant_key,
  s.county_fips AS county,
  s.program_id AS program,
  s.site_id AS site,
  CASE WHEN o.met > 0 THEN 1 ELSE 0 END AS numerator,
  1 AS denominator,
  CASE WHEN s.nth = 1 THEN least(o.met, o.goals) ELSE 0 END AS row_numerator,
  CASE WHEN s.nth = 1 THEN o.goals ELSE 0 END AS row_denominator
FROM served AS s
JOIN open_goal AS o ON o.period = s.period AND o.participant_key = s.participant_key
WHERE o.goals > 0
