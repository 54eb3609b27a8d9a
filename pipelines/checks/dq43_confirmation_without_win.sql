/*
id = "DQ43"
title = "Lasting win confirmed without a first win, or under 76 days after it"
severity = "warn"
advice = "Add the first win or correct the date."
action = "noted"
field = "code"
needs = ["milestone"]
checked = "SELECT count(*) FROM milestone WHERE code IN ('job_90_days', 'housing_90_days')"
*/
WITH win AS (
    SELECT
        *,
        CASE code WHEN 'got_job' THEN 'job_90_days' WHEN 'found_housing' THEN 'housing_90_days' END AS confirmed_by,
        coalesce(event_date, reported_date) AS win_day
    FROM milestone
    WHERE code IN ('got_job', 'found_housing', 'job_90_days', 'housing_90_days')
)

SELECT c.batch_id, c.source_file, c.source_row
FROM win AS c
ANTI JOIN win AS f
    ON f.participant_key = c.participant_key
    AND f.confirmed_by = c.code
    AND f.win_day <= c.win_day - 76
WHERE c.code IN ('job_90_days', 'housing_90_days')
