"""Frames about records, for the Data quality page: what was loaded, what was found, what is missing.

Functions of the store, so that a page never sees a table. No row names a person, and no cell holds a value
from an export.
"""

from __future__ import annotations

import pandas as pd

from dashboard.store import Store
from pipelines.rule_texts import loader_rules

FIELDS = ("county", "site", "coach", "minutes", "mode", "day of entry")


def ledger(store: Store) -> pd.DataFrame:
    """Return one row per file read, newest load first.

    Columns: `loaded_at`, `as_of`, `source_file`, `source_system`, `profile`, `profile_version`, `sha256`,
    `rows_read`, `rows_loaded`, `rows_replaced`, `rows_quarantined`, `rows_duplicate`, `rows_dropped`,
    `records_removed`, `result` (pass, or warn if rows were kept out or a finding of severity warn exists).
    """
    return store.frame(
        """
        WITH warned AS (
          SELECT DISTINCT batch_id, source_file FROM load_issue WHERE severity IN ('warn', 'quarantine')
        )
        SELECT
          b.loaded_at, b.as_of, b.source_file, b.source_system, b.profile, b.profile_version, b.sha256,
          b.rows_read, b.rows_loaded, b.rows_replaced, b.rows_quarantined, b.rows_duplicate,
          b.rows_dropped, b.records_removed,
          CASE WHEN w.batch_id IS NULL AND b.rows_quarantined = 0 THEN 'pass' ELSE 'warn' END AS result
        FROM load_batch AS b
        LEFT JOIN warned AS w ON w.batch_id = b.batch_id AND w.source_file = b.source_file
        ORDER BY b.loaded_at DESC, b.batch_id, b.source_file
        """
    )


def issue_lines(store: Store, rule_id: str) -> pd.DataFrame:
    """Return the findings of one rule by file and line: `source_file`, `source_row`, `field`, `action`."""
    return store.frame(
        """
        SELECT source_file, source_row, field, action
        FROM load_issue
        WHERE rule_id = $rule_id
        ORDER BY source_file, source_row
        """,
        {"rule_id": rule_id},
    )


def completeness(store: Store) -> pd.DataFrame:
    """Return the share of sessions with a value: `month` (first day), `field`, `recorded`, `rows`, `share`.

    One row per month of sessions and field of FIELDS, up to the end of the data.
    """
    return store.frame(
        """
        WITH session_month AS (
          SELECT CAST(date_trunc('month', s.session_date) AS DATE) AS month, s.*
          FROM session AS s
          CROSS JOIN data_window AS w
          WHERE s.session_date <= w.as_of
        ),
        counted AS (
          SELECT
            month,
            count(*) AS n,
            count(county_fips) AS county,
            count(site_id) AS site,
            count(coach_key) AS coach,
            count(minutes) AS minutes,
            count(*) FILTER (WHERE mode <> 'unknown') AS mode,
            count(entered_on) AS entered
          FROM session_month
          GROUP BY month
        ),
        narrow AS (
          SELECT month, n, 1 AS place, 'county' AS field, county AS recorded FROM counted
          UNION ALL SELECT month, n, 2, 'site', site FROM counted
          UNION ALL SELECT month, n, 3, 'coach', coach FROM counted
          UNION ALL SELECT month, n, 4, 'minutes', minutes FROM counted
          UNION ALL SELECT month, n, 5, 'mode', mode FROM counted
          UNION ALL SELECT month, n, 6, 'day of entry', entered FROM counted
        )
        SELECT month, field, recorded, n AS rows, CAST(recorded AS DOUBLE) / n AS share
        FROM narrow
        ORDER BY month, place
        """
    )


def lag_by_month(store: Store) -> pd.DataFrame:
    """Return days from session to entry: `month` (first day), `rows`, `lower`, `median`, `upper` quartile."""
    return store.frame(
        """
        WITH dated AS (
          SELECT
            CAST(date_trunc('month', s.session_date) AS DATE) AS month,
            date_diff('day', s.session_date, s.entered_on) AS days
          FROM session AS s
          CROSS JOIN data_window AS w
          WHERE s.entered_on IS NOT NULL AND s.date_precision = 'day' AND s.session_date <= w.as_of
        )
        SELECT
          month,
          count(*) AS rows,
          quantile_cont(days, 0.25) AS lower,
          quantile_cont(days, 0.5) AS median,
          quantile_cont(days, 0.75) AS upper
        FROM dated
        GROUP BY month
        ORDER BY month
        """
    )


def issues(store: Store) -> pd.DataFrame:
    """Return one row per rule that found something or was checked, the gravest first.

    Columns: `rule_id`, `title`, `severity`, `advice`, `rows_checked` (NaN where not counted), `rows_found`,
    `share` (NaN where not counted), `files`. Rules judged while reading files have no number of rows checked.
    """
    checked = _CHECKED if _has_check_result(store) else _NOT_CHECKED
    return _titled(store.frame(f"WITH checked AS ({checked}), {_BY_RULE}"))


def _titled(frame: pd.DataFrame) -> pd.DataFrame:
    """Give findings of earlier loads, which no result names, the words of their rule."""
    rules = loader_rules()
    for name in ("title", "advice"):
        known = {rule: getattr(words, name) for rule, words in rules.items()}
        frame[name] = frame[name].where(frame[name] != "", frame["rule_id"].map(known).fillna(""))
    return frame


def _has_check_result(store: Store) -> bool:
    """Say whether the rules about the warehouse as a whole were run when this version was built."""
    found = store.frame("SELECT count(*) AS n FROM duckdb_tables() WHERE table_name = 'check_result'")
    return bool(found["n"].item())


_CHECKED = "SELECT rule_id, title, severity, advice, rows_checked, rows_found FROM check_result"
_NOT_CHECKED = (
    "SELECT '' AS rule_id, '' AS title, '' AS severity, '' AS advice, 0 AS rows_checked, 0 AS rows_found WHERE FALSE"
)
_BY_RULE = """
found AS (
  SELECT rule_id, max(severity) AS severity, count(*) AS n, count(DISTINCT source_file) AS files
  FROM load_issue
  GROUP BY rule_id
)
SELECT
  coalesce(c.rule_id, f.rule_id) AS rule_id,
  coalesce(c.title, '') AS title,
  coalesce(c.severity, f.severity) AS severity,
  coalesce(c.advice, '') AS advice,
  CAST(c.rows_checked AS DOUBLE) AS rows_checked,
  CAST(coalesce(c.rows_found, f.n, 0) AS DOUBLE) AS rows_found,
  CASE WHEN c.rows_checked > 0 THEN CAST(c.rows_found AS DOUBLE) / c.rows_checked END AS share,
  coalesce(f.files, 0) AS files
FROM checked AS c
FULL JOIN found AS f ON f.rule_id = c.rule_id
ORDER BY
  CASE coalesce(c.severity, f.severity) WHEN 'stop' THEN 1 WHEN 'quarantine' THEN 2 WHEN 'warn' THEN 3 ELSE 4 END,
  rows_found DESC,
  rule_id
"""
