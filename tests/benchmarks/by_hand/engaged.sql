WITH coarse AS (
  SELECT participant_key, min(contact_date) AS contact_date FROM contact WHERE date_precision <> 'day' GROUP BY ALL
),
judged AS (
  SELECT
    f.*,
    coalesce(f.second_date <= f.first_date + 14 AND f.fourth_date <= f.second_date + 34, FALSE) AS is_engaged
  FROM first_contact AS f
  LEFT JOIN coarse AS c ON c.participant_key = f.participant_key
  WHERE f.first_date BETWEEN $first AND $as_of - 48
    AND NOT f.supported_before
    AND (c.contact_date IS NULL OR c.contact_date > coalesce(f.fourth_date, f.first_date + 48))
)
SELECT
  date_trunc('month', first_date) AS period,
  county_fips AS county,
  count(*) FILTER (WHERE is_engaged) AS numerator,
  count(*) AS denominator
FROM judged
WHERE is_engaged OR death_date IS NULL OR death_date > first_date + 48
GROUP BY ALL
