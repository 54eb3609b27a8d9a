/*
id = "DQ48"
title = "Sessions of people missing from the participant file"
severity = "info"
advice = "Export the full participant list."
action = "noted"
field = "participant_key"
needs = ["session", "participant"]
checked = "SELECT count(*) FROM session"
*/
-- Few people are missing, so they are found among people first and looked up among sessions after.
WITH missing AS (
    SELECT p.participant_key
    FROM person AS p
    ANTI JOIN participant AS r ON r.participant_key = p.participant_key
)

SELECT s.batch_id, s.source_file, s.source_row
FROM session AS s
SEMI JOIN missing AS m ON m.participant_key = s.participant_key
