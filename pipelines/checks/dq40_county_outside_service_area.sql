/*
id = "DQ40"
title = "County not recognized, or outside the service area"
severity = "warn"
advice = "Correct the spelling, give the state, or add the county to the service area."
action = "noted"
field = "county_fips"
needs = []
checked = "SELECT (SELECT count(county_fips) FROM session WHERE EXISTS (SELECT 1 FROM program_setting WHERE name = 'service_area' AND value <> '')) + (SELECT count(county_fips) FROM milestone WHERE EXISTS (SELECT 1 FROM program_setting WHERE name = 'service_area' AND value <> ''))"
*/
WITH outside AS (
    SELECT c.fips
    FROM county AS c
    JOIN program_setting AS s ON s.name = 'service_area' AND s.value <> ''
    WHERE ',' || replace(s.value, ' ', '') || ',' NOT LIKE '%,' || c.fips || ',%'
)

SELECT s.batch_id, s.source_file, s.source_row
FROM session AS s
SEMI JOIN outside AS o ON o.fips = s.county_fips
UNION ALL
SELECT m.batch_id, m.source_file, m.source_row
FROM milestone AS m
SEMI JOIN outside AS o ON o.fips = m.county_fips
