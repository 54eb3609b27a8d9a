/*
id = "Q5"
title = "Rows kept out"
short_title = "Rows kept out"
kind = "share_of_rows"
unit = "row"
units = "rows"
numerator = "of these, rows kept out because a required value was missing or impossible"
denominator = "rows read from files that reach into the period"
direction = "lower"
interval = "none"
why = "A row kept out is missing from every number until it is mended at the source."
caveats = ["This is about records, not about people.", "Files are placed in the period of the last day they cover."]
example = "A file of 10 rows held 1 without a date. The share is 1 of 10."
dimensions = ["source"]
audiences = ["director"]
synonyms = ["quarantine", "rejected", "errors"]
clause = "{value} of rows read in {period} were kept out"
subject = "rows kept out"
*/
SELECT
  d.period,
  b.source_system AS source,
  b.rows_quarantined AS numerator,
  b.rows_read AS denominator
FROM load_batch AS b
JOIN period_day AS d ON d.day = b.as_of
