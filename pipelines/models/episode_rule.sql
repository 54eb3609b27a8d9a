/*
title = "Episodes under any gap rule"
meaning = "The rule of the episodes, for every row of gap_rule; read it through episode."
materialized = false
*/
-- A contact after the shortest of the gaps may begin an episode. The sparse rows are all that is sorted here.
WITH beginning AS (
    SELECT
        c.participant_key, c.contact_date, c.previous_date, c.county_fips, c.program_id, c.site_id, c.kind, c.mode,
        f.last_date, f.death_date, f.supported_since
    FROM contact_day AS c
    JOIN first_contact AS f ON f.participant_key = c.participant_key
    WHERE (
        c.previous_date IS NULL
        OR date_diff('day', c.previous_date, c.contact_date) > (SELECT min(gap_days) FROM gap_rule)
    )
        AND (f.death_date IS NULL OR c.contact_date <= f.death_date)
),

-- An episode lasts until the contact before the next one begins. is_own is part of the window so that a question
-- about one gap rule sorts no other.
run AS (
    SELECT
        g.gap_days,
        g.is_own,
        b.participant_key,
        row_number() OVER in_time AS episode_no,
        b.contact_date AS start_date,
        coalesce(lead(b.previous_date) OVER in_time, b.last_date) AS last_contact,
        lead(b.contact_date) OVER in_time IS NOT NULL AS has_next,
        b.death_date,
        b.county_fips,
        b.program_id,
        b.site_id,
        b.kind,
        b.mode,
        b.supported_since
    FROM beginning AS b
    CROSS JOIN gap_rule AS g
    WHERE b.previous_date IS NULL OR date_diff('day', b.previous_date, b.contact_date) > g.gap_days
    WINDOW in_time AS (PARTITION BY g.gap_days, g.is_own, b.participant_key ORDER BY b.contact_date)
),

-- A closing counts unless a contact follows within the gap rule (DQ34). A recorded closing goes before a closeout
-- session, and the latest of each stands.
closed AS (
    SELECT
        g.gap_days,
        c.participant_key,
        c.last_contact,
        coalesce(
            max(c.closing_date) FILTER (WHERE c.is_recorded), max(c.closing_date) FILTER (WHERE NOT c.is_recorded)
        ) AS closing_date,
        coalesce(
            max_by(c.exit_reason, c.closing_date) FILTER (WHERE c.is_recorded),
            max_by(c.exit_reason, c.closing_date) FILTER (WHERE NOT c.is_recorded)
        ) AS exit_reason
    FROM closing AS c
    CROSS JOIN gap_rule AS g
    WHERE c.closing_date <= c.last_contact + g.gap_days
        AND (c.next_contact IS NULL OR c.next_contact > c.last_contact + g.gap_days)
    GROUP BY g.gap_days, c.participant_key, c.last_contact
),

judged AS (
    SELECT
        r.*,
        c.closing_date,
        c.exit_reason AS closing_reason,
        CASE
            WHEN r.death_date <= r.last_contact + r.gap_days THEN 'death'
            WHEN c.closing_date IS NOT NULL THEN 'closing'
            WHEN r.has_next OR r.last_contact <= w.as_of - r.gap_days THEN 'silence'
        END AS exit_basis
    FROM run AS r
    LEFT JOIN closed AS c
        ON c.gap_days = r.gap_days
        AND c.participant_key = r.participant_key
        AND c.last_contact = r.last_contact
    CROSS JOIN data_window AS w
)

SELECT
    gap_days,
    is_own,
    participant_key,
    CAST(episode_no AS INTEGER) AS episode_no,
    start_date,
    last_contact,
    CASE exit_basis
        WHEN 'death' THEN death_date
        WHEN 'closing' THEN closing_date
        WHEN 'silence' THEN last_contact
    END AS end_date,
    CASE exit_basis
        WHEN 'death' THEN 'died'
        WHEN 'closing' THEN closing_reason
        WHEN 'silence' THEN 'left'
    END AS exit_reason,
    exit_basis,
    county_fips,
    program_id,
    site_id,
    kind,
    mode,
    supported_since
FROM judged
