/*
title = "Default periods"
meaning = "One row per calendar month of the data. A query puts its own periods in its place."
*/
SELECT DISTINCT period, period_start, period_end
FROM period_day
