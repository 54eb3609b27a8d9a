/*
id = "$1"
title = "Spending per person supported"
short_title = "Spending per person"
kind = "cost"
unit = "person"
units = "people"
numerator = "dollars spent in the period"
denominator = "people with at least one contact in the period"
direction = "neutral"
interval = "none"
why = "Funders ask what support costs; people who plan a program need to know as well."
caveats = [
  "Spending divided by people; not a price.",
  "Only where spending is recorded for exactly this period; nothing is spread over months.",
]
example = "Two funders paid $30,000 and $12,000 in the quarter, and 7 people were supported: $6,000 per person. For July alone nothing is recorded, so there is no value."
dimensions = []
audiences = ["director", "funder", "board"]
synonyms = ["cost", "spend", "budget", "unit cost"]
subject = "spending per person"
*/
WITH paid AS (
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
