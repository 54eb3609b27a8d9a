/*
id = "DQ30"
title = "Session after the recorded death"
severity = "warn"
advice = "Check the death record first; until then these sessions are left out."
action = "held_from_measures"
field = "session_date"
needs = ["session", "milestone"]
checked = "SELECT count(*) FROM session"
*/
SELECT s.batch_id, s.source_file, s.source_row
FROM session AS s
JOIN death AS d ON d.participant_key = s.participant_key
WHERE s.session_date > d.death_date
    AND s.status = 'completed'
    AND s.kind NOT IN ('family_support', 'care_coordination', 'closeout')
