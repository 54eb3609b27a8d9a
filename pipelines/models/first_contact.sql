/*
title = "First contacts"
meaning = "One row per person with a contact: the first four contact days, where and how the first contact took place, the last contact day (not after a death), the first day with a contact known to the week only, and whether support began before the data do (supported_since is then the day of enrollment)."
*/
WITH day_of AS (
    SELECT
        c.participant_key,
        min(c.contact_date) AS first_date,
        max(CASE WHEN c.day_no = 2 THEN c.contact_date END) AS second_date,
        max(CASE WHEN c.day_no = 3 THEN c.contact_date END) AS third_date,
        max(CASE WHEN c.day_no = 4 THEN c.contact_date END) AS fourth_date,
        max(CASE WHEN d.death_date < c.contact_date THEN NULL ELSE c.contact_date END) AS last_date,
        min(CASE WHEN c.exact_contacts < c.contacts THEN c.contact_date END) AS first_coarse_date,
        max(d.death_date) AS death_date
    FROM contact_day AS c
    LEFT JOIN death AS d ON d.participant_key = c.participant_key
    GROUP BY c.participant_key
)

SELECT
    o.*,
    c.county_fips,
    c.program_id,
    c.site_id,
    c.kind,
    c.mode,
    coalesce(p.enrolled_on < w.data_start, FALSE) AS supported_before,
    CASE WHEN p.enrolled_on < w.data_start THEN p.enrolled_on END AS supported_since
FROM day_of AS o
JOIN contact_day AS c ON c.participant_key = o.participant_key AND c.previous_date IS NULL
LEFT JOIN person AS p ON p.participant_key = o.participant_key
CROSS JOIN data_window AS w
