"""What arrived after a report was handed in: records dated in its period, by the reason they are new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.measures.periods import Period
from dashboard.store import Store

_ARRIVED = """
WITH dated AS (
  SELECT batch_id, source_file, source_row, session_date AS day, entered_on FROM session
  UNION ALL
  SELECT batch_id, source_file, source_row, coalesce(event_date, reported_date), NULL FROM milestone
),
arrived AS (
  SELECT d.*
  FROM dated AS d
  WHERE d.day BETWEEN CAST($first AS DATE) AND CAST($last AS DATE)
    AND d.batch_id NOT IN (SELECT unnest($batches))
),
corrected AS (
  SELECT DISTINCT batch_id, source_file, source_row FROM load_issue WHERE rule_id = 'DQ26'
)
SELECT
  count(*) FILTER (WHERE c.batch_id IS NULL AND (a.entered_on IS NULL OR a.entered_on > CAST($as_of AS DATE))) AS late,
  count(*) FILTER (WHERE c.batch_id IS NULL AND a.entered_on <= CAST($as_of AS DATE)) AS exported_late,
  count(*) FILTER (WHERE c.batch_id IS NOT NULL) AS corrected
FROM arrived AS a
LEFT JOIN corrected AS c
  ON c.batch_id = a.batch_id AND c.source_file = a.source_file AND c.source_row = a.source_row
"""


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Records dated in a period that came with later loads, by the reason they are new."""

    late: int = 0  # typed in after the earlier data ended, or without a day of entry
    exported_late: int = 0  # typed in before, but in no export loaded by then
    corrected: int = 0  # known before, sent again with other content


def arrivals(store: Store, period: Period, known: Sequence[str], as_of: date) -> Arrivals:
    """Count records dated in `period` that came with other loads than `known`, whose data ended on `as_of`.

    A correction is a record the load found under the same key with other content (rule DQ26).
    """
    values = {"first": period.start, "last": period.end, "batches": list(known), "as_of": as_of}
    row = store.frame(_ARRIVED, values).iloc[0]
    return Arrivals(int(row["late"]), int(row["exported_late"]), int(row["corrected"]))


def batches(store: Store) -> tuple[str, ...]:
    """Return the loads the version in use holds."""
    return tuple(sorted(store.frame("SELECT DISTINCT batch_id FROM load_batch")["batch_id"]))
