/*
id = "L2b"
title = "Life wins"
short_title = "Life wins"
kind = "events"
unit = "win"
units = "wins"
numerator = "new life wins dated in the period"
direction = "higher"
interval = "none"
why = "Each win is a change in somebody's life; the list shows where changes happen."
caveats = [
  "One person can have several wins.",
  "Of the steps of recovery time, the highest one per person and period counts.",
  "A confirmation after 90 days belongs to a win already counted.",
]
example = "A got a job, had it confirmed after 90 days and told of 30 and 90 days in recovery, all within the year: 2 wins, the job and the 90 days."
dimensions = ["county", "region", "program", "site", "domain", "win", "age_band", "gender", "race_eth", "referral_source"]
audiences = ["director", "funder", "board"]
synonyms = ["milestones", "achievements"]
clause = "{n} life wins in {period}"
subject = "life wins"
*/
WITH win AS (
  SELECT
    d.period,
    e.*,
    CASE e.code
      WHEN 'recovery_time_30' THEN 30
      WHEN 'recovery_time_90' THEN 90
      WHEN 'recovery_time_180' THEN 180
      WHEN 'recovery_time_365' THEN 365
    END AS step
  FROM event AS e
  JOIN period_day AS d ON d.day = e.event_date
  JOIN period AS p ON p.period = d.period AND CASE e.date_precision
      WHEN 'week' THEN e.event_date + 6
      WHEN 'month' THEN CAST(e.event_date + INTERVAL 1 MONTH AS DATE) - 1
      WHEN 'quarter' THEN CAST(e.event_date + INTERVAL 3 MONTH AS DATE) - 1
      ELSE e.event_date
    END <= p.period_end
  WHERE e.class = 'life_win' AND e.counts <> 'confirms'
),
ordered AS (
  SELECT
    w.*,
    row_number() OVER (
      PARTITION BY w.period, w.participant_key, w.step IS NULL ORDER BY w.step DESC, w.event_date, w.event_key
    ) AS nth
  FROM win AS w
),
new_win AS (
  SELECT * FROM ordered WHERE step IS NULL OR nth = 1
)
SELECT
  n.period,
  n.participant_key,
  n.county_fips AS county,
  n.program_id AS program,
  n.site_id AS site,
  n.domain,
  n.code AS win,
  1 AS numerator,
  0 AS denominator
FROM new_win AS n
