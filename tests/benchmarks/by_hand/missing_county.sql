WITH record AS (
  SELECT session_date AS day, county_fips FROM session
  UNION ALL
  SELECT coalesce(event_date, reported_date) AS day, county_fips FROM milestone
)
SELECT
  date_trunc('month', day) AS period,
  count(*) FILTER (WHERE county_fips IS NULL OR county_fips NOT IN (SELECT fips FROM county)) AS numerator,
  count(*) AS denominator
FROM record
WHERE day BETWEEN $first AND $as_of
GROUP BY ALL
