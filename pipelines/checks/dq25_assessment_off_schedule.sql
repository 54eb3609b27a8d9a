/*
id = "DQ25"
title = "Assessment outside its window"
severity = "warn"
advice = "It counts as done, but not as done on time."
action = "noted"
field = "assessed_on"
needs = ["assessment"]
checked = "SELECT count(*) FROM assessment WHERE status = 'conducted' AND item = '_form' AND (due_from IS NOT NULL OR due_to IS NOT NULL)"
*/
SELECT batch_id, source_file, source_row
FROM assessment
WHERE status = 'conducted'
    AND item = '_form'
    AND (assessed_on < due_from OR assessed_on > due_to)
