SELECT
  date_trunc('month', e.start_date) AS period,
  e.county_fips AS county,
  count(*) FILTER (WHERE e.end_date IS NULL OR e.end_date > e.start_date + 90) AS numerator,
  count(*) AS denominator
FROM own_episode AS e
JOIN first_contact AS f ON f.participant_key = e.participant_key
WHERE e.episode_no = 1
  AND e.start_date BETWEEN $first AND $as_of - 180
  AND NOT f.supported_before
GROUP BY ALL
