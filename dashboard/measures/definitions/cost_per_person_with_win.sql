/*
id = "$1b"
title = "Spending per person who shared a life win"
short_title = "Spending per person with a win"
kind = "cost"
unit = "person"
units = "people"
numerator = "dollars spent in the period"
denominator = "people with at least one contact in the period who shared a life win dated in it"
direction = "neutral"
interval = "none"
why = "The same spending, beside the people who told of a change."
caveats = [
  "Spending divided by people; not a price of a win.",
  "Support reaches people who tell of no win as well.",
  "Only where spending is recorded for exactly this period; nothing is spread over months.",
]
example = "Two funders paid $30,000 and $12,000 in the quarter, and 3 of the people supported shared a life win: $14,000 per person. For July alone nothing is recorded, so there is no value."
dimensions = []
audiences = ["director", "funder", "board"]
synonyms = ["cost", "spend", "budget", "unit cost"]
subject = "spending per person with a life win"
*/
WITH told AS (
  SELECT DISTINCT d.period, e.participant_key
  FROM event AS e
  JOIN period_day AS d ON d.day = e.event_date AND e.last_day <= d.period_end
  WHERE e.class = 'life_win'
),
paid AS (
  -- Each funder's spending must cover every day of the period once, and no other day.
  SELECT
    p.period,
    t.funder_id,
    sum(t.value) AS dollars,
    sum(date_diff('day', t.period_start, t.period_end) + 1) = max(date_diff('day', p.period_start, p.period_end) + 1)
    AND bool_and(t.period_start >= p.period_start AND t.period_end <= p.period_end) AS covers
  FROM target AS t
  JOIN period AS p ON t.period_start <= p.period_end AND t.period_end >= p.period_start
  WHERE t.measure_id = 'spend' AND t.county_fips IS NULL
  GROUP BY p.period, t.funder_id
)
SELECT
  d.period,
  c.participant_key,
  0 AS numerator,
  1 AS denominator
FROM contact_day AS c
JOIN period_day AS d ON d.day = c.contact_date
JOIN told AS t ON t.period = d.period AND t.participant_key = c.participant_key
-- A contact known to the week only counts where the whole week lies inside.
WHERE c.exact_contacts > 0 OR c.contact_date + 6 <= d.period_end
UNION ALL
SELECT
  period,
  NULL AS participant_key,
  sum(dollars) AS numerator,
  0 AS denominator
FROM paid
GROUP BY period
HAVING bool_and(covers)
