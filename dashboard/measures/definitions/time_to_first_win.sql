/*
id = "L3"
title = "Time to the first life win"
short_title = "Time to the first life win"
kind = "first_event"
unit = "person"
units = "people"
numerator = "share of people with a first life win, by days since their first contact"
denominator = "people whose first contact lies in the period and at least {gap_days} days before the end of the records"
direction = "higher"
interval = "aalen_johansen"
why = "Change takes time; the curve shows when people first tell of it."
caveats = [
  "Share of people with a first win by each day since their first contact.",
  "Leaving and dying end the wait; people who left without a win stay in the denominator.",
  "These are wins that people shared with a coach.",
]
example = "Five people entered. First wins on days 10 and 40, one person left on day 20 and one died on day 30, one is still waiting: 20 % had a first win by day 10 and 40 % by day 40."
dimensions = ["county", "region", "program", "site", "kind", "mode", "age_band", "gender", "race_eth", "referral_source"]
audiences = ["director", "funder"]
synonyms = ["cumulative incidence", "milestones", "time to event"]
clause = "{value} of people shared a first life win within {period}"
subject = "the time to a first life win"
left_out = [
  ["too_recent", "they entered in the last {gap_days} days"],
  ["earlier", "they had support before the records begin, so that earlier wins are not known"],
  ["coarse", "the day of their first win is not known well enough"],
]
*/
WITH first_win AS (
  SELECT
    t.participant_key,
    min(CASE WHEN t.is_dated THEN t.event_date END) AS event_date,
    min(CASE WHEN NOT t.is_dated THEN t.event_date END) AS coarse_date
  FROM (
    SELECT e.*, e.date_precision IN ('day', 'week') AND e.event_date >= c.start_date AS is_dated
    FROM event AS e
    JOIN cohort AS c
      ON c.participant_key = e.participant_key AND e.last_day >= c.start_date AND e.event_date <= c.last_day
    WHERE c.gap_days = $gap_days AND e.class = 'life_win'
  ) AS t
  GROUP BY t.participant_key
)
SELECT
  d.period,
  c.participant_key,
  c.county_fips AS county,
  c.program_id AS program,
  c.site_id AS site,
  c.kind,
  c.mode,
  CASE
    WHEN c.left_out = 'too_recent' THEN 'too_recent'
    WHEN c.supported_since IS NOT NULL THEN 'earlier'
    WHEN f.coarse_date <= coalesce(f.event_date, c.last_day) THEN 'coarse'
  END AS left_out,
  c.entry,
  coalesce(date_diff('day', c.started, f.event_date), c.duration) AS duration,
  CASE WHEN f.event_date IS NULL THEN c.exit_reason ELSE 'event' END AS exit_reason
FROM cohort AS c
JOIN period_day AS d ON d.day = c.started
LEFT JOIN first_win AS f ON f.participant_key = c.participant_key
WHERE c.gap_days = $gap_days
