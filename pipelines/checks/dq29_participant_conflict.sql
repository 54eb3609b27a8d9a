/*
id = "DQ29"
title = "Records of one person disagree; the latest was kept"
severity = "warn"
advice = "Correct the older record of the person."
action = "noted"
needs = ["participant"]
checked = "SELECT count(*) FROM participant"
*/
WITH repeated AS (
    SELECT participant_key
    FROM participant
    GROUP BY participant_key
    HAVING count(*) > 1
),

known AS (
    SELECT
        p.participant_key,
        p.batch_id,
        p.source_file,
        p.source_row,
        CASE WHEN p.age_band <> 'unknown' THEN p.age_band END AS age_band,
        CASE WHEN p.gender NOT IN ('unknown', 'declined') THEN p.gender END AS gender,
        CASE WHEN p.race_eth NOT IN ('unknown', 'declined') THEN p.race_eth END AS race_eth,
        row_number() OVER (
            PARTITION BY p.participant_key
            ORDER BY p.updated_on DESC NULLS LAST, p.enrolled_on DESC NULLS LAST, p.program_id
        ) AS place
    FROM participant AS p
    SEMI JOIN repeated AS r ON r.participant_key = p.participant_key
)

SELECT older.batch_id, older.source_file, older.source_row
FROM known AS older
JOIN known AS latest ON latest.participant_key = older.participant_key AND latest.place = 1
WHERE older.place > 1
    AND (
        older.age_band <> latest.age_band
        OR older.gender <> latest.gender
        OR older.race_eth <> latest.race_eth
    )
