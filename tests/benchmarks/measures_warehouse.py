"""Warehouses for the measures benchmark: the sample as it is, or with dates known to the week or month only."""

from __future__ import annotations

from pathlib import Path

import duckdb
from load_sides import product as load

from pipelines.sample import write_sample

# A coarse date is the first day of its span; the shares are about those of hand-kept spreadsheets.
_COARSE = """
CREATE MACRO precision_of(draw) AS
  CASE WHEN draw < 0.08 THEN 'week' WHEN draw < 0.12 THEN 'month' WHEN draw < 0.14 THEN 'quarter' ELSE 'day' END;
CREATE MACRO coarse(day, draw) AS
  CASE WHEN draw < 0.14 THEN strftime(date_trunc(precision_of(draw), CAST(day AS DATE)), '%Y-%m-%d') ELSE day END;
"""
_CHANGES = {
    "session": ("UPDATE session SET date_precision = precision_of(draw), session_date = coarse(session_date, draw)",),
    "milestone": (
        "UPDATE milestone SET date_precision = precision_of(draw), event_date = coarse(event_date, draw) "
        "WHERE event_date IS NOT NULL",
        "UPDATE milestone SET event_date = NULL WHERE reported_date IS NOT NULL AND random() < 0.03",
        "UPDATE milestone SET reported_date = NULL WHERE event_date IS NOT NULL AND random() < 0.1",
    ),
}


def build(store: Path, folder: Path, sessions: int, *, coarse: bool) -> None:
    """Write a sample of so many sessions into `folder` and load it into `store`."""
    exports = folder / "exports"
    write_sample(exports, sessions=sessions, shape="canonical")
    if coarse:
        _make_coarse(exports)
    load(str(exports), str(store))


def _make_coarse(exports: Path) -> None:
    with duckdb.connect() as con:
        con.execute("SET threads = 1; SELECT setseed(0.4)")  # one thread, so that the seed decides every draw
        con.execute(_COARSE)
        for table, changes in _CHANGES.items():
            file = exports / f"synthetic_{table}.csv"
            rows = f"read_csv('{file}', all_varchar = true)"
            con.execute(f"CREATE TABLE {table} AS SELECT *, random() AS draw FROM {rows}")
            for change in changes:
                con.execute(change)
            con.execute(f"COPY (SELECT * EXCLUDE (draw) FROM {table}) TO '{file}' (HEADER)")
