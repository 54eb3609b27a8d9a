"""Staging: each emit becomes one INSERT … SELECT over the landed rows joined with their meanings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from pipelines.load.conditions import holds
from pipelines.load.fields import FieldBuilder
from pipelines.load.keys import record_key
from pipelines.load.meanings import Bits
from pipelines.load.scratch import scratch_table
from pipelines.profile import SPLIT_FIELDS, Condition, Emit, FieldSpec
from pipelines.reference import item_range
from pipelines.schema import TABLES, Column, sql_type

Item = Mapping[str, str | int | bool | FieldSpec | tuple[FieldSpec, ...]]

# Bookkeeping columns of a staged table, gone before the version is published.
EXTRA = ("flags BIGINT", "emit_no UTINYINT", "file_no INTEGER", "topics_cell INTEGER", "linkages_cell INTEGER")
# The flags of a row marked void: its key is all that counts, so nothing else about it is judged.
VOID = 1 << 62
_ORIGIN = ("source_system", "source_file", "source_row", "batch_id")
_KEYS = {"session": "session_key", "milestone": "milestone_key"}
FACT_TABLES = ("session", "milestone", "participant", "assessment")
# Findings that need two fields: (rule, field), condition on the named columns, new value.
_CROSS: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "session": (("DQ22", "entered_on", "entered_on < session_date", "NULL"),),
    "milestone": (
        ("DQ14", "event_date", "event_date IS NULL AND reported_date IS NULL", "event_date"),
        ("DQ38", "reported_date", "reported_date < event_date", "NULL"),
        ("DQ23", "certainty", "class = 'overdose' AND od_fatal IS NULL", "'unknown'::certainty_t"),
    ),
    "participant": (("DQ22", "closed_on", "closed_on < enrolled_on", "NULL"),),
    "assessment": (),
}


@dataclass(frozen=True, slots=True)
class Staged:
    """One staged emit: where its rows are and what its finding bits mean."""

    number: int
    emit: Emit
    bits: Bits


def create_staged_tables(con: duckdb.DuckDBPyConnection, tables: Sequence[str], stored: Mapping[str, str]) -> None:
    """Create the tables a load fills: the declared columns without their constraints, and the bookkeeping.

    `stored` names the types of text columns where they are not the declared ones.
    """
    for table in FACT_TABLES:
        columns = [f"{c.name} {stored.get(c.name, sql_type(c))}" for c in TABLES[table].columns]
        extra = EXTRA if table in tables else ()
        con.execute(f"CREATE OR REPLACE TABLE {table} ({', '.join((*columns, *extra))})")


def finish_staged_tables(con: duckdb.DuckDBPyConnection, tables: Sequence[str]) -> None:
    """Drop the bookkeeping columns."""
    for name in tables:
        for extra in EXTRA:
            con.execute(f"ALTER TABLE {name} DROP COLUMN {extra.split()[0]}")


def stage(builder: FieldBuilder, number: int, source_system: str, batch: str) -> tuple[Staged, list[str]]:
    """Return the statements that insert the records of one emit; a row of `each` gives one record per kind."""
    statements = [_insert(builder, number, source_system, batch, item) for item in builder.emit.each or ({},)]
    return Staged(number, builder.emit, builder.bits), statements


def _insert(builder: FieldBuilder, number: int, system: str, batch: str, item: Item) -> str:
    """Return the INSERT of one item of `each` (or of the emit itself)."""
    emit, landed, repeat = builder.emit, builder.landed, str(item.get("repeat", ""))
    values: dict[str, str] = {}
    joins, where = chosen_rows(builder)
    flags = ["0"]
    own_key = _KEYS.get(emit.table)
    for column in TABLES[emit.table].columns:
        if column.name in _ORIGIN or column.name == own_key:
            continue
        given = item.get(column.name)
        if isinstance(given, str | int | bool):
            builder.meanings.note(column.name, given)
            values[column.name] = f"'{given}'::{sql_type(column)}"
            continue
        own = () if given is None else (given,) if isinstance(given, FieldSpec) else given
        values[column.name], flag, more = builder.build(column.name, own, _limits(emit, column, item))
        joins += more
        flags += [] if flag == "0" else [flag]
    joins += _derive(builder, values)
    if repeat:
        joins.append(_repeat_join(builder, repeat))
    if own_key:
        values[own_key] = record_key(builder, values, repeat)
    extras = {f"{name}_cell": _cell_number(builder, name, joins) for name in SPLIT_FIELDS}
    select = ", ".join(f"{sql} AS {name}" for name, sql in (values | extras).items())
    found = " | ".join(flags)
    if emit.void:
        joins.append(f"LEFT {_condition_join(builder, emit.void, len(emit.where))}")
        found = f"CASE WHEN w{len(emit.where)}.yes THEN {VOID} ELSE {found} END"
    source = f"{landed.view} i {' '.join(joins)} WHERE {where}"
    inner = f"SELECT i.file_no, i.source_row, {select}, {found} AS flags FROM {source}"
    return _with_cross_checks(emit, builder.bits, inner, number, system, batch)


def _limits(emit: Emit, column: Column, item: Item) -> tuple[float, float] | None:
    """Return the range of the answers where an emit says which question of which instrument it reads."""
    instrument = emit.fields.get("instrument", ())
    if emit.table != "assessment" or column.name != "value" or not instrument:
        return None
    return item_range(str(item.get("instrument") or instrument[0].const), str(item.get("item", "")))


def _with_cross_checks(emit: Emit, bits: Bits, inner: str, number: int, system: str, batch: str) -> str:
    table, replaced, flags = emit.table, dict[str, str](), ["s.flags"]
    for rule, field, when, value in _CROSS[table]:
        condition = f"{when} AND s.flags <> {VOID}" if emit.void else when
        flags.append(f"CASE WHEN {condition} THEN {bits.bit(rule, field)} ELSE 0 END")
        replaced[field] = f"CASE WHEN {condition} THEN {value} ELSE {field} END"
    origin = {
        "source_system": f"'{system}'",
        "source_file": "f.label",
        "source_row": "s.source_row",
        "batch_id": f"'{batch}'",
    }
    columns = [origin.get(c.name) or replaced.get(c.name, f"s.{c.name}") for c in TABLES[table].columns]
    return (
        f"INSERT INTO {table} SELECT {', '.join(columns)}, {' | '.join(flags)}, {number}, s.file_no, s.topics_cell,"
        f" s.linkages_cell FROM ({inner}) s JOIN load_piece f ON f.number = s.file_no"
    )


def _derive(builder: FieldBuilder, values: dict[str, str]) -> list[str]:
    """Fill what follows from how a field was given: bases, and the domain of a life win; return the joins it needs."""
    emit = builder.emit
    county = emit.fields.get("county_fips", ())
    basis = next((spec.county.basis for spec in county if spec.county), None)
    if basis and "county_basis" not in emit.fields:
        values["county_basis"] = f"CASE WHEN {values['county_fips']} IS NOT NULL THEN '{basis}'::county_basis_t END"
    minutes = emit.fields.get("minutes", ())
    if minutes and "minutes_basis" not in emit.fields:
        known = (
            f"WHEN {value} IS NOT NULL THEN '{_basis(spec)}'::minutes_basis_t"
            for value, spec in zip(builder.told["minutes"], minutes, strict=True)
        )
        values["minutes_basis"] = f"CASE {' '.join(known)} END"
    if "date_precision" not in emit.fields and (coarse := _coarse(builder, emit)):
        values["date_precision"] = f"CASE WHEN {coarse} THEN 'week' ELSE 'day' END::date_precision_t"
    if emit.table == "milestone" and "domain" not in emit.fields:
        values["domain"] = f"CASE WHEN {values['class']} = 'life_win' THEN win.domain::win_domain_t END"
        return [f"LEFT JOIN life_win win ON win.code = ({values['code']})::VARCHAR"]
    return []


def _basis(spec: FieldSpec) -> str:
    return "start_end" if spec.start else "billing_units" if spec.units else "recorded"


def _coarse(builder: FieldBuilder, emit: Emit) -> str:
    """Return SQL of whether the day of a record is known only as that of a week."""
    specs = (spec for name in ("session_date", "event_date", "reported_date") for spec in emit.fields.get(name, ()))
    return " OR ".join(
        f"starts_with(lower(trim(i.{builder.landed.column(spec.from_)})), '{words.casefold()}')"
        for spec in specs
        for words in spec.week_of
    )


def _cell_number(builder: FieldBuilder, name: str, joins: list[str]) -> str:
    """Number the distinct multi-select cells; the rows carry the number until their parts are written out."""
    specs = builder.emit.fields.get(name, ())
    if not specs:
        return "NULL::INTEGER"
    column, table = builder.landed.column(specs[0].cell()), f"{name}_cells_{builder.meanings.name()}"
    cells = [row[0] for row in builder.meanings.distinct(builder.landed.view, (column,)) if row[0]]
    numbers = ("INTEGER", list(range(len(cells))))
    scratch_table(builder.meanings.con, table, {"cell": ("VARCHAR", cells), "number": numbers})
    joins.append(f"LEFT JOIN {table} ON i.{column} = {table}.cell")
    return f"{table}.number"


def chosen_rows(builder: FieldBuilder) -> tuple[list[str], str]:
    """Return the joins and the condition under which rows `i` of an emit's input become its records."""
    conditions = builder.emit.where
    joins = [_condition_join(builder, condition, number) for number, condition in enumerate(conditions)]
    return joins, " AND ".join(f"w{number}.yes" for number in range(len(conditions))) or "true"


