/*
title = "Episodes under the program's own gap rule"
meaning = "The rows of episode under the program's own gap rule, kept because nearly every question needs them."
*/
SELECT * EXCLUDE (is_own)
FROM episode_rule
WHERE is_own
