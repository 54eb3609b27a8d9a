/*
id = "DQ31"
title = "More than one death record for a person"
severity = "warn"
advice = "Remove the extra record; the most certain one was kept."
action = "rows_linked"
field = "participant_key"
needs = ["milestone"]
checked = "SELECT count(*) FROM milestone WHERE class = 'death'"
*/
WITH record AS (
    SELECT
        m.batch_id,
        m.source_file,
        m.source_row,
        row_number() OVER (
            PARTITION BY m.participant_key
            ORDER BY CASE WHEN m.milestone_key = d.event_key THEN 0 ELSE 1 END, m.reported_date DESC NULLS LAST,
                m.milestone_key
        ) AS place
    FROM milestone AS m
    LEFT JOIN death AS d ON d.participant_key = m.participant_key
    WHERE m.class = 'death'
)

SELECT batch_id, source_file, source_row
FROM record
WHERE place > 1
