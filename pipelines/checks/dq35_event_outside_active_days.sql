/*
id = "DQ35"
title = "Event outside active days"
severity = "info"
advice = "Nothing; check the date if it looks wrong. The event is counted, but not in rates."
action = "noted"
field = "event_date"
needs = ["session", "milestone"]
checked = "SELECT count(*) FROM event WHERE class IN ('life_win', 'return_to_use', 'overdose')"
*/
SELECT m.batch_id, m.source_file, m.source_row
FROM milestone AS m
SEMI JOIN event AS e
    ON e.event_key = m.milestone_key
    AND NOT e.is_active
    AND e.class IN ('life_win', 'return_to_use', 'overdose')
