/*
title = "Closings"
meaning = "One row per person and day on which a record was closed, up to as_of, with what retention makes of the reason. is_recorded: a closing date was recorded; otherwise a closeout session stands for it. last_contact and next_contact are the person's contact days up to that day and after it."
*/
WITH recorded AS (
    SELECT participant_key, closed_on AS closing_date, close_reason, TRUE AS is_recorded
    FROM participant
    WHERE closed_on IS NOT NULL
),

closeout AS (
    SELECT
        s.participant_key,
        s.session_date AS closing_date,
        CASE WHEN p.closed_on IS NULL THEN p.close_reason END AS close_reason,
        FALSE AS is_recorded
    FROM session AS s
    LEFT JOIN participant AS p ON p.participant_key = s.participant_key AND p.program_id = s.program_id
    WHERE s.kind = 'closeout'
        AND s.status = 'completed'
        AND s.date_precision IN ('day', 'week')
),

told AS (
    SELECT * FROM recorded
    UNION ALL
    SELECT * FROM closeout
),

-- Two programs may close on one day; the reason that says most about the person stands.
reasoned AS (
    SELECT
        participant_key,
        closing_date,
        is_recorded,
        min(CASE
            WHEN close_reason = 'died' THEN 1
            WHEN close_reason IN ('goals_met', 'mutual_agreement') THEN 2
            WHEN close_reason IN ('lost_contact', 'declined_further') THEN 3
            ELSE 4
        END) AS exit_rank
    FROM told
    CROSS JOIN data_window AS w
    WHERE closing_date <= w.as_of
    GROUP BY participant_key, closing_date, is_recorded
)

SELECT
    r.participant_key,
    r.closing_date,
    r.is_recorded,
    CASE r.exit_rank WHEN 1 THEN 'died' WHEN 2 THEN 'completed' WHEN 3 THEN 'left' ELSE 'other' END AS exit_reason,
    max(CASE WHEN c.contact_date <= r.closing_date THEN c.contact_date END) AS last_contact,
    min(CASE WHEN c.contact_date > r.closing_date THEN c.contact_date END) AS next_contact
FROM reasoned AS r
LEFT JOIN contact_day AS c ON c.participant_key = r.participant_key
GROUP BY r.participant_key, r.closing_date, r.is_recorded, r.exit_rank
