/*
id = "O1"
title = "Nonfatal overdoses known to the program"
short_title = "Nonfatal overdoses"
kind = "events"
unit = "overdose"
units = "overdoses"
numerator = "overdoses dated in the period that the person survived"
direction = "lower"
interval = "none"
why = "Each one is a person to reach."
caveats = [
  "These are overdoses the program knows of; many are never known.",
  "Overdoses whose outcome is not known are counted apart.",
]
example = "Three overdoses were recorded in July: two survived, one with no outcome recorded. The count is 2, and 1 outcome is not known."
dimensions = ["county", "region", "program", "site", "age_band", "gender", "race_eth", "referral_source"]
audiences = ["director", "funder"]
synonyms = ["poisoning"]
clause = "{n} nonfatal overdoses known in {period}"
subject = "nonfatal overdoses"
left_out = [["outcome_unknown", "their outcome is not known"]]
*/
SELECT
  d.period,
  e.participant_key,
  e.county_fips AS county,
  e.program_id AS program,
  e.site_id AS site,
  CASE WHEN e.od_fatal IS NULL THEN 'outcome_unknown' END AS left_out,
  CASE WHEN e.od_fatal = FALSE THEN 1 ELSE 0 END AS numerator,
  0 AS denominator
FROM event AS e
JOIN period_day AS d ON d.day = e.event_date AND e.last_day <= d.period_end
WHERE e.class = 'overdose' AND coalesce(e.od_fatal, FALSE) = FALSE
