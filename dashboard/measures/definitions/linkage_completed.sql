/*
id = "E6"
title = "Connections to other help that came about"
short_title = "Connections made"
kind = "share_of_rows"
unit = "offer"
units = "offers"
numerator = "of these, offers that reached a first visit or enrollment within {linkage_days} days"
denominator = "connections to other help offered in the period and at least {linkage_days} days ago"
direction = "higher"
interval = "none"
why = "An offer helps once the person has walked through the other door."
caveats = [
  "Connected means that a first visit or an enrollment took place.",
  "Declining is a choice; declined offers stay in the denominator and are shown apart.",
]
example = "Of three offers in July, one was connected on day 60, one on day 61 and one was declined. The share is 1 of 3."
dimensions = ["county", "region", "program", "site", "domain", "outcome", "age_band", "gender", "race_eth", "referral_source"]
audiences = ["director", "funder"]
synonyms = ["linkage", "referral", "warm handoff"]
clause = "{value} of connections offered in {period} came about"
subject = "connections made"
left_out = [["too_recent", "their {linkage_days} days are not over yet"]]
*/
WITH judged AS (
  SELECT
    o.*,
    CASE WHEN o.offered_on + $linkage_days > $as_of THEN 'too_recent' END AS left_out
  FROM linkage_offer AS o
)
SELECT
  d.period,
  o.participant_key,
  o.county_fips AS county,
  o.program_id AS program,
  o.site_id AS site,
  o.domain,
  o.outcome,
  o.left_out,
  CASE WHEN o.left_out IS NULL AND o.connected_on <= o.offered_on + $linkage_days THEN 1 ELSE 0 END AS numerator,
  CASE WHEN o.left_out IS NULL THEN 1 ELSE 0 END AS denominator
FROM judged AS o
JOIN period_day AS d ON d.day = o.offered_on
