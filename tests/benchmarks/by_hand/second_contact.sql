WITH coarse AS (
  SELECT participant_key, contact_date FROM contact WHERE date_precision <> 'day'
)
SELECT
  date_trunc('month', f.first_date) AS period,
  f.county_fips AS county,
  count(*) FILTER (WHERE f.second_date <= f.first_date + 14) AS numerator,
  count(*) AS denominator
FROM first_contact AS f
WHERE f.first_date BETWEEN $first AND $as_of - 14
  AND NOT f.supported_before
  AND (f.death_date IS NULL OR f.death_date > f.first_date + 14 OR coalesce(f.second_date <= f.first_date + 14, FALSE))
  AND (f.participant_key, f.first_date) NOT IN (FROM coarse)
  AND (f.second_date IS NULL OR (f.participant_key, f.second_date) NOT IN (FROM coarse))
GROUP BY ALL
