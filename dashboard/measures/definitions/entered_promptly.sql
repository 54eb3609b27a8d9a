/*
id = "Q1"
title = "Records entered within {entered_days} days"
short_title = "Entered promptly"
kind = "share_of_rows"
unit = "record"
units = "records"
numerator = "of these, records entered at most {entered_days} days after the event"
denominator = "sessions and milestones dated in the period for which both dates are recorded"
direction = "higher"
interval = "none"
why = "Numbers can be read a week after the month ends if records come in by then."
caveats = ["This is about records, not about people.", "Records without a day of entry are left out."]
example = "Of four sessions in July, two were entered on day 7, one on day 8, and one has no day of entry. The share is 2 of 3."
dimensions = ["record", "county", "region", "program", "site", "source"]
audiences = ["director"]
synonyms = ["timeliness", "data entry", "lag"]
clause = "{value} of {period} records were entered within {entered_days} days"
subject = "prompt entry"
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
  CASE WHEN r.days <= $entered_days THEN 1 ELSE 0 END AS numerator,
  1 AS denominator
FROM dated AS r
JOIN period_day AS d ON d.day = r.day
WHERE r.day <= $as_of
