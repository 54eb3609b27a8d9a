"""From staged rows to facts: quarantine, duplicates, corrections, and what an earlier version held.

Every source row ends in one fate. A row with a quarantining finding stays out whole, with all records it
would have made; a row whose records are all known is a duplicate; one that only corrects is replaced.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from pipelines.load.stage import Staged
from pipelines.schema import TABLES

_PARTS = {"session": ("session_topic", "linkage")}  # narrow tables, keyed by the session they belong to
_NOT_CONTENT = ("source_system", "source_file", "source_row", "batch_id", "updated_on")


def prepare(con: duckdb.DuckDBPyConnection) -> None:
    """Create the tables that collect fates and findings."""
    con.execute("CREATE TEMP TABLE quarantined (file_no INTEGER, source_row INTEGER)")
    con.execute("CREATE TEMP TABLE exception (file_no INTEGER, source_row INTEGER, fate VARCHAR)")
    con.execute("CREATE TEMP TABLE finding (file_no INTEGER, source_row INTEGER, rule VARCHAR, field VARCHAR)")


def judge(con: duckdb.DuckDBPyConnection, staged: Sequence[Staged]) -> None:
    """Write one finding per set bit, and set aside the rows that must stay out."""
    for item in staged:
        table, bits = item.emit.table, item.bits
        for (rule, field), number in bits.of.items():
            con.execute(
                f"INSERT INTO finding SELECT DISTINCT file_no, source_row, $rule, $field FROM {table}"
                f" WHERE emit_no = {item.number} AND flags & {1 << number} <> 0",
                {"rule": rule, "field": f"{table}.{field}"},
            )
        if bits.quarantine():
            con.execute(
                f"INSERT INTO quarantined SELECT DISTINCT file_no, source_row FROM {table}"
                f" WHERE emit_no = {item.number} AND flags & {bits.quarantine()} <> 0"
            )


def remove_quarantined(con: duckdb.DuckDBPyConnection, tables: Sequence[str]) -> None:
    """Take quarantined source rows out of every table; nothing is half-loaded."""
    if not _count(con, "quarantined"):
        return
    for table in tables:
        con.execute(
            f"DELETE FROM {table} s USING (SELECT DISTINCT * FROM quarantined) q"
            " WHERE s.file_no = q.file_no AND s.source_row = q.source_row"
        )


def collapse(con: duckdb.DuckDBPyConnection, table: str, union: dict[str, str]) -> None:
    """Keep one row per key: the latest by `updated_on`, then by place in the files (R4).

    Where one fact is spread over several lines (a join in the export), `union` says how a column is united,
    and only other differences count as corrections.
    """
    key = _key(table)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE repeated AS SELECT rowid AS row_id, {key} AS key,"
        f" {_content(table, tuple(union))} AS content,"
        f" row_number() OVER (PARTITION BY {key} ORDER BY updated_on DESC NULLS LAST, file_no DESC, source_row"
        " DESC) AS place"
        f" FROM {table} WHERE hash({key}) IN (SELECT hash({key}) FROM {table} GROUP BY 1 HAVING count(*) > 1)"
    )
    if not _count(con, "repeated WHERE place > 1"):
        return
    for column, how in union.items():
        con.execute(_united(table, key, column, how))
    con.execute(
        f"INSERT INTO exception SELECT t.file_no, t.source_row, 'duplicate' FROM {table} t"
        " SEMI JOIN (SELECT row_id FROM repeated WHERE place > 1) r ON t.rowid = r.row_id"
    )
    con.execute(
        "INSERT INTO finding SELECT t.file_no, t.source_row, CASE WHEN r.content = k.content THEN 'DQ27' ELSE"
        f" 'DQ26' END, '{table}'"
        f" FROM {table} t JOIN repeated r ON t.rowid = r.row_id JOIN repeated k ON k.key = r.key AND k.place ="
        " 1 WHERE r.place > 1"
    )
    con.execute(f"DELETE FROM {table} WHERE rowid IN (SELECT row_id FROM repeated WHERE place > 1)")


def _note_changed_parts(con: duckdb.DuckDBPyConnection, table: str) -> None:
    """A session whose topics or linkages alone were corrected is not the same record."""
    for parts in _PARTS.get(table, ()):
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


def merge_previous(con: duckdb.DuckDBPyConnection, table: str, as_of: str) -> None:
    """Settle each new record against the attached `previous` version, newest export wins.

    Equal content keeps the old row, so that loading twice changes nothing (a later `updated_on` alone is taken
    over, but counts as a duplicate); an older correction gives way.
    """
    settled = "WHERE (same AND NOT newer) OR older IS TRUE"
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE met AS SELECT n.rowid AS row_id, n.{TABLES[table].key[0]} AS key,"
        " n.file_no, n.source_row,"
        f" {_content(table, (), 'n.')} = {_content(table, (), 'o.')} AS same,"
        f" n.updated_on IS NOT NULL AND coalesce(n.updated_on > o.updated_on, true) AS newer,"
        f" (coalesce(n.updated_on, o.updated_on), DATE '{as_of}')"
        f" < (coalesce(o.updated_on, n.updated_on), b.as_of) AS older"
        f" FROM {table} n JOIN previous.{table} o ON {_equal(table)}"
        f" JOIN (SELECT batch_id, max(as_of) AS as_of FROM previous.load_batch GROUP BY 1) b ON b.batch_id = o.batch_id"
    )
    _note_changed_parts(con, table)
    con.execute(
        "INSERT INTO exception SELECT file_no, source_row, CASE WHEN same OR older IS TRUE THEN 'duplicate'"
        " ELSE 'replaced' END FROM met"
    )
    con.execute(f"INSERT INTO finding SELECT file_no, source_row, 'DQ26', '{table}' FROM met WHERE NOT same")
    con.execute(f"DELETE FROM {table} WHERE rowid IN (SELECT row_id FROM met {settled})")
    for parts in _PARTS.get(table, ()):
        con.execute(f"DELETE FROM {parts} WHERE session_key IN (SELECT key FROM met {settled})")


def keep_previous(con: duckdb.DuckDBPyConnection, table: str) -> None:
    """Copy the rows of the previous version whose key did not come again with other content."""
    columns = ", ".join(column.name for column in TABLES[table].columns)
    con.execute(
        f"INSERT INTO {table} ({columns}) SELECT {columns} FROM previous.{table} o"
        f" WHERE NOT EXISTS (SELECT 1 FROM {table} n WHERE {_equal(table)})"
    )


def newer_is_loaded(con: duckdb.DuckDBPyConnection, source_system: str, as_of: str) -> bool:
    """Tell whether a later full export of the same system is already in the previous version."""
    row = con.execute(
        "SELECT max(as_of) > $as_of::DATE FROM previous.load_batch WHERE source_system = $system",
        {"as_of": as_of, "system": source_system},
    ).fetchone()
    return bool(row and row[0])


def give_way(con: duckdb.DuckDBPyConnection, table: str) -> None:
    """An older full export brings nothing: each of its records gives way to the later one."""
    con.execute(f"INSERT INTO exception SELECT file_no, source_row, 'duplicate' FROM {table}")
    for name in (table, *_PARTS.get(table, ())):
        con.execute(f"DELETE FROM {name}")


def removable(con: duckdb.DuckDBPyConnection, table: str, source_system: str) -> tuple[int, int]:
    """Mark the records of a full export that have gone from it; return (gone, held before) (R5)."""
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE gone_{table} AS SELECT {', '.join(f'o.{k}' for k in TABLES[table].key)}"
        f" FROM previous.{table} o"
        f" WHERE o.source_system = $system AND NOT EXISTS (SELECT 1 FROM sent_{table} n WHERE {_equal(table)})",
        {"system": source_system},
    )
    held = f"SELECT count(*) FROM previous.{table} WHERE source_system = $s"
    ((before,),) = con.execute(held, {"s": source_system}).fetchall()
    return _count(con, f"gone_{table}"), int(before)


def remember_sent(con: duckdb.DuckDBPyConnection, table: str) -> None:
    """Remember the keys an export sent before known rows are taken out again."""
    con.execute(f"CREATE OR REPLACE TEMP TABLE sent_{table} AS SELECT {', '.join(TABLES[table].key)} FROM {table}")


def remove_gone(con: duckdb.DuckDBPyConnection, table: str) -> None:
    """Delete the records marked by `removable`."""
    con.execute(f"DELETE FROM {table} n WHERE EXISTS (SELECT 1 FROM gone_{table} o WHERE {_equal(table)})")


def _united(table: str, key: str, column: str, how: str) -> str:
    value = (
        f"bool_or({column})"
        if how == "any"
        else f"CASE WHEN count(DISTINCT {column}) > 1 THEN 'multiple' ELSE min({column}::VARCHAR) END"
    )
    cast = "BOOLEAN" if how == "any" else f"{TABLES[table].by_column[column].vocabulary}_t"
    return (
        f"UPDATE {table} SET {column} = u.value::{cast} FROM (SELECT r.key, {value} AS value FROM {table} t"
        f" JOIN repeated r ON t.rowid = r.row_id GROUP BY r.key) u WHERE {table}.{key} = u.key"
    )


def _key(table: str) -> str:
    columns = TABLES[table].key
    return columns[0] if len(columns) == 1 else "concat_ws('|', " + ", ".join(columns) + ")"


def _equal(table: str) -> str:
    return " AND ".join(f"n.{column} = o.{column}" for column in TABLES[table].key)


def _content(table: str, without: tuple[str, ...], prefix: str = "") -> str:
    names = [c.name for c in TABLES[table].columns if c.name not in (*_NOT_CONTENT, *without)]
    return f"hash({', '.join(prefix + name for name in names)})"


def _count(con: duckdb.DuckDBPyConnection, what: str) -> int:
    row = con.execute(f"SELECT count(*) FROM {what}").fetchall()
    return int(row[0][0])
