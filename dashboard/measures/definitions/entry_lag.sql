/*
id = "Q1b"
title = "Days from an event to its record"
short_title = "Days to entry"
kind = "median"
unit = "record"
units = "records"
numerator = "days from the event to the entry of its record"
denominator = "sessions and milestones dated in the period for which both dates are recorded"
direction = "lower"
interval = "quartiles"
why = "The median says how long the team usually takes to write things down."
caveats = ["This is about records, not about people.", "Records without a day of entry are left out."]
example = "Three sessions in July were entered after 2, 7 and 8 days: the median is 7 days."
dimensions = ["record", "county", "region", "program", "site", "source"]
audiences = ["director"]
synonyms = ["timeliness", "data entry", "lag"]
key = "record_key"
clause = "half of {period} records were entered within {value} days"
subject = "days to entry"
*/
WITH dated AS (
  SELECT
    'session' AS record,
    s.session_key AS record_key,
    s.session_date AS day,
    date_diff('day', s.session_date, s.entered_on) AS days,
    s.county_fips,
    s.program_id,
    s.site_id,
    s.source_system
  FROM session AS s
  WHERE s.entered_on IS NOT NULL AND s.date_precision = 'day'
  UNION ALL
  SELECT
    'milestone' AS record,
    m.milestone_key AS record_key,
    m.event_date AS day,
    date_diff('day', m.event_date, m.reported_date) AS days,
    m.county_fips,
    m.program_id,
    NULL AS site_id,
    m.source_system
  FROM milestone AS m
  WHERE m.event_date IS NOT NULL AND m.reported_date IS NOT NULL AND m.date_precision = 'day'
)
SELECT
  d.period,
  r.record,
  r.record_key,
  r.county_fips AS county,
  r.program_id AS program,
  r.site_id AS site,
  r.source_system AS source,
  r.days AS numerator,
  1 AS denominator
FROM dated AS r
JOIN period_day AS d ON d.day = r.day
WHERE r.day <= $as_of
