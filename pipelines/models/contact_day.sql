/*
title = "Contact days"
meaning = "One row per person, day, county, program and site with a contact. day_no counts the person's contact days from 1; previous_date is the person's row before (the same day on a further place). is_elsewhere: the county, program or site may differ from the contact before. kind and mode are those of the first contact of the row. exact_contacts are those known to the day; the others lie somewhere in the 7 days from contact_date on."
*/
-- One sort serves every window, because the shorter orders begin like the longest one. Episodes, spans and first
-- contacts then need no sort of all contacts. On a day in two places the place with a county comes first.
WITH placed AS (
    SELECT
        participant_key,
        contact_date,
        county_fips,
        program_id,
        site_id,
        kind,
        mode,
        row_number() OVER in_order = rank() OVER by_place AS is_first,
        count(*) OVER (by_place RANGE BETWEEN CURRENT ROW AND CURRENT ROW) AS contacts,
        count(CASE WHEN date_precision = 'day' THEN 1 END)
            OVER (by_place RANGE BETWEEN CURRENT ROW AND CURRENT ROW) AS exact_contacts,
        dense_rank() OVER by_day AS day_no,
        lag(contact_date) OVER in_order AS previous_date,
        lag(contact_date, 2) OVER in_order AS earlier_date,
        lag(county_fips) OVER in_order AS previous_county,
        lag(program_id) OVER in_order AS previous_program,
        lag(site_id) OVER in_order AS previous_site
    FROM contact
    WINDOW
        by_day AS (PARTITION BY participant_key ORDER BY contact_date),
        by_place AS (
            PARTITION BY participant_key
            ORDER BY contact_date, county_fips DESC NULLS LAST, program_id, site_id
        ),
        in_order AS (
            PARTITION BY participant_key
            ORDER BY contact_date, county_fips DESC NULLS LAST, program_id, site_id, kind, mode
        )
)

SELECT
    participant_key,
    contact_date,
    county_fips,
    program_id,
    site_id,
    CAST(contacts AS INTEGER) AS contacts,
    CAST(exact_contacts AS INTEGER) AS exact_contacts,
    CAST(day_no AS INTEGER) AS day_no,
    previous_date,
    county_fips IS DISTINCT FROM previous_county
    OR program_id <> previous_program
    OR site_id IS DISTINCT FROM previous_site
    OR coalesce(previous_date = earlier_date, FALSE) AS is_elsewhere,
    kind,
    mode
FROM placed
WHERE is_first
