"""Shaping landed rows: what a profile says about the table as a whole, before any field of a record is read.

Every step puts a view or table of the same columns, or with more of them, in the place of the one before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import duckdb

from pipelines.errors import LoadError
from pipelines.load.landed import LandedInput
from pipelines.load.lines import settle_lines
from pipelines.load.reading import CANONICAL_DATES, NULLS, folded, parts
from pipelines.load.rules import loader_rules
from pipelines.load.scratch import scratch_table
from pipelines.load.united import unite_rows
from pipelines.profile import Emit, FieldSpec, Join, PartsOf, Profile

TICKED = ("1", "checked", "yes", "true", "x")
OUTCOME_MARK = "\x1f"  # between a cell of linkages and their outcome; no export holds it


def recode_columns(con: duckdb.DuckDBPyConnection, landed: LandedInput, profile: Profile) -> None:
    """Write one text for what the export writes in several ways."""
    for header, name in landed.input.recode.items():
        column, table = landed.column((header,)), f"{landed.view}_recode"
        codes = {folded(text): code for text, code in profile.recode[name].items()}
        texts = _distinct(con, landed, column)
        known = {text: codes[folded(text)] for text in texts if folded(text) in codes}
        scratch_table(con, table, {"raw": ("VARCHAR", list(known)), "code": ("VARCHAR", list(known.values()))})
        replaced = f"i.* REPLACE (coalesce(c.code, i.{column}) AS {column})"
        _put(
            con, landed, "recoded", f"SELECT {replaced} FROM {landed.view} i LEFT JOIN {table} c ON c.raw = i.{column}"
        )


def shape(con: duckdb.DuckDBPyConnection, landed: LandedInput) -> None:
    """Fill groups down, refuse a file that mixes codes and labels, settle lines and unite rows of one contact."""
    _fill_down(con, landed)
    _refuse_mixed_coding(con, landed)
    if landed.input.lines:
        settle_lines(con, landed, landed.input.lines)
    if landed.input.group:
        unite_rows(con, landed, landed.input.group)


def join_columns(con: duckdb.DuckDBPyConnection, landed: LandedInput, join: Join, other: LandedInput | None) -> None:
    """Take over columns of another input; of one that was not exported they stay empty."""
    on = landed.column((join.on,))
    names = [landed.add((name,)) for name in join.columns]
    if other is None:
        _put(con, landed, "joined", f"SELECT *, {', '.join(f'NULL AS {name}' for name in names)} FROM {landed.view}")
        return
    theirs = (other.column((name,)) for name in join.columns)
    columns = ", ".join(f"{_taken(their, join.collect)} AS {name}" for their, name in zip(theirs, names, strict=True))
    rows = f"SELECT trim(o.{other.column((join.their_key(),))}) AS joined_on, {columns} FROM {other.view} o GROUP BY 1"
    source = f"{landed.view} LEFT JOIN ({rows}) ON trim({on}) = joined_on"
    _put(con, landed, "joined", f"SELECT * EXCLUDE (joined_on) FROM {source}")


def _taken(column: str, collect: str) -> str:
    text = f"nullif(trim(o.{column}), '')"
    if collect:
        return f"string_agg({text}, '{_sql(collect)}' ORDER BY o.file_no, o.source_row)"
    return f"arg_max({text}, (o.file_no::BIGINT << 32) + o.source_row)"


def combine_columns(con: duckdb.DuckDBPyConnection, landed: LandedInput, emits: Sequence[Emit]) -> None:
    """Make the cells that several columns tell together: boxes, linkages with their outcome, numbers of episodes."""
    for spec in (spec for emit in emits for _, spec in emit.all_specs()):
        if spec.cell() == spec.from_ or spec.cell() in landed.columns:
            continue
        made = _made(landed, spec)
        name = landed.add(spec.cell())
        _put(con, landed, "combined", f"SELECT *, {made} AS {name} FROM {landed.view}", stored=bool(spec.nth))


def _made(landed: LandedInput, spec: FieldSpec) -> str:
    if spec.checkbox:
        boxes = (
            f"CASE WHEN lower(trim({landed.column(names)})) IN {TICKED!r} THEN '{_sql(code)}' END"
            for code, names in spec.checkbox.items()
        )
        return f"nullif(concat_ws(';', {', '.join(boxes)}), '')"
    if spec.also:
        mark, both = _sql((spec.split or (";",))[0]), (landed.column(spec.from_), landed.column(spec.also))
        return f"nullif(concat_ws('{mark}', {', '.join(both)}), '')"
    if spec.outcome:
        return f"{landed.column(spec.from_)} || '{OUTCOME_MARK}' || coalesce({landed.column(spec.outcome)}, '')"
    formats = ", ".join(f"'{_sql(form)}'" for form in spec.formats or CANONICAL_DATES)
    day = f"try_strptime(trim({landed.column(spec.nth)}), [{formats}])"
    rank = f"dense_rank() OVER (PARTITION BY trim({landed.column(spec.per)}) ORDER BY {day} NULLS LAST)"
    return f"CASE WHEN {day} IS NOT NULL THEN {rank}::VARCHAR END"


def split_rows(con: duckdb.DuckDBPyConnection, landed: LandedInput, parts_of: PartsOf, number: int) -> LandedInput:
    """Return the rows of an input once for each part of a cell, with the part in the place of the cell."""
    column, table = landed.column((parts_of.column,)), f"parts_{number}"
    found = [(cell, part) for cell in _distinct(con, landed, column) for part in parts(cell, parts_of.split)]
    cells, texts = [cell for cell, _ in found], [part for _, part in found]
    scratch_table(con, table, {"cell": ("VARCHAR", cells), "part": ("VARCHAR", texts)})
    split = replace(landed)
    source = f"{landed.view} i JOIN {table} p ON p.cell = i.{column}"
    _put(con, split, f"split_{number}", f"SELECT i.* REPLACE (p.part AS {column}) FROM {source}")
    return split


def _fill_down(con: duckdb.DuckDBPyConnection, landed: LandedInput) -> None:
    """A column shown once per group gets the last value above it, within the group of the columns before."""
    columns = [landed.column((header,)) for header in landed.input.fill_down]
    if not columns:
        return
    filled = [f"nullif(trim({column}), '')" for column in columns]
    groups = ", ".join(
        f"count(coalesce({', '.join(['NULL', 'NULL', *filled[:n]])})) OVER up AS group_{n}" for n in range(len(filled))
    )
    down = ", ".join(
        f"last_value({text} IGNORE NULLS) OVER (PARTITION BY file_no, group_{n} ORDER BY source_row) AS {column}"
        for n, (column, text) in enumerate(zip(columns, filled, strict=True))
    )
    inner = f"SELECT *, {groups} FROM {landed.view} WINDOW up AS (PARTITION BY file_no ORDER BY source_row)"
    without = ", ".join(f"group_{n}" for n in range(len(filled)))
    _put(con, landed, "filled", f"SELECT * EXCLUDE ({without}) REPLACE ({down}) FROM ({inner})", stored=True)


def _refuse_mixed_coding(con: duckdb.DuckDBPyConnection, landed: LandedInput) -> None:
    """Codes in one place and labels in another: the file was put together from two exports (DQ05)."""
    empty = {*NULLS, *map(folded, landed.input.nulls)}
    for piece in landed.pieces if landed.input.one_coding else ():
        seen = {
            (text.strip().isdigit(), header)
            for header in landed.input.one_coding
            for text in _distinct(con, landed, landed.column((header,)), f"file_no = {piece.number}")
            if folded(text) not in empty
        }
        if len({is_code for is_code, _ in seen}) > 1:
            labels = sorted(header for is_code, header in seen if not is_code)
            what = f'codes and labels are mixed in this file (labels in "{labels[0]}").'
            raise LoadError("DQ05", piece.label, what, loader_rules()["DQ05"].advice)


def _distinct(con: duckdb.DuckDBPyConnection, landed: LandedInput, column: str, where: str = "true") -> list[str]:
    sql = f"SELECT DISTINCT {column} FROM {landed.view} WHERE {column} IS NOT NULL AND {where} ORDER BY 1"
    return [str(row[0]) for row in con.execute(sql).fetchall()]


def _put(con: duckdb.DuckDBPyConnection, landed: LandedInput, name: str, select: str, *, stored: bool = False) -> None:
    """Let the rows of an input be those of `select` from now on; what is costly to compute is stored."""
    view = f"{landed.view}_{name}"
    con.execute(f"CREATE TEMP {'TABLE' if stored else 'VIEW'} {view} AS {select}")
    landed.view = view


def _sql(text: str) -> str:
    return text.replace("'", "''")
