/*
id = "A2"
title = "Change between two assessments of the same people"
short_title = "Change of the same people"
kind = "matched_change"
unit = "pair"
units = "pairs"
numerator = "of these, pairs in which the answer improved"
denominator = "pairs of answers, at baseline and at the follow-up due in the period, that differ"
direction = "higher"
interval = "clopper_pearson"
why = "Change can only be seen in people who were asked twice."
caveats = [
  "People reached at both times. The last columns show where the people not reached started.",
  "Follow-up is too selective to judge what a program does.",
  "Pairs without a change are counted beside it.",
]
example = "Of six people with a score at baseline, four were asked again: two improved, one stayed the same and one got worse. 67 % of the pairs that changed improved, limits 9 to 99 %. The four began at a median of 40, the two not reached at 31."
dimensions = ["instrument", "timepoint", "item", "county", "region", "program", "site", "age_band", "gender", "race_eth", "referral_source"]
audiences = ["director", "funder"]
synonyms = ["outcomes", "pre-post", "BARC-10", "GPRA", "SUPRT", "NOMs"]
subject = "change between assessments"
left_out = [["died", "they died before the follow-up was due"], ["too_recent", "the follow-up is still due"]]
*/
WITH answer AS (
  SELECT
    a.*,
    i.better,
    CASE
      WHEN i.positive_from IS NULL THEN NULL
      WHEN i.better = 'higher' AND a.value >= i.positive_from THEN 1
      WHEN i.better = 'lower' AND a.value <= i.positive_from THEN 1
      ELSE 0
    END AS is_positive
  FROM assessment AS a
  JOIN instrument_item AS i ON i.instrument = a.instrument AND i.item = a.item
  WHERE a.status = 'conducted' AND a.value BETWEEN i.low AND i.high
),
asked AS (
  SELECT
    f.*,
    b.item,
    b.value AS value_before,
    n.value AS value_after,
    b.is_positive AS positive_before,
    n.is_positive AS positive_after,
    CASE b.better WHEN 'higher' THEN n.value - b.value ELSE b.value - n.value END AS gain,
    CASE
      WHEN f.due_to > $as_of THEN 'too_recent'
      WHEN n.value IS NULL AND x.death_date < f.due_from THEN 'died'
    END AS left_out
  FROM follow_up AS f
  JOIN answer AS b
    ON b.participant_key = f.participant_key
    AND b.instrument = f.instrument
    AND b.episode_no = f.episode_no
    AND b.timepoint = 'baseline'
  LEFT JOIN answer AS n
    ON n.participant_key = f.participant_key
    AND n.instrument = f.instrument
    AND n.episode_no = f.episode_no
    AND n.timepoint = f.timepoint
    AND n.item = b.item
  LEFT JOIN death AS x ON x.participant_key = f.participant_key
)
-- A person not reached keeps a row without a value after.
SELECT
  d.period,
  a.participant_key,
  a.instrument,
  a.timepoint,
  a.item,
  a.county_fips AS county,
  a.program_id AS program,
  a.site_id AS site,
  a.left_out,
  a.value_before,
  a.value_after,
  a.positive_before,
  a.positive_after,
  CASE WHEN a.gain > 0 THEN 1 ELSE 0 END AS numerator,
  CASE WHEN a.gain <> 0 THEN 1 ELSE 0 END AS denominator
FROM asked AS a
JOIN period_day AS d ON d.day = a.due_to
