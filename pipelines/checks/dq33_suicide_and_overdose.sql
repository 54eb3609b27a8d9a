/*
id = "DQ33"
title = "One death recorded as both suicide and overdose"
severity = "warn"
advice = "Wait for the official cause; the death counts once, and not as an overdose."
action = "rows_linked"
field = "death_cause"
needs = ["milestone"]
checked = "SELECT count(*) FROM milestone WHERE class = 'death'"
*/
SELECT m.batch_id, m.source_file, m.source_row
FROM milestone AS m
JOIN death AS d ON d.participant_key = m.participant_key AND d.is_conflict
WHERE m.class = 'death' OR (m.class = 'overdose' AND m.od_fatal)
