/*
id = "L1r"
title = "Life wins per 100 person-months of support"
short_title = "Life win rate"
kind = "rate"
unit = "win"
units = "wins"
numerator = "new life wins dated on active days in the period"
denominator = "person-months of active time in the period"
direction = "higher"
interval = "poisson"
why = "Divided by active time, small and large counties and short and long periods can be read side by side."
caveats = [
  "The rate is per 100 person-months of support, not per 100 people.",
  "More contact means that more wins are heard.",
]
example = "Five new wins on 328 active days, 10.776 person-months: 46.4 per 100 person-months. A sixth win after the last contact stays outside the rate."
dimensions = ["county", "region", "program", "site", "age_band", "gender", "race_eth"]
audiences = ["director", "funder"]
synonyms = ["milestones", "achievements"]
clause = "{value} life wins per 100 person-months in {period}"
subject = "life wins per 100 person-months"
left_out = [["outside", "they fall outside active time"]]
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
  CASE WHEN n.is_active THEN n.active_county_fips ELSE n.county_fips END AS county,
  CASE WHEN n.is_active THEN n.active_program_id ELSE n.program_id END AS program,
  n.site_id AS site,
  CASE WHEN n.is_active THEN 1 ELSE 0 END AS numerator,
  0 AS denominator,
  CASE WHEN NOT n.is_active THEN 'outside' END AS left_out
FROM new_win AS n
