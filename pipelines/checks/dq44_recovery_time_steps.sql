/*
id = "DQ44"
title = "Steps of recovery time out of order, or closer than their names allow"
severity = "warn"
advice = "Check the dates with the coach."
action = "noted"
field = "code"
needs = ["milestone"]
checked = "SELECT count(*) FROM milestone WHERE code IN ('recovery_time_30', 'recovery_time_90', 'recovery_time_180', 'recovery_time_365')"
*/
WITH step AS (
    SELECT
        participant_key,
        batch_id,
        source_file,
        source_row,
        milestone_key,
        coalesce(event_date, reported_date) AS step_day,
        CASE code
            WHEN 'recovery_time_30' THEN 30
            WHEN 'recovery_time_90' THEN 90
            WHEN 'recovery_time_180' THEN 180
            WHEN 'recovery_time_365' THEN 365
        END AS days
    FROM milestone
    WHERE code IN ('recovery_time_30', 'recovery_time_90', 'recovery_time_180', 'recovery_time_365')
),

followed AS (
    SELECT
        *,
        lag(days) OVER in_time AS days_before,
        lag(step_day) OVER in_time AS day_before
    FROM step
    WINDOW in_time AS (PARTITION BY participant_key ORDER BY step_day, days, milestone_key)
),

too_close AS (
    SELECT *
    FROM followed
    WHERE days < days_before
        OR date_diff('day', day_before, step_day) < days - days_before
),

-- After a return to use the count begins again.
begun_again AS (
    SELECT DISTINCT t.milestone_key
    FROM too_close AS t
    JOIN milestone AS m ON m.participant_key = t.participant_key
    WHERE m.class = 'return_to_use'
        AND coalesce(m.event_date, m.reported_date) > t.day_before
        AND coalesce(m.event_date, m.reported_date) <= t.step_day
        AND date_diff('day', t.day_before, t.step_day) >= t.days
)

SELECT t.batch_id, t.source_file, t.source_row
FROM too_close AS t
ANTI JOIN begun_again AS b ON b.milestone_key = t.milestone_key
