"""SQL types and CREATE statements of the declared tables."""

from __future__ import annotations

from pipelines.schema.tables import TABLES, Column, Table
from pipelines.schema.vocabularies import LIFE_WINS, VOCABULARIES


def sql_type(column: Column) -> str:
    """Return the stored type: the ENUM of a closed vocabulary, or the plain type."""
    return f"{column.vocabulary}_t" if column.vocabulary else column.type


def enum_statements() -> list[str]:
    """One CREATE TYPE per vocabulary; facts store small codes, not text (scale.md)."""
    return [f"CREATE TYPE {name}_t AS ENUM {values!r}" for name, values in VOCABULARIES.items()]


def create_table(table: Table, name: str | None = None) -> str:
    """Return the CREATE TABLE of a declared table.

    Keys are not declared PRIMARY KEY: an index over ten million keys is time and memory a load can spare.
    The load removes duplicates by key and `pipelines/checks/unique_keys.sql` proves it.
    """
    lines = [f"{c.name} {sql_type(c)}{' NOT NULL' if c.required else ''}{_range(c)}" for c in table.columns]
    return f"CREATE TABLE {name or table.name} ({', '.join(lines)})"


def schema_statements() -> list[str]:
    """Every statement that makes an empty warehouse, the life-win reference included."""
    wins = ", ".join(f"('{w.code}', '{w.domain}', '{w.label}', '{w.counts}')" for w in LIFE_WINS)
    return [
        *enum_statements(),
        *(create_table(table) for table in TABLES.values()),
        "CREATE TABLE life_win AS SELECT * FROM (VALUES " + wins + ") AS t(code, domain, label, counts)",
    ]


def _range(column: Column) -> str:
    if column.low is None:
        return ""
    return f" CHECK ({column.name} BETWEEN {column.low} AND {column.high})"
