"""The data dictionary, generated from the declared tables; CI fails when the written one is stale."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.schema.ddl import sql_type
from pipelines.schema.tables import TABLES, Column, Table
from pipelines.schema.vocabularies import LIFE_WINS, VOCABULARIES


def dictionary_markdown() -> str:
    """Return the data dictionary: every table, column, type, constraint and vocabulary."""
    lines = [
        "# Data dictionary",
        "",
        "Generated from `pipelines/schema` by `python tests/docs/write_docs.py`. Do not edit.",
    ]
    for table in TABLES.values():
        lines += ["", *_table(table)]
    lines += ["", "## Vocabularies", "", "| Vocabulary | Values |", "|---|---|"]
    lines += [f"| {name} | {', '.join(f'`{value}`' for value in values)} |" for name, values in VOCABULARIES.items()]
    lines += ["", "## Life wins", "", "| Code | Part of life | Words | Counts as |", "|---|---|---|---|"]
    lines += [f"| `{win.code}` | {win.domain} | {win.label} | {win.counts} |" for win in LIFE_WINS]
    return "\n".join(lines) + "\n"


def _table(table: Table) -> Iterator[str]:
    key = f" Key: {', '.join(f'`{name}`' for name in table.key)}." if table.key else ""
    yield from (f"## {table.name}", "", f"{table.meaning[:1].upper()}{table.meaning[1:]}.{key}", "")
    yield from ("| Column | Type | Required | Meaning |", "|---|---|---|---|")
    for column in table.columns:
        required = "yes" if column.required else ""
        yield f"| {column.name} | {sql_type(column)} | {required} | {column.meaning}{_limits(column)} |"


def _limits(column: Column) -> str:
    return "" if column.low is None else f" ({column.low:,} to {column.high:,})"
