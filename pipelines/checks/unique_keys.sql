/*
id = "KEYS"
title = "Two rows share one key"
severity = "stop"
advice = "Nothing was changed. Report this to whoever maintains the software; the load should have kept one of them."
action = "file_refused"
needs = []
checked = "SELECT (SELECT count(*) FROM session) + (SELECT count(*) FROM milestone) + (SELECT count(*) FROM participant) + (SELECT count(*) FROM assessment)"
*/
WITH session_key AS (
    SELECT session_key AS row_key FROM session GROUP BY session_key HAVING count(*) > 1
),

milestone_key AS (
    SELECT milestone_key AS row_key FROM milestone GROUP BY milestone_key HAVING count(*) > 1
),

participant_key AS (
    SELECT participant_key, program_id FROM participant GROUP BY participant_key, program_id HAVING count(*) > 1
),

assessment_key AS (
    SELECT participant_key, instrument, episode_no, timepoint, item
    FROM assessment
    GROUP BY participant_key, instrument, episode_no, timepoint, item
    HAVING count(*) > 1
)

SELECT s.batch_id, s.source_file, s.source_row
FROM session AS s
SEMI JOIN session_key AS k ON k.row_key = s.session_key
UNION ALL
SELECT m.batch_id, m.source_file, m.source_row
FROM milestone AS m
SEMI JOIN milestone_key AS k ON k.row_key = m.milestone_key
UNION ALL
SELECT p.batch_id, p.source_file, p.source_row
FROM participant AS p
SEMI JOIN participant_key AS k ON k.participant_key = p.participant_key AND k.program_id = p.program_id
UNION ALL
SELECT a.batch_id, a.source_file, a.source_row
FROM assessment AS a
SEMI JOIN assessment_key AS k
    ON k.participant_key = a.participant_key
    AND k.instrument = a.instrument
    AND k.episode_no = a.episode_no
    AND k.timepoint = a.timepoint
    AND k.item = a.item
