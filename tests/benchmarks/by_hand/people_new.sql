WITH served AS (
  SELECT DISTINCT date_trunc('month', contact_date) AS period, county_fips AS county, participant_key
  FROM contact
  WHERE contact_date BETWEEN $first AND $as_of
    AND (date_precision = 'day' OR date_trunc('month', contact_date + 6) = date_trunc('month', contact_date))
)
SELECT
  s.period,
  s.county,
  count(*) FILTER (WHERE f.first_date >= s.period AND NOT f.supported_before) AS numerator,
  count(*) AS denominator
FROM served AS s
JOIN first_contact AS f ON f.participant_key = s.participant_key
GROUP BY ALL
