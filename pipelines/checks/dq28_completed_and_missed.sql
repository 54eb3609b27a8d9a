/*
id = "DQ28"
title = "Same person and day, both completed and missed"
severity = "info"
advice = "Check which is right; the day counts as a contact day."
action = "noted"
field = "status"
needs = ["session"]
checked = "SELECT count(*) FROM session WHERE status = 'no_show'"
*/
SELECT s.batch_id, s.source_file, s.source_row
FROM session AS s
SEMI JOIN contact_day AS c ON c.participant_key = s.participant_key AND c.contact_date = s.session_date
WHERE s.status = 'no_show'
    AND s.date_precision = 'day'
