/*
id = "Q3"
title = "Values set to other or unknown"
short_title = "Unmapped values"
kind = "share_of_rows"
unit = "value"
units = "values"
numerator = "of these, values no source profile knows, set to other or unknown"
denominator = "coded values checked in the files that reach into the period: kind and way of contact, and labels of life wins"
direction = "lower"
interval = "none"
why = "A value nobody mapped is counted, but not under its own name."
caveats = ["This is about records, not about people.", "Files are placed in the period of the last day they cover."]
example = "A file that covers records through September holds two sessions and one life win: 5 values checked, of which 1 was unmapped."
dimensions = ["source"]
audiences = ["director"]
synonyms = ["mapping", "vocabulary"]
clause = "{value} of values checked in {period} were not mapped"
subject = "unmapped values"
*/
WITH checked AS (
  SELECT s.batch_id, s.source_file, 2 AS amount
  FROM session AS s
  UNION ALL
  SELECT m.batch_id, m.source_file, 1 AS amount
  FROM milestone AS m
  WHERE m.class = 'life_win'
),
per_file AS (
  SELECT batch_id, source_file, 0 AS numerator, sum(amount) AS denominator FROM checked GROUP BY batch_id, source_file
  UNION ALL
  SELECT batch_id, source_file, count(*) AS numerator, 0 AS denominator
  FROM load_issue
  -- Only the fields that are counted as checked.
  WHERE rule_id = 'DQ20' OR (rule_id = 'DQ19' AND field IN ('session.kind', 'session.mode'))
  GROUP BY batch_id, source_file
)
SELECT
  d.period,
  b.source_system AS source,
  f.numerator,
  f.denominator
FROM per_file AS f
JOIN load_batch AS b ON b.batch_id = f.batch_id AND b.source_file = f.source_file
JOIN period_day AS d ON d.day = b.as_of
