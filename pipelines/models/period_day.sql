/*
title = "Days of the default periods"
meaning = "One row per calendar day from the first month with data to as_of, with its month. Measures join it by equality; a query puts its own periods in its place."
*/
WITH told AS (
    SELECT min(session_date) AS first_day FROM session
    UNION ALL
    SELECT min(coalesce(event_date, reported_date)) FROM milestone
),

reach AS (
    SELECT date_trunc('month', min(t.first_day)) AS first_day, max(w.as_of) AS last_day
    FROM told AS t
    CROSS JOIN data_window AS w
),

calendar AS (
    SELECT CAST(unnest(generate_series(first_day, last_day, INTERVAL 1 DAY)) AS DATE) AS day
    FROM reach
),

dated AS (
    SELECT day, CAST(date_trunc('month', day) AS DATE) AS period_start
    FROM calendar
)

SELECT
    strftime(day, '%b %Y') AS period,
    period_start,
    CAST(period_start + INTERVAL 1 MONTH AS DATE) - 1 AS period_end,
    day
FROM dated
