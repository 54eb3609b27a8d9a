SELECT
  date_trunc('month', offered_on) AS period,
  county_fips AS county,
  count(DISTINCT participant_key) FILTER (WHERE connected_on <= offered_on + 60) AS numerator,
  count(DISTINCT participant_key) AS denominator
FROM linkage_offer
WHERE offered_on BETWEEN $first AND $as_of - 60
GROUP BY ALL
