"""Keys of records: the source's own number, or what tells two records apart, hashed with the local salt."""

from __future__ import annotations

from pipelines.load.fields import FieldBuilder
from pipelines.load.reading import folded
from pipelines.profile import Emit
from pipelines.schema import TABLES

_NATURAL = ("participant_key", "session_date", "event_date", "reported_date", "kind", "code")


def record_key(builder: FieldBuilder, values: dict[str, str], repeat: str) -> str:
    """Return SQL of the record's key; `values` holds the SQL of every canonical field.

    A key column that is also a field counts by its meaning: 7/1/26 and 2026-07-01 are one day, "9,734" and
    9734 one person. `repeat` names the count column a record comes from.
    """
    emit = builder.emit
    scope = f"{builder.profile.source_system}|{emit.table}|{emit.key_scope or _constant_code(emit)}|{folded(repeat)}"
    parts = [_part(builder, values, name) for name in emit.key]
    if repeat:
        parts.append("n.number::VARCHAR")
    return builder.meanings.pseudonym.record(scope, " || '|' || ".join(parts))


def _part(builder: FieldBuilder, values: dict[str, str], header: str) -> str:
    emit = builder.emit
    for name, specs in emit.fields.items():
        column = TABLES[emit.table].by_column.get(name)
        if column and (column.identifier or column.type == "DATE") and specs and header in specs[0].from_:
            return f"coalesce(({values[name]})::VARCHAR, '')"
    raw = f"i.{builder.landed.column((header,))}"
    if _tidy(builder, raw):
        return raw
    plain = f"replace(trim({raw}), ',', '')"
    if len(emit.key) > 1:
        return f"coalesce({plain}, '')"
    return f"coalesce(nullif({plain}, ''), '~' || {_natural(values)})"


def _tidy(builder: FieldBuilder, raw: str) -> bool:
    """Tell whether a column can be hashed as it stands: one cheap look spares work on every row."""
    test = f"{raw} IS NOT NULL AND {raw} <> '' AND NOT contains({raw}, ' ') AND NOT contains({raw}, ',')"
    rows = builder.meanings.con.execute(f"SELECT coalesce(bool_and({test}), false) FROM {builder.landed.view} i")
    return bool(rows.fetchall()[0][0])


def _natural(values: dict[str, str]) -> str:
    """A record without a number of its own is told apart by person, days and kind."""
    names = [name for name in _NATURAL if name in values]
    return " || '|' || ".join(f"coalesce(({values[name]})::VARCHAR, '')" for name in names)


def _constant_code(emit: Emit) -> str:
    code = emit.fields.get("code", ())
    return str(code[0].const) if code and code[0].const is not None else ""
