/*
title = "Linkages"
meaning = "One row per connection to other help: what was told for a person and domain within 60 days of the time before is one linkage, offered on its earliest day, with the furthest outcome reached. connected_on is the first day it was told as connected."
*/
WITH told AS (
    SELECT
        s.participant_key,
        l.domain,
        s.session_date AS told_on,
        s.county_fips,
        s.program_id,
        s.site_id,
        s.session_key,
        CASE l.outcome
            WHEN 'connected' THEN 4 WHEN 'accepted' THEN 3 WHEN 'declined' THEN 2 WHEN 'offered' THEN 1 ELSE 0
        END AS outcome_rank
    FROM linkage AS l
    JOIN session AS s ON s.session_key = l.session_key
    CROSS JOIN data_window AS w
    LEFT JOIN death AS d ON d.participant_key = s.participant_key
    WHERE s.date_precision IN ('day', 'week')
        AND s.session_date <= least(w.as_of, d.death_date)
),

compared AS (
    SELECT
        *,
        coalesce(date_diff('day', lag(told_on) OVER in_time, told_on) > 60, TRUE) AS is_new
    FROM told
    WINDOW in_time AS (PARTITION BY participant_key, domain ORDER BY told_on, session_key)
),

-- Few linkages are told more than once, so only what was told later looks for the time it began.
later AS (
    SELECT
        l.session_key,
        l.participant_key,
        l.domain,
        l.outcome_rank,
        l.told_on,
        max(f.told_on) AS offered_on
    FROM compared AS l
    JOIN compared AS f
        ON f.participant_key = l.participant_key
        AND f.domain = l.domain
        AND f.told_on <= l.told_on
    WHERE NOT l.is_new
        AND f.is_new
    GROUP BY l.session_key, l.participant_key, l.domain, l.outcome_rank, l.told_on
),

reached AS (
    SELECT
        participant_key,
        domain,
        offered_on,
        max(outcome_rank) AS outcome_rank,
        min(CASE WHEN outcome_rank = 4 THEN told_on END) AS connected_on
    FROM later
    GROUP BY participant_key, domain, offered_on
),

linked AS (
    SELECT
        f.participant_key,
        f.domain,
        f.told_on AS offered_on,
        CASE WHEN f.outcome_rank = 4 THEN f.told_on ELSE r.connected_on END AS connected_on,
        greatest(f.outcome_rank, coalesce(r.outcome_rank, 0)) AS outcome_rank,
        f.county_fips,
        f.program_id,
        f.site_id
    FROM compared AS f
    LEFT JOIN reached AS r
        ON r.participant_key = f.participant_key
        AND r.domain = f.domain
        AND r.offered_on = f.told_on
    WHERE f.is_new
)

SELECT
    participant_key,
    domain,
    offered_on,
    connected_on,
    CASE outcome_rank
        WHEN 4 THEN 'connected' WHEN 3 THEN 'accepted' WHEN 2 THEN 'declined' WHEN 1 THEN 'offered' ELSE 'unknown'
    END AS outcome,
    county_fips,
    program_id,
    site_id
FROM linked
