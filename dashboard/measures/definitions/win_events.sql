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
  SELECT d.period, e.*
  FROM event AS e
  JOIN period_day AS d ON d.day = e.event_date AND e.last_day <= d.period_end
  WHERE e.class = 'life_win'
),
new_win AS (
  SELECT * FROM win WHERE counts = 'new'
  UNION ALL
  -- Of the steps of recovery time, the highest one per person and period.
  SELECT *
  FROM win
  WHERE counts = 'ladder'
  QUALIFY row_number() OVER (
    PARTITION BY period, participant_key ORDER BY ladder_days DESC, event_date, event_key
  ) = 1
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
