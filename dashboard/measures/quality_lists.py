"""More frames about records: findings load by load, what was not mapped, what cannot be, follow-ups by month.

As in `quality`, no row names a person and no cell holds a value from an export.
"""

from __future__ import annotations

import pandas as pd

from dashboard.measures import quality
from dashboard.store import Store
from pipelines.fix_list import KEPT_OUT, Fix, fixes
from pipelines.program import relaxed_in
from pipelines.rule_texts import loader_rules

# Rows that repeat, contradict each other, or tell what cannot have been.
IMPOSSIBLE = ("DQ15", "DQ22", "DQ26", "DQ27", "DQ28", "DQ29", "DQ30", "DQ31", "DQ33", "DQ34", "DQ38", "DQ44", "DQ55")
UNMAPPED = ("DQ16", "DQ19", "DQ20", "DQ40", "DQ56")


def issues_by_load(store: Store, loads: int) -> pd.DataFrame:
    """Return lines listed by rule in each of the last `loads` loads, oldest first.

    Columns: `rule_id`, `loaded_at`, `rows`; rules that found nothing in any of these loads are left out. The rules
    about the warehouse as a whole list 1,000 lines of a load at most.
    """
    return store.frame(
        """
        WITH load AS (
          SELECT batch_id, max(loaded_at) AS loaded_at
          FROM load_batch
          GROUP BY batch_id
          ORDER BY loaded_at DESC
          LIMIT $loads
        ),
        found AS (
          SELECT batch_id, rule_id, count(DISTINCT (source_file, coalesce(source_row, -1), coalesce(field, ''))) AS n
          FROM load_issue
          GROUP BY batch_id, rule_id
        )
        SELECT r.rule_id, l.loaded_at, coalesce(f.n, 0) AS rows
        FROM load AS l
        CROSS JOIN (SELECT DISTINCT rule_id FROM found JOIN load USING (batch_id)) AS r
        LEFT JOIN found AS f ON f.batch_id = l.batch_id AND f.rule_id = r.rule_id
        ORDER BY r.rule_id, l.loaded_at
        """,
        {"loads": loads},
    )


def unmapped(store: Store) -> pd.DataFrame:
    """Return rows with a value no profile knows: `field`, `source_file`, `action`, `rows`; most rows first."""
    return store.frame(
        """
        SELECT field, source_file, action, count(DISTINCT source_row) AS rows
        FROM load_issue
        WHERE rule_id IN (SELECT unnest($rules)) AND source_row IS NOT NULL AND field IS NOT NULL
        GROUP BY field, source_file, action
        ORDER BY rows DESC, field, source_file
        """,
        {"rules": list(UNMAPPED)},
    )


def impossible(store: Store) -> pd.DataFrame:
    """Return lines that repeat or contradict others: `rule_id`, `source_file`, `rows`; most rows first."""
    return store.frame(
        """
        SELECT rule_id, source_file, count(DISTINCT source_row) AS rows
        FROM load_issue
        WHERE rule_id IN (SELECT unnest($rules)) AND source_row IS NOT NULL
        GROUP BY rule_id, source_file
        ORDER BY rows DESC, rule_id, source_file
        """,
        {"rules": list(IMPOSSIBLE)},
    )


def relaxed(store: Store) -> pd.DataFrame:
    """Return the rules the program file relaxes: `rule_id`, `stands_in`, `title`, `reason`, `rows` kept by it."""
    rules, found = loader_rules(), quality.issues(store).set_index("rule_id")["rows_found"]
    rows = [
        (row.rule, rules[row.rule].relaxed, rules[row.rule].title, row.reason) for row in relaxed_in(store.settings)
    ]
    frame = pd.DataFrame(rows, columns=["rule_id", "stands_in", "title", "reason"])
    return frame.assign(rows=[int(found.get(rule, 0)) for rule in frame["stands_in"]])


def kept_out(store: Store) -> tuple[Fix, ...]:
    """Return the rows to mend of the version in use, by file and line, without any value of theirs."""
    return fixes(store.frame(KEPT_OUT).itertuples(index=False, name=None))


def follow_ups(store: Store, before: int, after: int) -> pd.DataFrame:
    """Return follow-ups by month of their last due day, `before` months up to the end of the data and `after` beyond.

    Columns: `month` (first day), `due`, `on_time`, `off_time`, `declined`, `missed`, `not_done`, `open` (their last
    due day has not come); without people who died before it was due.
    """
    return store.frame(
        """
        WITH judged AS (
          SELECT
            CAST(date_trunc('month', f.due_to) AS DATE) AS month,
            CASE WHEN f.outcome = 'not_done' AND f.due_to > w.as_of THEN 'open' ELSE f.outcome END AS outcome,
            date_diff('month', w.as_of, f.due_to) AS ahead
          FROM follow_up AS f
          CROSS JOIN data_window AS w
          LEFT JOIN death AS x ON x.participant_key = f.participant_key
          WHERE x.death_date IS NULL OR x.death_date >= f.due_from
        )
        SELECT
          month,
          count(*) AS due,
          count(*) FILTER (WHERE outcome = 'on_time') AS on_time,
          count(*) FILTER (WHERE outcome = 'off_time') AS off_time,
          count(*) FILTER (WHERE outcome = 'declined') AS declined,
          count(*) FILTER (WHERE outcome = 'missed') AS missed,
          count(*) FILTER (WHERE outcome = 'not_done') AS not_done,
          count(*) FILTER (WHERE outcome = 'open') AS open
        FROM judged
        WHERE ahead BETWEEN -$before AND $after
        GROUP BY month
        ORDER BY month
        """,
        {"before": before, "after": after},
    )
