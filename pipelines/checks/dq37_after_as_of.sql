/*
id = "DQ37"
title = "Rows after the last complete day"
severity = "info"
advice = "Nothing; they enter with the next load."
action = "held_from_measures"
field = "session_date"
needs = []
checked = "SELECT (SELECT count(*) FROM session) + (SELECT count(*) FROM milestone)"
*/
SELECT s.batch_id, s.source_file, s.source_row
FROM session AS s
WHERE s.session_date > (SELECT as_of FROM data_window)
UNION ALL
SELECT m.batch_id, m.source_file, m.source_row
FROM milestone AS m
WHERE coalesce(m.event_date, m.reported_date) > (SELECT as_of FROM data_window)
