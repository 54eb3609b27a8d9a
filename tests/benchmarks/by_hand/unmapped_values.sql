WITH checked AS (
  SELECT batch_id, source_file, 2 * count(*) AS amount FROM session GROUP BY ALL
  UNION ALL
  SELECT batch_id, source_file, count(*) AS amount FROM milestone WHERE class = 'life_win' GROUP BY ALL
),
unmapped AS (
  SELECT batch_id, source_file, count(*) AS amount FROM load_issue WHERE rule_id IN ('DQ19', 'DQ20') GROUP BY ALL
),
of_file AS (
  SELECT batch_id, source_file, sum(amount) AS amount FROM checked GROUP BY ALL
)
SELECT
  date_trunc('month', b.as_of) AS period,
  coalesce(sum(u.amount), 0) AS numerator,
  coalesce(sum(c.amount), 0) AS denominator
FROM load_batch AS b
LEFT JOIN of_file AS c ON c.batch_id = b.batch_id AND c.source_file = b.source_file
LEFT JOIN unmapped AS u ON u.batch_id = b.batch_id AND u.source_file = b.source_file
WHERE b.as_of BETWEEN $first AND $as_of
GROUP BY ALL
