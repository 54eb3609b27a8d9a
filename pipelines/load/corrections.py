"""Against what an earlier version held: corrections, removals, and records marked void."""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import date

import duckdb

from pipelines.load.same_record import content, count, equal
from pipelines.load.stage import VOID
from pipelines.schema import TABLES

PARTS = {"session": ("session_topic", "linkage")}  # narrow tables, keyed by the session they belong to


def merge_previous(con: duckdb.DuckDBPyConnection, table: str, as_of: str) -> None:
    """Settle each new record against the attached `previous` version, newest export wins.

    Equal content keeps the old row, so that loading twice changes nothing (a later `updated_on` alone is taken
    over, but counts as a duplicate); an older correction gives way.
    """
    settled = "WHERE (same AND NOT newer) OR older IS TRUE"
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE met AS SELECT n.rowid AS row_id, n.{TABLES[table].key[0]} AS key,"
        " n.file_no, n.source_row,"
        f" {content(table, (), 'n.')} = {content(table, (), 'o.')} AND n.flags <> {VOID} AS same,"
        f" n.updated_on IS NOT NULL AND coalesce(n.updated_on > o.updated_on, true) AS newer,"
        f" (coalesce(n.updated_on, o.updated_on), DATE '{as_of}')"
        f" < (coalesce(o.updated_on, n.updated_on), b.as_of) AS older"
        f" FROM {table} n JOIN previous.{table} o ON {equal(table)}"
        f" JOIN (SELECT batch_id, max(as_of) AS as_of FROM previous.load_batch GROUP BY 1) b ON b.batch_id = o.batch_id"
    )
    _note_changed_parts(con, table)
    con.execute(
        "INSERT INTO exception SELECT file_no, source_row, CASE WHEN same OR older IS TRUE THEN 'duplicate'"
        " ELSE 'replaced' END FROM met"
    )
    con.execute(f"INSERT INTO finding SELECT file_no, source_row, 'DQ26', '{table}' FROM met WHERE NOT same")
    con.execute(f"DELETE FROM {table} WHERE rowid IN (SELECT row_id FROM met {settled})")
    for parts in PARTS.get(table, ()):
        con.execute(f"DELETE FROM {parts} WHERE session_key IN (SELECT key FROM met {settled})")


def _note_changed_parts(con: duckdb.DuckDBPyConnection, table: str) -> None:
    """A session whose topics or linkages alone were corrected is not the same record."""
    for parts in PARTS.get(table, ()):
        names = ", ".join(c.name for c in TABLES[parts].columns if c.name != "session_key")
        both = " FULL JOIN ".join(
            f"(SELECT session_key, bit_xor(hash({names})) AS parts FROM {source} GROUP BY 1) {side}"
            for source, side in ((parts, "n"), (f"previous.{parts}", "o"))
        )
        con.execute(
            f"UPDATE met SET same = false FROM (SELECT coalesce(n.session_key, o.session_key) AS key FROM {both}"
            " ON n.session_key = o.session_key WHERE n.parts IS DISTINCT FROM o.parts) changed WHERE met.key ="
            " changed.key"
        )


def keep_previous(con: duckdb.DuckDBPyConnection, table: str) -> None:
    """Copy the rows of the previous version whose key did not come again with other content."""
    columns = ", ".join(column.name for column in TABLES[table].columns)
    con.execute(
        f"INSERT INTO {table} ({columns}) SELECT {columns} FROM previous.{table} o"
        f" WHERE NOT EXISTS (SELECT 1 FROM {table} n WHERE {equal(table)})"
    )


def newer_is_loaded(
    con: duckdb.DuckDBPyConnection, system: str, source: str, tables: Set[str], as_of: date
) -> bool:  # fmt: skip
    """Tell whether a later export of the same input of a system is in the ledger.

    Sessions through September say nothing about milestones through August, so each input is judged by itself; one
    the ledger does not know (renamed in the profile) by the tables it fills.
    """
    ledger = con.execute(
        "SELECT input, tables, max(as_of) FROM load_batch WHERE source_system = $system GROUP BY ALL",
        {"system": system},
    ).fetchall()
    is_known = any(name == source for name, _, _ in ledger)
    return any(
        latest > as_of and (name == source if is_known else filled is None or tables & set(filled.split(", ")))
        for name, filled, latest in ledger
    )


