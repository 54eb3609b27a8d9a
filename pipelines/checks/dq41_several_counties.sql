/*
id = "DQ41"
title = "Person with contacts in more than one county in a year"
severity = "info"
advice = "Nothing; it explains why rows by county add up to more than the total."
action = "noted"
field = "county_fips"
needs = ["session"]
checked = "SELECT count(*) FROM contact_day"
*/
-- Only people who were seen elsewhere than the time before can have two counties.
WITH moved AS (
    SELECT DISTINCT participant_key, year(contact_date) AS contact_year
    FROM contact_day
    WHERE is_elsewhere
        AND year(previous_date) = year(contact_date)
),

first_county AS (
    SELECT c.participant_key, m.contact_year, min_by(c.county_fips, c.contact_date) AS county_fips
    FROM contact_day AS c
    JOIN moved AS m ON m.participant_key = c.participant_key AND m.contact_year = year(c.contact_date)
    WHERE c.county_fips IS NOT NULL
    GROUP BY c.participant_key, m.contact_year
    HAVING min(c.county_fips) <> max(c.county_fips)
)

SELECT s.batch_id, s.source_file, s.source_row
FROM session AS s
JOIN first_county AS f ON f.participant_key = s.participant_key AND f.contact_year = year(s.session_date)
WHERE s.county_fips <> f.county_fips
    AND s.status = 'completed'
    AND s.kind <> 'closeout'
