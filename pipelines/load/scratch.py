"""Small tables of the load's own, made from Python values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb

Columns = Mapping[str, tuple[str, Sequence[object]]]  # name -> (SQL type, values)


def scratch_table(con: duckdb.DuckDBPyConnection, name: str, columns: Columns) -> None:
    """Make the temporary table `name` anew from columns of equal length.

    Bound lists rather than Arrow: building Arrow arrays from lists imports pandas, two seconds a load would wait for.
    """
    con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT {_columns(columns)}", _values(columns))


def _columns(columns: Columns) -> str:
    return ", ".join(f"unnest($v{n}::{kind}[]) AS {name}" for n, (name, (kind, _)) in enumerate(columns.items()))


def _values(columns: Columns) -> dict[str, list[object]]:
    return {f"v{n}": list(values) for n, (_, values) in enumerate(columns.values())}
