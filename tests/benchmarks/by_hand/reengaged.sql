WITH silence AS (
  SELECT
    *,
    last_contact + 90 AS known_on,
    lead(start_date) OVER (PARTITION BY participant_key ORDER BY episode_no) AS back_on
  FROM own_episode
),
judged AS (
  SELECT s.*, coalesce(s.back_on <= s.known_on + 180, FALSE) AS came_back
  FROM silence AS s
  LEFT JOIN death AS d ON d.participant_key = s.participant_key
  WHERE s.exit_reason = 'left'
    AND s.known_on BETWEEN $first AND $as_of - 180
    AND (came_back OR d.death_date IS NULL OR d.death_date > s.known_on + 180)
),
first_of_month AS (
  SELECT *
  FROM judged
  QUALIFY row_number() OVER (PARTITION BY participant_key, date_trunc('month', known_on) ORDER BY known_on) = 1
)
SELECT
  date_trunc('month', known_on) AS period,
  county_fips AS county,
  count(*) FILTER (WHERE came_back) AS numerator,
  count(*) AS denominator
FROM first_of_month
GROUP BY ALL
