/*
id = "DQ36"
title = "Date known to the week, month or quarter only"
severity = "info"
advice = "Record the day where possible; measures that count days leave the row out."
action = "noted"
field = "date_precision"
needs = ["session"]
checked = "SELECT (SELECT count(*) FROM session) + (SELECT count(*) FROM milestone)"
*/
SELECT batch_id, source_file, source_row
FROM session
WHERE date_precision <> 'day'
UNION ALL
SELECT batch_id, source_file, source_row
FROM milestone
WHERE date_precision <> 'day'
