/*
title = "Entry cohort"
meaning = "One row per gap rule and person with the first episode, as every curve by days since entry sees it. A person is observed on the days after entry (-1: from day 0 on) through duration, counted from started; follow-up of everyone ends gap_days before as_of (the horizon). exit_reason is empty where support was still going on there. left_out: too_recent or earlier, the people who cannot be observed."
materialized = false
*/
WITH first_episode AS (
    SELECT
        e.*,
        -- People supported before the records began enter late, on their first recorded day.
        coalesce(e.supported_since, e.start_date) AS started,
        coalesce(date_diff('day', e.supported_since, w.data_start), -1) AS entry,
        CASE
            WHEN e.start_date > w.as_of - e.gap_days THEN 'too_recent'
            WHEN e.supported_since IS NOT NULL AND date_diff('day', w.data_start, e.start_date) > e.gap_days THEN 'earlier'
        END AS left_out,
        coalesce(e.end_date <= w.as_of - e.gap_days, FALSE) AS has_left,
        w.as_of - e.gap_days AS horizon
    FROM episode AS e
    CROSS JOIN data_window AS w
    WHERE e.episode_no = 1
),

observed AS (
    SELECT *, CASE WHEN has_left THEN end_date ELSE horizon END AS last_day
    FROM first_episode
)

SELECT
    gap_days,
    participant_key,
    started,
    start_date,
    last_day,
    entry,
    date_diff('day', started, last_day) AS duration,
    CASE WHEN has_left THEN exit_reason END AS exit_reason,
    left_out,
    supported_since,
    county_fips,
    program_id,
    site_id,
    kind,
    mode
FROM observed
