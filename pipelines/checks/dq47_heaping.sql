/*
id = "DQ47"
title = "Many rows share one date or length that looks like a default"
severity = "warn"
advice = "Ask how the field is filled in."
action = "noted"
field = "session_date"
needs = ["session"]
checked = "SELECT count(*) FROM session"
*/
-- One day for over 10 % of the rows, over 10 % on the first of a month, or 60 minutes for over half of them: an
-- hour is common, so a tenth would say nothing. Under 100 rows a share says nothing either.
WITH day_of AS (
    SELECT session_date, count(*) AS sessions, sum(count(*)) OVER () AS total
    FROM session
    WHERE date_precision = 'day'
    GROUP BY session_date
),

heaped_day AS (
    SELECT session_date
    FROM day_of
    WHERE total >= 100 AND sessions > 0.1 * total
    UNION
    SELECT session_date
    FROM day_of
    WHERE day(session_date) = 1
        AND (
            SELECT
                max(total) >= 100
                AND sum(CASE WHEN day(session_date) = 1 THEN sessions ELSE 0 END) > 0.1 * max(total)
            FROM day_of
        )
),

heaped_hour AS (
    SELECT count(minutes) >= 100 AND count(*) FILTER (WHERE minutes = 60) > 0.5 * count(minutes) AS is_heaped
    FROM session
)

SELECT s.batch_id, s.source_file, s.source_row
FROM session AS s
SEMI JOIN heaped_day AS h ON h.session_date = s.session_date
WHERE s.date_precision = 'day'
UNION ALL
SELECT s.batch_id, s.source_file, s.source_row
FROM session AS s
WHERE s.minutes = 60
    AND (SELECT is_heaped FROM heaped_hour)
