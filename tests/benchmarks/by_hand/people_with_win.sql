WITH served AS (
  SELECT DISTINCT date_trunc('month', contact_date) AS period, county_fips AS county, participant_key
  FROM contact
  WHERE contact_date BETWEEN $first AND $as_of
    AND (date_precision = 'day' OR date_trunc('month', contact_date + 6) = date_trunc('month', contact_date))
),
told AS (
  SELECT DISTINCT date_trunc('month', event_date) AS period, participant_key
  FROM event
  WHERE class = 'life_win'
    AND event_date BETWEEN $first AND $as_of
    AND (NOT date_known OR date_precision IN ('day', 'month')
      OR (date_precision = 'week' AND date_trunc('month', event_date + 6) = date_trunc('month', event_date)))
)
SELECT s.period, s.county, count(t.participant_key) AS numerator, count(*) AS denominator
FROM served AS s
LEFT JOIN told AS t ON t.period = s.period AND t.participant_key = s.participant_key
GROUP BY ALL
