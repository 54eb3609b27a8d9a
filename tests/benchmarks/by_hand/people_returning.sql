WITH served AS (
  SELECT DISTINCT date_trunc('month', contact_date) AS period, county_fips AS county, participant_key
  FROM contact
  WHERE contact_date BETWEEN $first AND $as_of
    AND (date_precision = 'day' OR date_trunc('month', contact_date + 6) = date_trunc('month', contact_date))
),
-- The first contact of the month decides; people enrolled before the records began are judged from their start.
first_of_month AS (
  SELECT
    date_trunc('month', c.contact_date) AS period,
    c.participant_key,
    CASE
      WHEN c.previous_date IS NOT NULL THEN c.contact_date - c.previous_date
      WHEN f.supported_before THEN c.contact_date - $data_start
    END AS silence
  FROM contact_day AS c
  JOIN first_contact AS f ON f.participant_key = c.participant_key
  WHERE c.contact_date BETWEEN $first AND $as_of
    AND (c.previous_date IS NULL OR c.previous_date < date_trunc('month', c.contact_date))
)
SELECT s.period, s.county, count(*) FILTER (WHERE m.silence > 90) AS numerator, count(*) AS denominator
FROM served AS s
JOIN first_of_month AS m ON m.period = s.period AND m.participant_key = s.participant_key
GROUP BY ALL
