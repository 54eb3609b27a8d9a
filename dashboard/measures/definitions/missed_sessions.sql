/*
id = "E4"
title = "Missed sessions"
short_title = "Missed sessions"
kind = "share_of_rows"
unit = "session"
units = "sessions"
numerator = "of these, sessions at which the participant was not present"
denominator = "planned sessions in the period that took place or were missed"
direction = "lower"
interval = "none"
why = "A missed session is a chance to ask what would make the next one easier."
caveats = [
  "Programs, sites and coaches record missed sessions in different ways, so they should not be compared.",
  "Canceled sessions, outreach, closing forms and contacts by text, email or mail are not counted.",
]
example = "Of four planned sessions in July three took place and one was missed; a canceled one and a missed outreach try do not count. The share is 1 of 4."
dimensions = ["county", "region", "program", "site", "kind", "mode", "age_band", "gender", "race_eth", "referral_source", "weekday"]
audiences = ["director", "funder"]
synonyms = ["attendance", "no-show", "absence"]
clause = "{value} of planned sessions in {period} were missed"
subject = "missed sessions"
left_out = [["not_recorded", "their export does not record missed sessions"]]
*/
WITH silent AS (
  -- Billing, for one, names only contacts that took place: that none was missed is not known from it.
  SELECT source_system FROM load_batch GROUP BY source_system HAVING NOT bool_or(records_missed)
),
planned AS (
  SELECT
    s.*,
    CASE s.date_precision
      WHEN 'week' THEN s.session_date + 6
      WHEN 'month' THEN CAST(date_trunc('month', s.session_date) + INTERVAL 1 MONTH - INTERVAL 1 DAY AS DATE)
      WHEN 'quarter' THEN CAST(date_trunc('quarter', s.session_date) + INTERVAL 3 MONTH - INTERVAL 1 DAY AS DATE)
      ELSE s.session_date
    END AS last_day
  FROM session AS s
  WHERE s.status IN ('completed', 'no_show')
    AND s.kind NOT IN ('outreach', 'closeout')
    AND s.mode NOT IN ('text', 'email', 'mail')
)
SELECT
  d.period,
  s.participant_key,
  s.county_fips AS county,
  s.program_id AS program,
  s.site_id AS site,
  s.kind,
  s.mode,
  -- 1 January 2001 was a Monday. A date known to the week or month has no weekday.
  CASE WHEN s.date_precision = 'day' THEN
    CASE (date_diff('day', DATE '2001-01-01', s.session_date) % 7 + 7) % 7
      WHEN 0 THEN 'monday'
      WHEN 1 THEN 'tuesday'
      WHEN 2 THEN 'wednesday'
      WHEN 3 THEN 'thursday'
      WHEN 4 THEN 'friday'
      WHEN 5 THEN 'saturday'
      ELSE 'sunday'
    END
  END AS weekday,
  CASE WHEN q.source_system IS NOT NULL THEN 'not_recorded' END AS left_out,
  CASE WHEN s.status = 'no_show' AND q.source_system IS NULL THEN 1 ELSE 0 END AS numerator,
  CASE WHEN q.source_system IS NULL THEN 1 ELSE 0 END AS denominator
FROM planned AS s
JOIN period_day AS d ON d.day = s.session_date AND s.last_day <= d.period_end
LEFT JOIN silent AS q ON q.source_system = s.source_system
LEFT JOIN death AS x ON x.participant_key = s.participant_key
WHERE s.last_day <= $as_of
  -- After a death, only support for the family and coordination are expected (data-model R13).
  AND (x.death_date IS NULL OR s.session_date <= x.death_date OR s.kind IN ('family_support', 'care_coordination'))
