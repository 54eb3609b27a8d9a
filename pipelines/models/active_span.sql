/*
title = "Active spans"
meaning = "One row per run of active days of a person in one county, program and site, under the program's own gap rule; an open one runs through as_of. next_start is the person's next span, in this or a later episode. Never two on one day for a person."
*/
WITH own AS (
    SELECT e.participant_key, e.start_date, coalesce(e.end_date, w.as_of) AS end_date
    FROM own_episode AS e
    CROSS JOIN data_window AS w
),

-- Where a span may begin: an episode begins, or the first contact of a day is elsewhere.
turn AS (
    SELECT
        c.participant_key, c.contact_date, c.county_fips, c.program_id, c.site_id,
        c.previous_date IS NULL OR date_diff('day', c.previous_date, c.contact_date) > w.gap_days AS begins
    FROM contact_day AS c
    CROSS JOIN data_window AS w
    LEFT JOIN death AS d ON d.participant_key = c.participant_key
    WHERE c.contact_date IS DISTINCT FROM c.previous_date
        AND (d.death_date IS NULL OR c.contact_date <= d.death_date)
        AND (
            c.is_elsewhere
            OR c.previous_date IS NULL
            OR date_diff('day', c.previous_date, c.contact_date) > w.gap_days
        )
),

compared AS (
    SELECT
        *,
        begins
        OR county_fips IS DISTINCT FROM lag(county_fips) OVER in_time
        OR program_id IS DISTINCT FROM lag(program_id) OVER in_time
        OR site_id IS DISTINCT FROM lag(site_id) OVER in_time AS is_new
    FROM turn
    WINDOW in_time AS (PARTITION BY participant_key ORDER BY contact_date)
),

span AS (
    SELECT
        *,
        lead(contact_date) OVER in_time AS next_start,
        max(CASE WHEN begins THEN contact_date END)
            OVER (in_time ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS episode_start
    FROM compared
    WHERE is_new
    WINDOW in_time AS (PARTITION BY participant_key ORDER BY contact_date)
)

SELECT
    s.participant_key,
    s.county_fips,
    s.program_id,
    s.site_id,
    s.contact_date AS start_date,
    least(o.end_date, coalesce(s.next_start - 1, o.end_date)) AS end_date,
    s.next_start
FROM span AS s
JOIN own AS o ON o.participant_key = s.participant_key AND o.start_date = s.episode_start
