"""Rows that tell one contact become one row: a split encounter is one session (R17)."""

from __future__ import annotations

import duckdb

from pipelines.load.landed import LandedInput
from pipelines.load.lines import set_aside
from pipelines.load.reading import clock
from pipelines.load.scratch import scratch_table
from pipelines.profile import Group


def unite_rows(con: duckdb.DuckDBPyConnection, landed: LandedInput, group: Group) -> None:
    """Unite rows with the same `by` and no longer gap between; rows without times join the ones before."""
    _number(con, landed, group)
    members = con.execute("SELECT file_no, source_row FROM contact_rows WHERE place > 1 ORDER BY ALL").fetchall()
    set_aside(con, landed, [(int(file), int(row)) for file, row in members], "DQ53", stays_out=False)
    summed = {landed.column((header,)) for header in group.sum}
    end = landed.column((group.end,))
    columns = ", ".join(
        f"{_united(column, is_sum=column in summed, is_end=column == end)} AS {column}"
        for column in (f"r{number}" for number in landed.columns.values())
    )
    view = f"{landed.view}_united"
    first = "arg_min(file_no, place) AS file_no, arg_min(source_row, place) AS source_row"
    con.execute(f"CREATE TEMP TABLE {view} AS SELECT {first}, {columns} FROM contact_rows GROUP BY contact")
    landed.view = view


def _number(con: duckdb.DuckDBPyConnection, landed: LandedInput, group: Group) -> None:
    """Number the contacts, and the rows of each in order of time."""
    start, end = landed.column((group.start,)), landed.column((group.end,))
    sql = f"SELECT {start} FROM {landed.view} UNION SELECT {end} FROM {landed.view}"
    minutes = {str(text): clock(str(text)) for (text,) in con.execute(sql).fetchall() if text is not None}
    scratch_table(con, "clock", {"raw": ("VARCHAR", list(minutes)), "minute": ("INTEGER", list(minutes.values()))})
    by = ", ".join(f"coalesce(trim({landed.column((header,))}), '')" for header in group.by)
    timed = (
        f"SELECT i.*, hash({by}) AS same, s.minute AS starts, e.minute AS ends FROM {landed.view} i"
        f" LEFT JOIN clock s ON s.raw = i.{start} LEFT JOIN clock e ON e.raw = i.{end}"
    )
    line = "PARTITION BY same ORDER BY starts, file_no, source_row"
    before = f"max(ends) OVER ({line} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE contact_rows AS WITH timed AS ({timed}),"
        f" marked AS (SELECT *, starts - {before} > {group.max_gap_minutes} AS is_new FROM timed),"
        f" numbered AS (SELECT *, (same, count(*) FILTER (is_new) OVER ({line})) AS contact FROM marked)"
        " SELECT *, row_number() OVER (PARTITION BY contact ORDER BY starts, file_no, source_row) AS place"
        " FROM numbered"
    )


def _united(column: str, *, is_sum: bool, is_end: bool) -> str:
    if is_end:
        return f"arg_max({column}, coalesce(ends, -1))"
    if not is_sum:
        return f"arg_min({column}, place)"
    number = f"try_cast(replace({column}, ',', '') AS DOUBLE)"
    # A sum of which a part is missing is missing; one row alone stays as it was written.
    return (
        f"CASE WHEN count(*) = 1 THEN any_value({column}) WHEN count({number}) = count(*) THEN"
        f" sum({number})::DECIMAL(12, 2)::VARCHAR END"
    )
