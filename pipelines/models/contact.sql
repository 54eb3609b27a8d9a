/*
title = "Contacts"
meaning = "One row per contact: a completed session other than a closeout, dated to the day or week, up to as_of (R6, R7). After a death only support for the family and care coordination (R13)."
materialized = false
*/
SELECT
    s.session_key,
    s.participant_key,
    s.session_date AS contact_date,
    s.date_precision,
    s.county_fips,
    s.program_id,
    s.site_id,
    s.kind,
    s.mode,
    s.minutes,
    s.minutes_basis,
    s.coach_key
FROM session AS s
CROSS JOIN data_window AS w
LEFT JOIN death AS d ON d.participant_key = s.participant_key
WHERE s.status = 'completed'
    AND s.kind <> 'closeout'
    AND s.date_precision IN ('day', 'week')
    AND s.session_date <= CASE
        WHEN s.kind IN ('family_support', 'care_coordination') THEN w.as_of
        ELSE least(w.as_of, d.death_date)
    END
