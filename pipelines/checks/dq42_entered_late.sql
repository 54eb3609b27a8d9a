/*
id = "DQ42"
title = "Entered more than 30 days after the contact"
severity = "info"
advice = "Talk with the team about entry routines."
action = "noted"
field = "entered_on"
needs = ["session"]
checked = "SELECT count(entered_on) FROM session"
*/
SELECT batch_id, source_file, source_row
FROM session
WHERE date_diff('day', session_date, entered_on) > 30
    AND date_precision = 'day'