def _condition_join(builder: FieldBuilder, condition: Condition, number: int) -> str:
    con, landed, column = builder.meanings.con, builder.landed, builder.landed.column((condition.column,))
    if condition.after:
        later = landed.column((condition.after,))
        test = f"try_cast(i.{column} AS DATE) > try_cast(i.{later} AS DATE)"
        return f"CROSS JOIN LATERAL (SELECT coalesce({test}, false) AS yes) w{number}"
    rows = builder.meanings.distinct(landed.view, (column,))
    name = builder.meanings.name()
    kept = [row[0] for row in rows if holds(condition, row[0])]
    con.execute(
        f"CREATE TEMP TABLE {name} AS SELECT unnest($texts::VARCHAR[]) AS raw, true AS yes", {"texts": kept or ["\0"]}
    )
    return f"JOIN {name} w{number} ON i.{column} IS NOT DISTINCT FROM w{number}.raw"


def _repeat_join(builder: FieldBuilder, header: str) -> str:
    """Join as many numbers as the count in the cell says, at most `repeat_max`."""
    column, most = builder.landed.column((header,)), builder.emit.repeat_max
    count = f"least(coalesce(try_cast(trim(i.{column}) AS DOUBLE), 0), {most})"
    return f"JOIN (SELECT unnest(range(1, {most + 1})) AS number) n ON n.number <= {count}"
