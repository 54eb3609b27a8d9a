SELECT
  date_trunc('month', event_date) AS period,
  county_fips AS county,
  count(DISTINCT participant_key) AS numerator
FROM event
WHERE class = 'life_win'
  AND event_date BETWEEN $first AND $as_of
  AND (NOT date_known OR date_precision IN ('day', 'month')
      OR (date_precision = 'week' AND date_trunc('month', event_date + 6) = date_trunc('month', event_date)))
GROUP BY ALL
