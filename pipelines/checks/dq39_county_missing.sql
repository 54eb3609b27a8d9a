/*
id = "DQ39"
title = "County not recorded"
severity = "warn"
advice = "Complete it; county pages show the share that is not recorded."
action = "noted"
field = "county_fips"
needs = []
checked = "SELECT (SELECT count(*) FROM session) + (SELECT count(*) FROM milestone)"
*/
SELECT batch_id, source_file, source_row
FROM session
WHERE county_fips IS NULL
UNION ALL
SELECT batch_id, source_file, source_row
FROM milestone
WHERE county_fips IS NULL
