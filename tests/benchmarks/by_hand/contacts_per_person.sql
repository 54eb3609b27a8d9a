WITH per_person AS (
  SELECT date_trunc('month', contact_date) AS period, county_fips AS county, participant_key, count(*) AS contacts
  FROM contact
  WHERE contact_date BETWEEN $first AND $as_of
    AND (date_precision = 'day' OR date_trunc('month', contact_date + 6) = date_trunc('month', contact_date))
  GROUP BY ALL
)
SELECT
  period,
  county,
  sum(contacts) AS numerator,
  count(*) AS denominator,
  quantile_cont(contacts, 0.5) AS value,
  quantile_cont(contacts, 0.25) AS lower,
  quantile_cont(contacts, 0.75) AS upper
FROM per_person
GROUP BY ALL
