SELECT date_trunc('month', event_date) AS period, county_fips AS county, count(*) AS numerator
FROM event
WHERE class = 'overdose'
  AND od_fatal = FALSE
  AND event_date BETWEEN $first AND $as_of
  AND (NOT date_known OR date_precision IN ('day', 'month')
      OR (date_precision = 'week' AND date_trunc('month', event_date + 6) = date_trunc('month', event_date)))
GROUP BY ALL
