"""When two rows are the same record: SQL of keys and content."""

from __future__ import annotations

import duckdb

from pipelines.schema import TABLES

_NOT_CONTENT = ("source_system", "source_file", "source_row", "batch_id", "updated_on")


def key_text(table: str) -> str:
    """Return SQL of the key as one value."""
    columns = TABLES[table].key
    return columns[0] if len(columns) == 1 else "concat_ws('|', " + ", ".join(columns) + ")"


def equal(table: str) -> str:
    """Return SQL that a row `n` and a row `o` have the same key."""
    return " AND ".join(f"n.{column} = o.{column}" for column in TABLES[table].key)


def content(table: str, without: tuple[str, ...], prefix: str = "") -> str:
    """Return SQL of a hash of everything a row says, where it came from and when it changed left aside.

    Codes and texts as text: the number that stores one differs from version to version.
    """
    columns = [c for c in TABLES[table].columns if c.name not in (*_NOT_CONTENT, *without)]
    plain = (f"{prefix}{c.name}{'::VARCHAR' if c.vocabulary or c.type == 'VARCHAR' else ''}" for c in columns)
    return f"hash({', '.join(plain)})"


def count(con: duckdb.DuckDBPyConnection, what: str) -> int:
    """Count the rows of a table, or of a table and a condition."""
    row = con.execute(f"SELECT count(*) FROM {what}").fetchall()
    return int(row[0][0])
