/*
title = "Person-days by trait"
meaning = "Person-days split by age band, gender, race and county of residence as well: one row per day, county, program, site and traits. Worked out when asked: kept, it would have more rows than the contacts."
materialized = false
*/
-- Counted from the days on which spans begin (+1) and the days after they end (-1), never person by person.
WITH change AS (
    SELECT
        CASE c.step WHEN 1 THEN s.start_date ELSE s.end_date + 1 END AS change_day,
        s.county_fips, s.program_id, s.site_id, p.age_band, p.gender, p.race_eth, p.home_county_fips,
        c.step
    FROM active_span AS s
    JOIN person AS p ON p.participant_key = s.participant_key
    CROSS JOIN (VALUES (1), (-1)) AS c (step)
),

cell AS (
    SELECT
        change_day, county_fips, program_id, site_id, age_band, gender, race_eth, home_county_fips,
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
        PARTITION BY county_fips, program_id, site_id, age_band, gender, race_eth, home_county_fips ORDER BY change_day
    )
)

SELECT
    CAST(unnest(generate_series(change_day, next_change - 1, INTERVAL 1 DAY)) AS DATE) AS calendar_day,
    county_fips,
    program_id,
    site_id,
    age_band,
    gender,
    race_eth,
    home_county_fips,
    CAST(people AS INTEGER) AS people
FROM standing
WHERE people > 0
