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
),
told AS (
  SELECT period, active_county_fips AS county, participant_key, count(*) AS events
  FROM new_win
  WHERE is_active
  GROUP BY ALL
),
active AS (
  SELECT date_trunc('month', calendar_day) AS period, county_fips AS county, sum(people) AS days
  FROM person_day
  WHERE calendar_day BETWEEN $first AND $as_of
  GROUP BY ALL
),
by_county AS (
  SELECT period, county, sum(events) AS events FROM told GROUP BY ALL
),
of_person AS (
  SELECT period, participant_key, sum(events) AS events FROM told GROUP BY ALL
),
repeats AS (
  SELECT period, sqrt(sum(events * events) / sum(events)) AS widening FROM of_person GROUP BY ALL
)
SELECT
  coalesce(a.period, c.period) AS period,
  coalesce(a.county, c.county) AS county,
  coalesce(c.events, 0) AS numerator,
  coalesce(a.days, 0) / 30.4375 AS denominator,
  coalesce(r.widening, 1) AS widening
FROM active AS a
FULL JOIN by_county AS c ON c.period = a.period AND c.county IS NOT DISTINCT FROM a.county
LEFT JOIN repeats AS r ON r.period = coalesce(a.period, c.period)
