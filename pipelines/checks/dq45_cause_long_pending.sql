/*
id = "DQ45"
title = "Cause of death pending for over 180 days"
severity = "info"
advice = "Ask whether the certificate is out."
action = "noted"
field = "death_cause"
needs = ["milestone"]
checked = "SELECT count(*) FROM death"
*/
SELECT m.batch_id, m.source_file, m.source_row
FROM milestone AS m
JOIN death AS d ON d.event_key = m.milestone_key
WHERE d.cause = 'pending'
    AND d.death_date < (SELECT as_of FROM data_window) - 180
