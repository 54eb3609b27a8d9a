/*
id = "Q4"
title = "Rows already known or corrected"
short_title = "Duplicates"
kind = "share_of_rows"
unit = "row"
units = "rows"
numerator = "of these, rows that repeated or corrected a record already known"
denominator = "rows read from files that reach into the period"
direction = "neutral"
interval = "none"
why = "Some repetition is normal, because exports overlap; a sudden rise points to a join gone wrong."
caveats = ["This is about records, not about people.", "Files are placed in the period of the last day they cover."]
example = "A file of 10 rows held 2 known rows and 1 correction. The share is 3 of 10."
dimensions = ["source"]
audiences = ["director"]
synonyms = ["repeats", "corrections"]
clause = "{value} of rows read in {period} were already known"
subject = "duplicate rows"
*/
SELECT
  d.period,
  b.source_system AS source,
  b.rows_duplicate + b.rows_replaced AS numerator,
  b.rows_read AS denominator
FROM load_batch AS b
JOIN period_day AS d ON d.day = b.as_of
