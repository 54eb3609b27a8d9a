/*
id = "E4b"
title = "People who missed a session"
short_title = "People who missed a session"
kind = "share_of_people"
unit = "person"
units = "people"
numerator = "of these, people who missed at least one session"
denominator = "people with at least one planned session in the period that took place or was missed"
direction = "lower"
interval = "wilson"
why = "Counted in people, one person who misses many sessions weighs no more than another."
caveats = [
  "Programs, sites and coaches record missed sessions in different ways, so they should not be compared.",
  "Canceled sessions, outreach, closing forms and contacts by text, email or mail are not counted.",
]
example = "Three people had four planned sessions in July; one of them missed one. The share is 1 of 3 people."
dimensions = ["county", "region", "program", "site", "kind", "mode", "age_band", "gender", "race_eth", "referral_source"]
audiences = ["director", "funder"]
synonyms = ["attendance", "no-show", "absence"]
clause = "{value} of people missed a session in {period}"
subject = "the share of people who missed a session"
left_out = [["not_recorded", "the exports they are in do not record missed sessions"]]
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
