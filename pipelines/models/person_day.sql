/*
title = "Person-days"
meaning = "One row per day, county, program, site, age band, gender and race with the number of people active that day: the denominator of every rate. sum(people) = person-days; days with nobody have no row."
*/
-- Counted from the days on which spans begin (+1) and the days after they end (-1), never person by person.
WITH change AS (
    SELECT participant_key, county_fips, program_id, site_id, start_date AS change_day, 1 AS step
    FROM active_span
    UNION ALL
    SELECT participant_key, county_fips, program_id, site_id, end_date + 1, -1
    FROM active_span
),

cell AS (
    SELECT
        c.change_day, c.county_fips, c.program_id, c.site_id, p.age_band, p.gender, p.race_eth,
        sum(c.step) AS step
    FROM change AS c
    JOIN person AS p ON p.participant_key = c.participant_key
    GROUP BY ALL
),

standing AS (
    SELECT
        *,
        sum(step) OVER (in_time ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS people,
        lead(change_day) OVER in_time AS next_change
    FROM cell
    WINDOW in_time AS (
        PARTITION BY county_fips, program_id, site_id, age_band, gender, race_eth ORDER BY change_day
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
    CAST(people AS INTEGER) AS people
FROM standing
WHERE people > 0
