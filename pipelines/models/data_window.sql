/*
title = "Data window"
meaning = "One row: the days the data cover. as_of is the last day covered completely, gap_days the gap rule G in days, horizon = as_of - gap_days, data_start the first recorded session."
*/
WITH setting AS (
    SELECT
        max(value) FILTER (WHERE name = 'as_of') AS as_of,
        max(value) FILTER (WHERE name = 'gap_days') AS gap_days,
        max(value) FILTER (WHERE name = 'data_start') AS data_start,
        max(value) FILTER (WHERE name = 'has_sessions') AS has_sessions
    FROM program_setting
)
SELECT
    TRY_CAST(as_of AS DATE) AS as_of,
    CAST(gap_days AS INTEGER) AS gap_days,
    TRY_CAST(as_of AS DATE) - CAST(gap_days AS INTEGER) AS horizon,
    TRY_CAST(data_start AS DATE) AS data_start,
    has_sessions = 'true' AS has_sessions
FROM setting
