/*
title = "Deaths"
meaning = "One row per person who died (rules R10 to R12). event_key is the milestone that stands for the death; a fatal overdose stands for the death it led to. A coarse date is taken at its last possible day. is_conflict: told as both suicide and overdose, so the cause is pending and it is not an overdose."
*/
WITH told AS (
    SELECT
        m.milestone_key,
        m.participant_key,
        m.class = 'overdose' AS is_overdose,
        coalesce(m.event_date, m.reported_date) AS told_day,
        CASE WHEN m.event_date IS NULL THEN 'day' ELSE CAST(m.date_precision AS VARCHAR) END AS date_precision,
        m.reported_date,
        m.certainty,
        m.death_cause,
        CASE m.certainty
            WHEN 'official_confirmed' THEN 5
            WHEN 'documented' THEN 4
            WHEN 'coach_observed' THEN 3
            WHEN 'self_reported' THEN 2
            WHEN 'suspected' THEN 1
            ELSE 0
        END AS certainty_rank,
        w.as_of
    FROM milestone AS m
    CROSS JOIN data_window AS w
    WHERE (m.class = 'death' OR (m.class = 'overdose' AND m.od_fatal))
        AND coalesce(m.event_date, m.reported_date) <= w.as_of
),

dated AS (
    SELECT
        *,
        CASE date_precision
            WHEN 'week' THEN told_day + 6
            WHEN 'month' THEN CAST(told_day + INTERVAL 1 MONTH AS DATE) - 1
            WHEN 'quarter' THEN CAST(told_day + INTERVAL 3 MONTH AS DATE) - 1
            ELSE told_day
        END AS span_end
    FROM told
),

person_told AS (
    SELECT
        participant_key,
        bool_or(coalesce(death_cause = 'suicide', FALSE))
        AND bool_or(is_overdose OR coalesce(death_cause = 'overdose', FALSE)) AS is_conflict
    FROM dated
    GROUP BY participant_key
),

chosen AS (
    SELECT d.*, p.is_conflict
    FROM dated AS d
    JOIN person_told AS p ON p.participant_key = d.participant_key
    WHERE NOT (p.is_conflict AND d.is_overdose)
    QUALIFY row_number() OVER (
        PARTITION BY d.participant_key
        ORDER BY
            d.certainty_rank DESC, d.reported_date DESC NULLS LAST, d.is_overdose DESC,
            d.told_day DESC, d.milestone_key
    ) = 1
),

linked_overdose AS (
    SELECT d.*
    FROM dated AS d
    JOIN chosen AS c ON c.participant_key = d.participant_key
    WHERE d.is_overdose
        AND NOT c.is_conflict
        AND abs(date_diff('day', d.told_day, c.told_day)) <= 30
    QUALIFY row_number() OVER (
        PARTITION BY d.participant_key
        ORDER BY d.certainty_rank DESC, d.reported_date DESC NULLS LAST, d.told_day DESC, d.milestone_key
    ) = 1
)

SELECT
    c.participant_key,
    least(
        coalesce(o.span_end, c.span_end),
        coalesce(o.reported_date, c.reported_date, c.as_of),
        c.as_of
    ) AS death_date,
    CASE
        WHEN c.is_conflict THEN 'pending'
        WHEN o.milestone_key IS NOT NULL THEN 'overdose'
        ELSE coalesce(CAST(c.death_cause AS VARCHAR), 'not_stated')
    END AS cause,
    -- how sure the overdose is, unless the surer record names the same cause
    CASE
        WHEN o.milestone_key IS NOT NULL AND c.death_cause IS DISTINCT FROM 'overdose' THEN o.certainty
        ELSE c.certainty
    END AS certainty,
    NOT c.is_conflict
    AND (o.milestone_key IS NOT NULL OR coalesce(c.death_cause = 'overdose', FALSE)) AS is_fatal_overdose,
    c.is_conflict,
    coalesce(o.milestone_key, c.milestone_key) AS event_key
FROM chosen AS c
LEFT JOIN linked_overdose AS o ON o.participant_key = c.participant_key
