"""Within one export: which rows stay out, and which of several rows of one record is kept.

Every source row ends in one fate. A row with a quarantining finding stays out whole, with all records it
would have made; a row whose records are all known is a duplicate; one that only corrects is replaced.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from pipelines.load.same_record import content, count, key_text
from pipelines.load.stage import VOID, Staged
from pipelines.schema import TABLES


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


def take_in_set_aside(con: duckdb.DuckDBPyConnection) -> None:
    """Take into the account the lines that were set aside before any record was made of them."""
    if not count(con, "duckdb_tables() WHERE table_name = 'set_aside'"):
        return
    con.execute("INSERT INTO finding SELECT file_no, source_row, rule, field FROM set_aside")
    con.execute("INSERT INTO quarantined SELECT file_no, source_row FROM set_aside WHERE stays_out")
    con.execute("INSERT INTO emitted_total SELECT file_no, count(*) FROM set_aside WHERE stays_out GROUP BY 1")


def remove_quarantined(con: duckdb.DuckDBPyConnection, tables: Sequence[str]) -> None:
    """Take quarantined source rows out of every table; nothing is half-loaded."""
    if not count(con, "quarantined"):
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
    key = key_text(table)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE repeated AS SELECT rowid AS row_id, {key} AS key,"
        f" hash({content(table, tuple(union))}, flags = {VOID}) AS content,"
        f" row_number() OVER (PARTITION BY {key} ORDER BY updated_on DESC NULLS LAST, file_no DESC, source_row"
        " DESC) AS place"
        f" FROM {table} WHERE hash({key}) IN (SELECT hash({key}) FROM {table} GROUP BY 1 HAVING count(*) > 1)"
    )
    if not count(con, "repeated WHERE place > 1"):
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


def _united(table: str, key: str, column: str, how: str) -> str:
    several = f"CASE WHEN count(DISTINCT {column}) > 1 THEN 'multiple' ELSE min({column}::VARCHAR) END"
    value = {"any": f"bool_or({column})", "known": f"arg_min({column}, r.place)"}.get(how) or (
        f"{several}::{TABLES[table].by_column[column].vocabulary}_t"
    )
    return (
        f"UPDATE {table} SET {column} = u.value FROM (SELECT r.key, {value} AS value FROM {table} t"
        f" JOIN repeated r ON t.rowid = r.row_id GROUP BY r.key) u WHERE {key} = u.key"
    )
