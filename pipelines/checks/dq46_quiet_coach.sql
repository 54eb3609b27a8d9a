/*
id = "DQ46"
title = "Coach who is usually active has entered nothing for 30 days"
severity = "info"
advice = "A reminder about records, for directors only."
action = "noted"
field = "coach_key"
needs = ["session"]
checked = "SELECT count(DISTINCT coach_key) FROM session"
*/
-- One row per coach: the last session of the 90 days up to the end of the data.
WITH recent AS (
    SELECT
        s.batch_id,
        s.source_file,
        s.source_row,
        max(coalesce(s.entered_on, s.session_date)) OVER (PARTITION BY s.coach_key) AS last_entry,
        row_number() OVER (PARTITION BY s.coach_key ORDER BY s.session_date DESC, s.session_key) AS place
    FROM session AS s
    WHERE s.coach_key IS NOT NULL
        AND s.session_date <= (SELECT as_of FROM data_window)
        AND s.session_date > (SELECT as_of FROM data_window) - 90
)

SELECT batch_id, source_file, source_row
FROM recent
WHERE place = 1
    AND last_entry <= (SELECT as_of FROM data_window) - 30
