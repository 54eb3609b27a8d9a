/*
title = "Person-days"
meaning = "One row per day, county, program and site with the number of people active that day: the denominator of every rate. sum(people) = person-days; days with nobody have no row."
*/
-- Counted from the days on which spans begin (+1) and the days after they end (-1), never person by person.
WITH change AS (
    SELECT
        CASE c.step WHEN 1 THEN s.start_date ELSE s.end_date + 1 END AS change_day,
        s.county_fips, s.program_id, s.site_id,
        c.step
    FROM active_span AS s
    CROSS JOIN (VALUES (1), (-1)) AS c (step)
),

cell AS (
    SELECT
        change_day, county_fips, program_id, site_id,
        CAST(sum(step) AS INTEGER) AS step
    FROM change
    GROUP BY ALL
    HAVING sum(step) <> 0
),

standing AS (
    SELECT
        *,
        sum(step) OVER (in_time ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS people,
        lead(change_day) OVER in_time AS next_change
    FROM cell
    WINDOW in_time AS (
        PARTITION BY county_fips, program_id, site_id ORDER BY change_day
    )
)

SELECT
    CAST(unnest(generate_series(change_day, next_change - 1, INTERVAL 1 DAY)) AS DATE) AS calendar_day,
    county_fips,
    program_id,
    site_id,
    CAST(people AS INTEGER) AS people
FROM standing
WHERE people > 0
