WITH first_win AS (
  SELECT
    *,
    CASE code WHEN 'got_job' THEN 'job_90_days' ELSE 'housing_90_days' END AS confirmed_by,
    -- A confirmation speaks of the latest win at least 76 days older.
    lead(event_date) OVER (PARTITION BY participant_key, code ORDER BY event_date) AS next_win
  FROM (
    SELECT DISTINCT participant_key, code, event_date, county_fips
    FROM event
    WHERE code IN ('got_job', 'found_housing') AND date_precision IN ('day', 'week')
  )
),
judged AS (
  SELECT
    w.participant_key,
    w.code,
    w.event_date,
    w.county_fips,
    max(CASE WHEN c.event_key IS NOT NULL THEN 1 ELSE 0 END) AS lasted
  FROM first_win AS w
  LEFT JOIN event AS c
    ON c.participant_key = w.participant_key
    AND c.code = w.confirmed_by
    AND c.date_precision IN ('day', 'week')
    AND c.event_date >= w.event_date + 76
    AND (w.next_win IS NULL OR c.event_date < w.next_win + 76)
  WHERE w.event_date BETWEEN $first AND $as_of - 120
  GROUP BY ALL
)
SELECT
  date_trunc('month', event_date) AS period,
  county_fips AS county,
  count(DISTINCT participant_key) FILTER (WHERE lasted = 1) AS numerator,
  count(DISTINCT participant_key) AS denominator
FROM judged
GROUP BY ALL
