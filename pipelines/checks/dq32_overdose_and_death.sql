/*
id = "DQ32"
title = "Fatal overdose and death record within 30 days"
severity = "info"
advice = "Nothing; the two are one death."
action = "rows_linked"
field = "participant_key"
needs = ["milestone"]
checked = "SELECT count(*) FROM milestone WHERE class = 'death'"
*/
SELECT m.batch_id, m.source_file, m.source_row
FROM milestone AS m
JOIN death AS d ON d.participant_key = m.participant_key
JOIN milestone AS o ON o.milestone_key = d.event_key AND o.class = 'overdose'
WHERE m.class = 'death'
    AND abs(
        date_diff('day', coalesce(o.event_date, o.reported_date), coalesce(m.event_date, m.reported_date))
    ) <= 30
