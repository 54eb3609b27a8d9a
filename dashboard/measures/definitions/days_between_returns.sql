/*
id = "U4"
title = "Days between returns to use told to coaches"
short_title = "Days between returns to use"
kind = "days_between"
unit = "report"
units = "reports"
numerator = "days from each return to use told to a coach to the next, in the whole organization"
denominator = "returns to use dated in the period, with the day known exactly"
direction = "neutral"
interval = "t_chart"
why = "Where events are rare, the time between them says more than a monthly count."
caveats = [
  "Days between reports. Long gaps are drawn upward.",
  "This counts what people told a coach. More contact and more trust mean that more is heard.",
  "The time since the newest report is no gap yet; it can only be too long, never too short.",
]
example = "Returns to use on July 1, 4, 4 and 20: 3 days, half a day and 16 days lie between them. The gap open at the end of September is 72 days."
dimensions = []
audiences = ["director"]
synonyms = ["relapse", "recurrence", "t-chart", "rare events"]
subject = "days between reports"
left_out = [["coarse", "the day is not known exactly"]]
*/
WITH told AS (
  SELECT
    e.event_key,
    e.event_date,
    CASE WHEN e.date_precision <> 'day' THEN 'coarse' END AS left_out
  FROM event AS e
  WHERE e.class = 'return_to_use'
),
in_order AS (
  SELECT
    *,
    lag(event_date) OVER (PARTITION BY left_out ORDER BY event_date, event_key) AS previous_date
  FROM told
)
SELECT
  d.period,
  o.event_key,
  o.event_date,
  o.left_out,
  -- Two on one day are half a day apart; the first of all has none before it.
  CASE WHEN o.event_date = o.previous_date THEN 0.5 ELSE date_diff('day', o.previous_date, o.event_date) END AS numerator,
  1 AS denominator
FROM in_order AS o
JOIN period_day AS d ON d.day = o.event_date