def give_way(con: duckdb.DuckDBPyConnection, table: str, pieces: Sequence[int]) -> None:
    """An older full export brings nothing: each record of these pieces gives way to the later export."""
    mine = f"FROM {table} WHERE file_no IN (SELECT unnest($pieces))"
    con.execute(f"INSERT INTO exception SELECT file_no, source_row, 'duplicate' {mine}", {"pieces": pieces})
    con.execute(f"DELETE {mine}", {"pieces": pieces})


def remember_sent(con: duckdb.DuckDBPyConnection, table: str) -> None:
    """Remember the keys an export sent, before rows that stay out or are known are taken away.

    A record whose row is now quarantined has not gone: what was loaded of it before stays, and DQ51 says so.
    """
    con.execute(f"CREATE OR REPLACE TEMP TABLE sent_{table} AS SELECT {', '.join(TABLES[table].key)} FROM {table}")
    if count(con, "quarantined"):
        con.execute(
            f"INSERT INTO finding SELECT DISTINCT n.file_no, n.source_row, 'DQ51', '{table}' FROM {table} n"
            " SEMI JOIN quarantined q ON q.file_no = n.file_no AND q.source_row = n.source_row"
            f" SEMI JOIN previous.{table} o ON {equal(table)}"
        )


def removable(
    con: duckdb.DuckDBPyConnection, table: str, system: str, inputs: Sequence[str] | None
) -> tuple[int, int]:  # fmt: skip
    """Mark the records of a full export that have gone from it; return (gone, held before) (R5).

    `inputs`: only records these inputs of the profile brought, where others that fill the table were not exported.
    """
    held = f"FROM previous.{table} o WHERE o.source_system = $system" + (_FROM_INPUTS if inputs is not None else "")
    values = {"system": system} | ({"inputs": inputs} if inputs is not None else {})
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE gone_{table} AS SELECT {', '.join(f'o.{k}' for k in TABLES[table].key)} {held}"
        f" AND NOT EXISTS (SELECT 1 FROM sent_{table} n WHERE {equal(table)})",
        values,
    )
    ((before,),) = con.execute(f"SELECT count(*) {held}", values).fetchall()
    return count(con, f"gone_{table}"), int(before)


# A sheet is written as "file[sheet]".
_FROM_INPUTS = (
    " AND EXISTS (SELECT 1 FROM load_batch b WHERE b.batch_id = o.batch_id AND b.input IN (SELECT unnest($inputs))"
    " AND (b.source_file = o.source_file OR starts_with(o.source_file, b.source_file || '[')))"
)


def remove_gone(con: duckdb.DuckDBPyConnection, table: str) -> None:
    """Delete the records marked by `removable`."""
    con.execute(f"DELETE FROM {table} n WHERE EXISTS (SELECT 1 FROM gone_{table} o WHERE {equal(table)})")


def set_aside_lone_voids(con: duckdb.DuckDBPyConnection, table: str, *, has_previous: bool) -> None:
    """Quarantine the rows marked void whose record is neither in this export nor in the previous version (DQ17)."""
    places = [f"{table} o WHERE o.flags <> {VOID} AND", *([f"previous.{table} o WHERE"] if has_previous else [])]
    unmatched = " AND ".join(f"NOT EXISTS (SELECT 1 FROM {place} {equal(table)})" for place in places)
    rows = f"SELECT DISTINCT n.file_no, n.source_row{{}} FROM {table} n WHERE n.flags = {VOID} AND {unmatched}"
    con.execute(f"INSERT INTO finding {rows.format(f', {chr(39)}DQ17{chr(39)}, {chr(39)}{table}{chr(39)}')}")
    con.execute(f"INSERT INTO quarantined {rows.format('')}")


def cancel_voids(con: duckdb.DuckDBPyConnection, table: str, *, has_previous: bool) -> int:
    """Remove the records whose latest row is marked void; return how many of them the previous version held (R5)."""
    voids = f"FROM {table} n WHERE n.flags = {VOID}"
    held = f"EXISTS (SELECT 1 FROM previous.{table} o WHERE {equal(table)})" if has_previous else "false"
    con.execute(f"INSERT INTO exception SELECT file_no, source_row, 'replaced' {voids} AND NOT {held}")
    ((removed,),) = con.execute(f"SELECT count(*) {voids} AND {held}").fetchall()
    for parts in PARTS.get(table, ()):
        con.execute(f"DELETE FROM {parts} WHERE session_key IN (SELECT session_key {voids})")
    con.execute(f"DELETE {voids}")
    return int(removed)
