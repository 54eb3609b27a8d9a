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
  -- A closing since, unless a contact followed it within 90 days of the one before (DQ34).
  AND NOT EXISTS (
    FROM closing AS x
    WHERE x.participant_key = r.participant_key
      AND x.last_contact = r.last_contact
      AND x.closing_date <= r.day
      AND (x.next_contact IS NULL OR x.next_contact > r.last_contact + 90)
  )
GROUP BY ALL
