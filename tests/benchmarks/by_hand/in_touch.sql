WITH month AS (
  SELECT period_start AS period, least(period_end, $as_of) AS day
  FROM (
    SELECT CAST(m AS DATE) AS period_start, last_day(m) AS period_end
    FROM generate_series($first, $as_of, INTERVAL 1 MONTH) AS t (m)
  )
),
recent AS (
  SELECT m.period, m.day, c.participant_key, max(c.contact_date) AS last_contact
  FROM contact_day AS c
  JOIN month AS m ON c.contact_date BETWEEN m.day - 89 AND m.day
  GROUP BY ALL
)
SELECT r.period, c.county_fips AS county, count(DISTINCT r.participant_key) AS numerator
FROM recent AS r
JOIN contact_day AS c ON c.participant_key = r.participant_key AND c.contact_date = r.last_contact
LEFT JOIN death AS d ON d.participant_key = r.participant_key
WHERE (d.death_date IS NULL OR d.death_date > r.day)
  -- No closing since.
  AND NOT EXISTS (
    FROM own_episode AS e
    WHERE e.participant_key = r.participant_key
      AND e.last_contact = r.last_contact
      AND e.exit_basis = 'closing'
      AND e.end_date <= r.day
  )
GROUP BY ALL
