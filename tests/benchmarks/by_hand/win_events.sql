WITH told_win AS (
  SELECT *, date_trunc('month', event_date) AS period, TRY_CAST(replace(code, 'recovery_time_', '') AS INTEGER) AS step
  FROM event
  WHERE class = 'life_win'
    AND counts <> 'confirms'
    AND event_date BETWEEN $first AND $as_of
    AND (NOT date_known OR date_precision IN ('day', 'month')
      OR (date_precision = 'week' AND date_trunc('month', event_date + 6) = date_trunc('month', event_date)))
),
-- Of the steps of recovery time, the highest one per person and month.
new_win AS (
  SELECT * EXCLUDE (step) FROM told_win WHERE step IS NULL
  UNION ALL
  SELECT * EXCLUDE (step)
  FROM told_win
  WHERE step IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY period, participant_key ORDER BY step DESC, event_date, event_key) = 1
)
SELECT period, county_fips AS county, count(*) AS numerator
FROM new_win
GROUP BY ALL
