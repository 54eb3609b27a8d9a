WITH month AS (
  SELECT CAST(m AS DATE) AS period, least(last_day(m), $as_of) AS day
  FROM generate_series($first, $as_of, INTERVAL 1 MONTH) AS t (m)
),
coach_day AS (
  SELECT DISTINCT coach_key, session_date, coalesce(entered_on, session_date) AS entered_on
  FROM session
  WHERE coach_key IS NOT NULL
),
coach AS (
  SELECT
    m.period,
    c.coach_key,
    bool_or(c.session_date > m.day - 90) AS is_active,
    bool_or(c.entered_on > m.day - 30 AND c.entered_on <= m.day) AS has_entered
  FROM coach_day AS c
  JOIN month AS m ON c.session_date <= m.day
  GROUP BY ALL
)
SELECT period, count(*) FILTER (WHERE NOT has_entered) AS numerator, count(*) AS denominator
FROM coach
WHERE is_active
GROUP BY ALL
