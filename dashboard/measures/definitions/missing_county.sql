/*
id = "Q2"
title = "Records without a county"
short_title = "County missing"
kind = "share_of_rows"
unit = "record"
units = "records"
numerator = "of these, records without a recognized county"
denominator = "sessions and milestones dated in the period"
direction = "lower"
interval = "none"
why = "A county page can only be as complete as this field."
caveats = ["This is about records, not about people.", "Records without a county are shown as not recorded, never dropped."]
example = "Of four sessions in July, one has no county. The share is 1 of 4."
dimensions = ["record", "program", "site", "source"]
audiences = ["director"]
synonyms = ["completeness", "geography"]
clause = "{value} of {period} records have no county"
subject = "records without a county"
*/
WITH record AS (
  SELECT 'session' AS record, session_date AS day, county_fips, program_id, site_id, source_system
  FROM session
  UNION ALL
  SELECT
    'milestone' AS record,
    coalesce(event_date, reported_date) AS day,
    county_fips,
    program_id,
    NULL AS site_id,
    source_system
  FROM milestone
)
SELECT
  d.period,
  r.record,
  r.program_id AS program,
  r.site_id AS site,
  r.source_system AS source,
  CASE WHEN c.fips IS NULL THEN 1 ELSE 0 END AS numerator,
  1 AS denominator
FROM record AS r
JOIN period_day AS d ON d.day = r.day
LEFT JOIN county AS c ON c.fips = r.county_fips
WHERE r.day <= $as_of
