/*
title = "Episodes"
meaning = "One row per gap rule (30, 60, 90 days and the program's own), person and episode: a run of contact days without a longer silence. end_date is empty while the episode is open. exit_basis: silence, closing or death. County, program, site, kind and mode are those of its first contact. supported_since: the day of enrollment of people supported before the data begin."
materialized = false
*/
SELECT
    gap_days, participant_key, episode_no, start_date, last_contact, end_date, exit_reason, exit_basis,
    county_fips, program_id, site_id, kind, mode, supported_since
FROM own_episode
UNION ALL
SELECT
    gap_days, participant_key, episode_no, start_date, last_contact, end_date, exit_reason, exit_basis,
    county_fips, program_id, site_id, kind, mode, supported_since
FROM episode_rule
WHERE NOT is_own
