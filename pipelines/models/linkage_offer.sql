/*
title = "Linkages"
meaning = "One row per connection to other help: what was told for a person and domain within 60 days of the time before is one linkage, offered on its earliest day, with the furthest outcome reached. connected_on is the first day it was told as connected."
*/
WITH told AS (
    SELECT
        s.participant_key,
        l.domain,
        l.outcome,
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
        CASE WHEN date_diff('day', lag(told_on) OVER in_time, told_on) <= 60 THEN 0 ELSE 1 END AS is_new
    FROM told
    WINDOW in_time AS (PARTITION BY participant_key, domain ORDER BY told_on, session_key)
),

numbered AS (
    SELECT
        *,
        sum(is_new) OVER (
            PARTITION BY participant_key, domain ORDER BY told_on, session_key
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS linkage_no
    FROM compared
),

reached AS (
    SELECT
        participant_key,
        domain,
        linkage_no,
        min(told_on) AS offered_on,
        min(CASE WHEN outcome = 'connected' THEN told_on END) AS connected_on,
        max(outcome_rank) AS outcome_rank
    FROM numbered
    GROUP BY participant_key, domain, linkage_no
)

SELECT
    r.participant_key,
    r.domain,
    r.offered_on,
    r.connected_on,
    CASE r.outcome_rank
        WHEN 4 THEN 'connected' WHEN 3 THEN 'accepted' WHEN 2 THEN 'declined' WHEN 1 THEN 'offered' ELSE 'unknown'
    END AS outcome,
    n.county_fips,
    n.program_id,
    n.site_id
FROM reached AS r
JOIN numbered AS n
    ON n.participant_key = r.participant_key
    AND n.domain = r.domain
    AND n.linkage_no = r.linkage_no
    AND n.is_new = 1
