/*
title = "Default periods"
meaning = "One row per calendar month of the data. A query puts its own periods in its place."
*/
WITH month AS (
    SELECT DISTINCT period, CAST(date_trunc('month', day) AS DATE) AS period_start
    FROM period_day
)

SELECT period, period_start, CAST(period_start + INTERVAL 1 MONTH AS DATE) - 1 AS period_end
FROM month
