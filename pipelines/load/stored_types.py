"""How texts are stored: as an ENUM of those present, where they are few.

Programs, sites, counties, files and the like repeat in every row. As small numbers they are written, sorted and
grouped in two thirds of the time of text (tests/benchmarks/README.md). Values are in the order of the text, so
that sorting gives the same result.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import duckdb

from pipelines.load.scratch import scratch_table
from pipelines.load.stage import FACT_TABLES
from pipelines.schema import TABLES

MOST_VALUES = 1 << 16  # two bytes; a column with more is no list


def create_stored_types(
    con: duckdb.DuckDBPyConnection, texts: Mapping[str, Collection[str]], *, has_previous: bool
) -> dict[str, str]:  # fmt: skip
    """Create a type per text column of the facts, from new texts and the previous version's; return their names."""
    columns = {
        c.name: [t for t in FACT_TABLES if c.name in TABLES[t].by_column]
        for table in FACT_TABLES
        for c in TABLES[table].columns
        if c.type == "VARCHAR"
    }
    stored = {}
    for name, tables in columns.items():
        known = set(texts.get(name, ()))
        if has_previous:
            parts = (f"SELECT DISTINCT {name}::VARCHAR FROM previous.{table}" for table in tables)
            known |= {str(row[0]) for row in con.execute(" UNION ".join(parts)).fetchall() if row[0] is not None}
        if len(known) <= MOST_VALUES:
            stored[name] = f"{name}_list"
            scratch_table(con, "texts", {"text": ("VARCHAR", sorted(known))})
            con.execute(f"CREATE TYPE {stored[name]} AS ENUM (SELECT text FROM texts ORDER BY text)")
    return stored
