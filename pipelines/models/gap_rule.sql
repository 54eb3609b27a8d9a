/*
title = "Gap rules"
meaning = "One row per length of silence under which episodes are told: 30, 60 and 90 days, and the program's own."
*/
WITH usual AS (
    SELECT gap_days FROM (VALUES (30), (60), (90)) AS t (gap_days)
    UNION
    SELECT gap_days FROM data_window
)

SELECT u.gap_days, u.gap_days = w.gap_days AS is_own
FROM usual AS u
CROSS JOIN data_window AS w
