"""The first rows of a load as they would be kept: days, codes and numbers, with a key in place of every ID.

For the person who loads, before publishing; no column of it holds a text of the export.
"""

from __future__ import annotations

import pandas as pd

from dashboard.store import Store

KEY_DIGITS = 6  # of a key: enough to see whether two rows are of one person
_PERSON = f"left(printf('%016x', t.participant_key), {KEY_DIGITS}) AS participant_key"
_COUNTY = "(SELECT c.name FROM county AS c WHERE c.fips = t.county_fips) AS county"


def _day(column: str) -> str:
    """Write a day as pages do: 3 Feb 2026."""
    return f"strftime({column}, '%-d %b %Y') AS {column}"


COLUMNS = {
    "session": f"{_PERSON}, {_day('session_date')}, kind, mode, status, minutes, {_COUNTY}",
    "milestone": f"{_PERSON}, {_day('event_date')}, {_day('reported_date')}, code, certainty, {_COUNTY}",
    "assessment": f"{_PERSON}, {_day('assessed_on')}, instrument, timepoint, status",
}


def first_rows(store: Store, rows: int) -> dict[str, pd.DataFrame]:
    """Return the first `rows` of each table that the newest load filled, by line of its file; all cells are text.

    Columns: `source_file`, `source_row`, and those of COLUMNS; what is not recorded is empty.
    """
    found = {}
    for table, columns in COLUMNS.items():
        frame = store.frame(
            f"SELECT source_file, source_row, {columns} FROM {table} AS t WHERE batch_id = $version"
            " ORDER BY source_file, source_row LIMIT $rows",
            {"version": store.version, "rows": rows},
        )
        if len(frame):
            found[table] = frame.map(lambda cell: "" if pd.isna(cell) else str(cell))
    return found
