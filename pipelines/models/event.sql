/*
title = "Events"
meaning = "One row per counted milestone up to as_of. A death has one row in all: class overdose with od_fatal true for a fatal overdose, else class death. counts says how a life win counts (new, confirms, ladder); ladder_days are those of a step of recovery time. last_day is the last day the event can have happened on: the day itself, or the end of its week, month or quarter. is_active: on an active day, with the county and program of that day. is_in_touch: a contact in the gap_days before and no closing or death since. is_counted_death: a death, a fatal overdose included, at most 90 days after the last contact."
*/
WITH known AS (
    SELECT
        m.milestone_key AS event_key,
        m.*,
        coalesce(m.event_date, m.reported_date) AS day_of_event,
        m.class = 'death' OR coalesce(m.class = 'overdose' AND m.od_fatal, FALSE) AS is_death_record,
        coalesce(m.milestone_key = d.event_key, FALSE) AS is_death,
        d.death_date,
        d.cause,
        d.certainty AS death_certainty,
        d.is_fatal_overdose,
        d.is_conflict,
        w.as_of,
        w.gap_days,
        w.has_sessions
    FROM milestone AS m
    CROSS JOIN data_window AS w
    LEFT JOIN death AS d ON d.participant_key = m.participant_key
    WHERE coalesce(m.event_date, m.reported_date) <= w.as_of
),

-- The other records of a death are the same event told again, unless an overdose lies further away.
counted AS (
    SELECT *
    FROM known
    WHERE NOT is_death_record
        OR is_death
        OR (class = 'overdose' AND NOT is_conflict AND abs(date_diff('day', day_of_event, death_date)) > 30)
),

last_contact AS (
    SELECT k.event_key, max(c.contact_date) AS contact_date
    FROM counted AS k
    JOIN contact_day AS c ON c.participant_key = k.participant_key AND c.contact_date <= k.day_of_event
    GROUP BY k.event_key
),

closed AS (
    SELECT participant_key, last_contact, end_date
    FROM own_episode
    WHERE exit_basis = 'closing'
),

placed AS (
    SELECT
        k.*,
        -- Precision speaks of the event date; where only the report is known, its day is exact.
        CASE WHEN k.event_date IS NULL THEN 'day' ELSE CAST(k.date_precision AS VARCHAR) END AS precision_of_day,
        date_diff('day', l.contact_date, k.day_of_event) AS days_since_contact,
        s.county_fips AS contact_county,
        s.program_id AS contact_program,
        s.site_id,
        coalesce(k.day_of_event <= s.end_date, FALSE) AS is_active,
        c.end_date IS NOT NULL OR coalesce(k.death_date < k.day_of_event, FALSE) AS is_gone
    FROM counted AS k
    LEFT JOIN last_contact AS l ON l.event_key = k.event_key
    LEFT JOIN active_span AS s
        ON s.participant_key = k.participant_key
        AND s.start_date <= k.day_of_event
        AND (s.next_start IS NULL OR k.day_of_event < s.next_start)
    LEFT JOIN closed AS c
        ON c.participant_key = k.participant_key
        AND c.last_contact = l.contact_date
        AND c.end_date <= k.day_of_event
)

SELECT
    p.event_key,
    p.participant_key,
    p.program_id,
    CASE WHEN p.is_death AND p.is_fatal_overdose THEN 'overdose' ELSE p.class END AS class,
    CASE WHEN p.is_death AND p.is_fatal_overdose THEN 'overdose' ELSE p.code END AS code,
    p.domain,
    v.counts,
    CASE p.code
        WHEN 'recovery_time_30' THEN 30
        WHEN 'recovery_time_90' THEN 90
        WHEN 'recovery_time_180' THEN 180
        WHEN 'recovery_time_365' THEN 365
    END AS ladder_days,
    p.day_of_event AS event_date,
    p.event_date IS NOT NULL AS date_known,
    p.reported_date,
    coalesce(p.reported_date, p.event_date) AS clock_date,
    p.precision_of_day AS date_precision,
    CASE p.precision_of_day
        WHEN 'week' THEN p.day_of_event + 6
        WHEN 'month' THEN CAST(p.day_of_event + INTERVAL 1 MONTH AS DATE) - 1
        WHEN 'quarter' THEN CAST(p.day_of_event + INTERVAL 3 MONTH AS DATE) - 1
        ELSE p.day_of_event
    END AS last_day,
    CASE WHEN p.is_death THEN p.death_certainty ELSE p.certainty END AS certainty,
    CASE
        WHEN p.is_death AND p.is_fatal_overdose THEN TRUE
        WHEN p.is_death_record THEN NULL
        ELSE p.od_fatal
    END AS od_fatal,
    p.od_naloxone,
    p.od_care,
    CASE WHEN p.is_death THEN p.cause END AS death_cause,
    p.substance_group,
    coalesce(p.county_fips, p.contact_county) AS county_fips,
    p.site_id,
    p.is_active,
    CASE WHEN p.is_active THEN p.contact_county END AS active_county_fips,
    CASE WHEN p.is_active THEN p.contact_program END AS active_program_id,
    coalesce(p.days_since_contact < p.gap_days, FALSE) AND NOT p.is_gone AS is_in_touch,
    CAST(p.days_since_contact AS INTEGER) AS days_since_contact,
    p.is_death AND (NOT p.has_sessions OR coalesce(p.days_since_contact <= 90, FALSE)) AS is_counted_death
FROM placed AS p
LEFT JOIN life_win AS v ON v.code = p.code AND p.class = 'life_win'
