-- A contact known to the week only counts where the whole week lies in the month (R7).
SELECT
  date_trunc('month', contact_date) AS period,
  county_fips AS county,
  count(DISTINCT participant_key) AS numerator
FROM contact
WHERE contact_date BETWEEN $first AND $as_of
  AND (date_precision = 'day' OR date_trunc('month', contact_date + 6) = date_trunc('month', contact_date))
GROUP BY ALL
