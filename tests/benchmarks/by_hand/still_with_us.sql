WITH report AS (
  SELECT
    e.event_key,
    e.participant_key,
    e.clock_date,
    e.county_fips AS county,
    max(CASE WHEN c.contact_date IS NOT NULL THEN 1 ELSE 0 END) AS reached
  FROM event AS e
  LEFT JOIN contact AS c
    ON c.participant_key = e.participant_key
    AND c.contact_date > e.clock_date
    AND c.contact_date <= e.clock_date + 14
    AND c.date_precision = 'day'
  WHERE e.class = 'return_to_use'
    AND e.clock_date BETWEEN $first AND $as_of - 14
    AND (e.reported_date IS NOT NULL OR e.date_precision = 'day')
  GROUP BY ALL
),
judged AS (
  SELECT
    r.*,
    row_number() OVER (
      PARTITION BY r.participant_key, date_trunc('month', r.clock_date) ORDER BY r.clock_date, r.event_key
    ) AS nth
  FROM report AS r
  LEFT JOIN death AS d ON d.participant_key = r.participant_key
  WHERE r.reached = 1 OR d.death_date IS NULL OR d.death_date > r.clock_date + 14
)
SELECT
  date_trunc('month', clock_date) AS period,
  county,
  count(*) FILTER (WHERE nth = 1 AND reached = 1) AS numerator,
  count(*) FILTER (WHERE nth = 1) AS denominator,
  sum(reached) AS row_numerator,
  count(*) AS row_denominator
FROM judged
GROUP BY ALL
