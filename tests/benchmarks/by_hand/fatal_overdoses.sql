-- A death known to a coarser span stands on its last day and counts where the whole span lies in the month.
SELECT date_trunc('month', d.death_date) AS period, count(*) AS numerator
FROM death AS d
JOIN event AS e ON e.event_key = d.event_key
WHERE d.death_date BETWEEN $first AND $as_of
  AND e.is_counted_death
  AND e.event_date >= date_trunc('month', d.death_date)
  AND d.is_fatal_overdose
GROUP BY ALL
