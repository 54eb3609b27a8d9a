/*
id = "E6b"
title = "People connected to other help"
short_title = "People connected"
kind = "share_of_people"
unit = "person"
units = "people"
numerator = "of these, people with at least one first visit or enrollment within {linkage_days} days of an offer"
denominator = "people offered at least one connection in the period, at least {linkage_days} days ago"
direction = "higher"
interval = "wilson"
why = "Counted in people, many offers to one person weigh no more than one."
caveats = [
  "Connected means that a first visit or an enrollment took place.",
  "Declining is a choice; people who declined stay in the denominator.",
]
example = "Two people were offered three connections in July; one of them reached a first visit within 60 days. The share is 1 of 2 people."
dimensions = ["county", "region", "program", "site", "domain", "age_band", "gender", "race_eth", "referral_source"]
audiences = ["director", "funder"]
synonyms = ["linkage", "referral", "warm handoff"]
clause = "{value} of people offered a connection in {period} were connected"
subject = "the share of people connected"
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
