/*
title = "Follow-ups"
meaning = "One row per person, instrument, episode and point in time after the baseline at which an assessment was expected: because the export says so, or because the person had a baseline and the instrument has a window there. due_from and due_to are those of the export, else of that window. outcome: on_time, off_time, declined, missed or not_done. Place is that of the most recent contact on the last due day."
*/
-- A form may be told as a row of its own (_form) or only by its items.
WITH form AS (
    SELECT
        participant_key,
        instrument,
        episode_no,
        timepoint,
        min_by(status, CASE WHEN item = '_form' THEN 0 ELSE 1 END) AS status,
        max(assessed_on) AS assessed_on,
        min(due_from) AS due_from,
        max(due_to) AS due_to
    FROM assessment
    GROUP BY participant_key, instrument, episode_no, timepoint
),

planned AS (
    SELECT
        f.participant_key,
        f.instrument,
        f.episode_no,
        w.timepoint,
        f.assessed_on + w.due_days - w.early_days AS due_from,
        f.assessed_on + w.due_days + w.late_days AS due_to
    FROM form AS f
    JOIN instrument_window AS w ON w.instrument = f.instrument
    WHERE f.timepoint = 'baseline' AND f.status = 'conducted'
),

told AS (
    SELECT * FROM form WHERE timepoint <> 'baseline'
),

expected AS (
    SELECT
        coalesce(t.participant_key, p.participant_key) AS participant_key,
        coalesce(t.instrument, p.instrument) AS instrument,
        coalesce(t.episode_no, p.episode_no) AS episode_no,
        coalesce(t.timepoint, p.timepoint) AS timepoint,
        coalesce(t.due_from, p.due_from) AS due_from,
        coalesce(t.due_to, p.due_to) AS due_to,
        t.status,
        t.assessed_on
    FROM told AS t
    FULL JOIN planned AS p
        ON p.participant_key = t.participant_key
        AND p.instrument = t.instrument
        AND p.episode_no = t.episode_no
        AND p.timepoint = t.timepoint
)

SELECT
    concat_ws('|', e.participant_key, e.instrument, e.episode_no, e.timepoint) AS follow_up_key,
    e.participant_key,
    e.instrument,
    e.episode_no,
    e.timepoint,
    e.due_from,
    e.due_to,
    e.assessed_on,
    CASE
        WHEN e.status = 'conducted' AND e.assessed_on BETWEEN e.due_from AND e.due_to THEN 'on_time'
        WHEN e.status = 'conducted' THEN 'off_time'
        WHEN e.status IN ('declined', 'missed') THEN CAST(e.status AS VARCHAR)
        ELSE 'not_done'
    END AS outcome,
    s.county_fips,
    s.program_id,
    s.site_id
FROM expected AS e
LEFT JOIN active_span AS s
    ON s.participant_key = e.participant_key
    AND s.start_date <= e.due_to
    AND (s.next_start IS NULL OR e.due_to < s.next_start)
