SELECT
  date_trunc('month', s.session_date) AS period,
  s.county_fips AS county,
  count(DISTINCT s.participant_key) FILTER (WHERE s.status = 'no_show') AS numerator,
  count(DISTINCT s.participant_key) AS denominator
FROM session AS s
LEFT JOIN death AS d ON d.participant_key = s.participant_key
WHERE s.session_date BETWEEN $first AND $as_of
  AND s.status IN ('completed', 'no_show')
  AND s.kind NOT IN ('outreach', 'closeout')
  AND s.mode NOT IN ('text', 'email', 'mail')
  AND CASE s.date_precision
    WHEN 'day' THEN TRUE
    WHEN 'week' THEN date_trunc('month', s.session_date + 6) = date_trunc('month', s.session_date)
    WHEN 'month' THEN last_day(s.session_date) <= $as_of
    ELSE FALSE
  END
  AND (d.death_date IS NULL OR s.session_date <= d.death_date OR s.kind IN ('family_support', 'care_coordination'))
GROUP BY ALL
