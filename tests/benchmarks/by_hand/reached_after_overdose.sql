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
    -- The contact in which the person told it does not count.
    AND c.contact_date >= e.clock_date + CASE WHEN e.certainty = 'self_reported' THEN 1 ELSE 0 END
    AND c.contact_date <= e.clock_date + 7
    AND c.date_precision = 'day'
  WHERE e.class = 'overdose'
    AND e.od_fatal = FALSE
    AND e.is_in_touch
    AND e.date_precision = 'day'
    AND e.clock_date - e.event_date <= 30
    AND e.clock_date BETWEEN $first AND $as_of - 7
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
  WHERE r.reached = 1 OR d.death_date IS NULL OR d.death_date > r.clock_date + 7
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
