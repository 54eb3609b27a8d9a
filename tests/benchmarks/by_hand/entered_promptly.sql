WITH record AS (
  SELECT session_date AS day, entered_on - session_date AS days, county_fips AS county
  FROM session
  WHERE entered_on IS NOT NULL AND date_precision = 'day'
  UNION ALL
  SELECT event_date AS day, reported_date - event_date AS days, county_fips AS county
  FROM milestone
  WHERE event_date IS NOT NULL AND reported_date IS NOT NULL AND date_precision = 'day'
)
SELECT
  date_trunc('month', day) AS period,
  county,
  count(*) FILTER (WHERE days <= 7) AS numerator,
  count(*) AS denominator
FROM record
WHERE day BETWEEN $first AND $as_of
GROUP BY ALL
