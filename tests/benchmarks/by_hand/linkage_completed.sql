SELECT
  date_trunc('month', offered_on) AS period,
  county_fips AS county,
  count(*) FILTER (WHERE connected_on <= offered_on + 60) AS numerator,
  count(*) AS denominator
FROM linkage_offer
WHERE offered_on BETWEEN $first AND $as_of - 60
GROUP BY ALL
