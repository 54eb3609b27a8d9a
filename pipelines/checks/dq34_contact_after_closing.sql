/*
id = "DQ34"
title = "Contact soon after a recorded closing"
severity = "warn"
advice = "Reopen the record or correct the closing date; until then the closing is ignored."
action = "noted"
field = "closed_on"
needs = ["session"]
checked = "SELECT count(*) FROM closing"
*/
WITH ignored AS (
    SELECT c.participant_key, c.closing_date, c.is_recorded
    FROM closing AS c
    CROSS JOIN data_window AS w
    WHERE c.next_contact <= c.last_contact + w.gap_days
)

SELECT p.batch_id, p.source_file, p.source_row
FROM participant AS p
JOIN ignored AS i ON i.participant_key = p.participant_key AND i.closing_date = p.closed_on AND i.is_recorded
UNION ALL
SELECT s.batch_id, s.source_file, s.source_row
FROM session AS s
JOIN ignored AS i ON i.participant_key = s.participant_key AND i.closing_date = s.session_date AND NOT i.is_recorded
WHERE s.kind = 'closeout'
    AND s.status = 'completed'
