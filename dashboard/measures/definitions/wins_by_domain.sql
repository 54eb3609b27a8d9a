/*
id = "L2"
title = "People with a life win, by part of life"
short_title = "People with a win"
kind = "people"
unit = "person"
units = "people"
numerator = "people with at least one life win dated in the period, in each part of life"
direction = "neutral"
interval = "none"
why = "It shows in which parts of life people tell of change."
caveats = [
  "One person can have wins in several parts of life, so the rows can add up to more than the total.",
  "These are wins that people shared with a coach.",
]
example = "A got a job and found a home, B found a home: work 1, home 2, and 2 people in total."
dimensions = ["county", "region", "program", "site", "domain", "win", "age_band", "gender", "race_eth", "referral_source"]
audiences = ["director", "funder", "board"]
synonyms = ["milestones", "achievements"]
clause = "{n} people shared a life win in {period}"
subject = "people with a life win"
*/
SELECT
  d.period,
  e.participant_key,
  e.county_fips AS county,
  e.program_id AS program,
  e.site_id AS site,
  e.domain,
  e.code AS win,
  1 AS numerator,
  0 AS denominator
FROM event AS e
JOIN period_day AS d ON d.day = e.event_date AND e.last_day <= d.period_end
WHERE e.class = 'life_win'
