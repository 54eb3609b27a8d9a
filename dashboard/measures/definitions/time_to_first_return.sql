/*
id = "U2b"
title = "Time to the first return to use told to a coach"
short_title = "Time to a first return to use"
kind = "first_event"
unit = "person"
units = "people"
numerator = "share of people with a first return to use told to a coach, by days since their first contact"
denominator = "people whose first contact lies in the period and at least {gap_days} days before the end of the records"
direction = "neutral"
interval = "aalen_johansen"
why = "It shows when a coach can expect to be needed most."
caveats = [
  "This counts what people told a coach. More contact and more trust mean that more is heard, so a rise is not bad news by itself.",
  "It is seen only while people are in touch, so it is shown beside the share who left.",
]
example = "Five people entered. Returns to use on days 10 and 40, one person left on day 20 and one died on day 30, one told of none: 20 % had told of a return by day 10 and 40 % by day 40."
dimensions = ["county", "region", "program", "site", "kind", "mode", "age_band", "gender", "race_eth", "referral_source"]
audiences = ["director"]
synonyms = ["relapse", "recurrence", "cumulative incidence", "time to event"]
clause = "{value} of people told of a first return to use within {period}"
subject = "the time to a first return to use"
left_out = [
  ["too_recent", "they entered in the last {gap_days} days"],
  ["earlier", "they had support before the records begin, so that earlier returns are not known"],
  ["coarse", "the day of their first return to use is not known well enough"],
]
*/
WITH first_return AS (
  SELECT
    t.participant_key,
    min(CASE WHEN t.is_dated THEN t.event_date END) AS event_date,
    min(CASE WHEN NOT t.is_dated THEN t.event_date END) AS coarse_date
  FROM (
    SELECT e.*, e.date_precision IN ('day', 'week') AND e.event_date >= c.start_date AS is_dated
    FROM event AS e
    JOIN cohort AS c
      ON c.participant_key = e.participant_key AND e.last_day >= c.start_date AND e.event_date <= c.last_day
    WHERE c.gap_days = $gap_days AND e.class = 'return_to_use'
  ) AS t
  GROUP BY t.participant_key
)
SELECT
  d.period,
  c.participant_key,
  c.county_fips AS county,
  c.program_id AS program,
  c.site_id AS site,
  c.kind,
  c.mode,
  CASE
    WHEN c.left_out = 'too_recent' THEN 'too_recent'
    WHEN c.supported_since IS NOT NULL THEN 'earlier'
    WHEN f.coarse_date <= coalesce(f.event_date, c.last_day) THEN 'coarse'
  END AS left_out,
  c.entry,
  coalesce(date_diff('day', c.started, f.event_date), c.duration) AS duration,
  CASE WHEN f.event_date IS NULL THEN c.exit_reason ELSE 'event' END AS exit_reason
FROM cohort AS c
JOIN period_day AS d ON d.day = c.started
LEFT JOIN first_return AS f ON f.participant_key = c.participant_key
WHERE c.gap_days = $gap_days
