/*
title = "People"
meaning = "One row per person seen anywhere. Of several records the latest wins; enrolled_on is the earliest, closed_on the latest closing and close_reason its reason. What is not recorded is 'unknown'; home_county_fips stays empty."
*/
-- Few people have two records, so only those are ranked.
WITH repeated AS (
    SELECT participant_key
    FROM participant
    GROUP BY participant_key
    HAVING count(*) > 1
),

ranked AS (
    SELECT
        p.*,
        row_number() OVER newest_first AS place,
        min(p.enrolled_on) OVER (PARTITION BY p.participant_key) AS first_enrolled_on
    FROM participant AS p
    SEMI JOIN repeated AS r ON r.participant_key = p.participant_key
    WINDOW newest_first AS (
        PARTITION BY p.participant_key
        ORDER BY p.updated_on DESC NULLS LAST, p.enrolled_on DESC NULLS LAST, p.program_id
    )
),

last_closing AS (
    SELECT participant_key, closed_on, close_reason
    FROM ranked
    QUALIFY row_number() OVER (PARTITION BY participant_key ORDER BY closed_on DESC NULLS LAST, place) = 1
),

record AS (
    SELECT
        p.participant_key, p.age_band, p.gender, p.race_eth, p.referral_source, p.primary_substance,
        p.enrolled_on, p.closed_on, p.close_reason, p.county_fips
    FROM participant AS p
    ANTI JOIN repeated AS r ON r.participant_key = p.participant_key
    UNION ALL
    SELECT
        p.participant_key, p.age_band, p.gender, p.race_eth, p.referral_source, p.primary_substance,
        p.first_enrolled_on, c.closed_on, c.close_reason, p.county_fips
    FROM ranked AS p
    JOIN last_closing AS c ON c.participant_key = p.participant_key
    WHERE p.place = 1
),

-- Everyone with a contact is in contact_day once as a first row; only the rest must be looked for.
seen AS (
    SELECT participant_key FROM contact_day WHERE previous_date IS NULL
    UNION
    SELECT s.participant_key
    FROM session AS s
    CROSS JOIN data_window AS w
    WHERE s.status <> 'completed'
        OR s.kind = 'closeout'
        OR s.date_precision NOT IN ('day', 'week')
        OR s.session_date > w.as_of
    UNION
    SELECT participant_key FROM milestone
    UNION
    SELECT participant_key FROM assessment
),

unrecorded AS (
    SELECT s.participant_key
    FROM seen AS s
    ANTI JOIN participant AS p ON p.participant_key = s.participant_key
)

SELECT
    participant_key,
    coalesce(age_band, 'unknown') AS age_band,
    coalesce(gender, 'unknown') AS gender,
    coalesce(race_eth, 'unknown') AS race_eth,
    coalesce(referral_source, 'unknown') AS referral_source,
    coalesce(CAST(primary_substance AS VARCHAR), 'unknown') AS primary_substance,
    enrolled_on,
    closed_on,
    CASE WHEN closed_on IS NOT NULL THEN coalesce(close_reason, 'unknown') END AS close_reason,
    county_fips AS home_county_fips
FROM record
UNION ALL
SELECT participant_key, 'unknown', 'unknown', 'unknown', 'unknown', 'unknown', NULL, NULL, NULL, NULL
FROM unrecorded
