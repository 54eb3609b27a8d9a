-- Kaplan-Meier with late entry; everyone's follow-up ends at as_of - 90 (measures.md 4).
WITH person_time AS (
  SELECT
    e.county_fips AS county,
    CASE WHEN f.supported_before THEN $data_start - p.enrolled_on ELSE -1 END AS entry,
    least(coalesce(e.end_date, $as_of - 90), $as_of - 90)
      - CASE WHEN f.supported_before THEN p.enrolled_on ELSE e.start_date END AS duration,
    coalesce(e.end_date <= $as_of - 90, FALSE) AS has_left
  FROM own_episode AS e
  JOIN first_contact AS f ON f.participant_key = e.participant_key
  JOIN person AS p ON p.participant_key = e.participant_key
  WHERE e.episode_no = 1
    AND e.start_date <= $as_of - 90
    AND (NOT f.supported_before OR e.start_date <= $data_start + 90)
),
daily AS (
  SELECT county, duration AS day, -1 AS step, has_left FROM person_time WHERE entry < duration
  UNION ALL
  SELECT county, entry AS day, 1 AS step, FALSE AS has_left FROM person_time WHERE entry < duration
),
summed AS (
  SELECT
    county,
    day,
    sum(step) AS change,
    count(*) FILTER (WHERE has_left) AS exits
  FROM daily
  GROUP BY ALL
),
life_table AS (
  SELECT
    *,
    coalesce(sum(change) OVER (
      PARTITION BY county ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ), 0) AS at_risk
  FROM summed
)
SELECT
  county,
  day,
  exits AS numerator,
  at_risk AS denominator,
  product(CASE WHEN at_risk > 0 THEN 1 - exits / at_risk ELSE 1 END) OVER (PARTITION BY county ORDER BY day) AS value
FROM life_table
WHERE day >= 0
