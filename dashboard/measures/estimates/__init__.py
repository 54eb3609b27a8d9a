"""Estimators: counts in, value and limits out. Plain functions on arrays, without a database.

One file per method, named after it, so that a reader finds the paper; E1 to E8 are the engines of
`statistics.md`. `docs/estimators.md` lists them with their arguments and results. Person-time (E1) has no
file here: days are counted in SQL (`pipelines/models/person_day.sql`).
"""
