"""Landing: every column a profile reads, as text, with the line it came from; nothing else is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from pipelines.errors import LoadError, nearest
from pipelines.identifiers import fold, judge_header
from pipelines.load.conditions import holds
from pipelines.load.headers import first_present, missing_column, positions
from pipelines.load.source_files import SourceFile
from pipelines.load.text_file import column_name, land_text, open_text
from pipelines.load.workbook import land_parquet, land_rows, open_workbook, parquet_columns
from pipelines.profile import Emit, Input, Profile

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a file as a whole: the rule and the column concerned, never a value."""

    file: str
    rule: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """One landed file or sheet."""

    number: int
    label: str
    file: str
    input: str
    sha256: str
    table: str
    rows: int


@dataclass(slots=True)
class LandedInput:
    """All pieces of one input as one view; `columns` maps alternative headers to the landed column."""

    input: Input
    view: str
    columns: dict[Names, int]
    pieces: list[Piece] = field(default_factory=list)

    def column(self, names: Names) -> str:
        """Return the landed column of these alternative headers."""
        return column_name(self.columns[names])


def wanted_columns(source: Input, profile: Profile) -> dict[Names, bool]:
    """Return the columns read from an input, alternatives -> may be absent, in order of first use."""
    wanted: dict[Names, bool] = {}

    def want(names: Names, optional: bool = False) -> None:
        wanted[names] = wanted.get(names, True) and optional

    for condition in source.drop:
        want((condition.column,))
    for emit in (emit for emit in profile.emit if emit.input == source.id):
        _want_emit(emit, want)
    for other in profile.input:
        if other.join and other.join.input == source.id:
            want((other.join.on,))
            for name in other.join.columns:
                want((name,))
    if source.join:
        want((source.join.on,))
        for name in source.join.columns:
            wanted.pop((name,), None)
    return wanted


def _want_emit(emit: Emit, want: object) -> None:
    assert callable(want)
    for specs in emit.fields.values():
        for spec in specs:
            for names in spec.alternatives():
                want(names, spec.optional)
    for condition in (*emit.where, *([emit.void] if emit.void else [])):
        want((condition.column,))
    for name in emit.key:
        want((name,), _is_optional_key(emit, name))
    for item in emit.each:
        if "repeat" in item:
            want((str(item["repeat"]),))


def _is_optional_key(emit: Emit, name: str) -> bool:
    return emit.key_optional or any(
        spec.optional for specs in emit.fields.values() for spec in specs if name in spec.headers()
    )


class Landing:
    """Lands the files of one load into scratch tables and remembers what was noticed on the way."""

    def __init__(self, con: duckdb.DuckDBPyConnection, profile: Profile, scratch: Path) -> None:
        self.con, self.profile, self.scratch = con, profile, scratch
        self.findings: list[Finding] = []
        self.inputs: dict[str, LandedInput] = {}
        self._pieces = 0

    def land(self, file: SourceFile) -> None:
        """Land one file; a workbook may bring several sheets."""
        landed = self.inputs.setdefault(file.input.id, self._new_input(file.input))
        match file.path.suffix.lower():
            case ".xlsx":
                book = open_workbook(file.path, file.input)
                passed = {"hidden sheet": book.hidden, "sheet without the header": book.without_header}
                for why, sheets in passed.items():
                    self.findings += [Finding(f"{file.path.name}[{name}]", "DQ11", why) for name in sheets]
                for sheet in book.sheets:
                    self._piece(
                        landed, file, sheet.label, sheet.headers, lambda t, w, s=sheet: land_rows(self.con, s, t, w)
                    )
            case ".parquet":
                headers = parquet_columns(self.con, file.path)
                known = dict(zip(map(fold, headers), headers, strict=True))
                self._piece(
                    landed,
                    file,
                    file.path.name,
                    headers,
                    lambda t, w: land_parquet(self.con, file.path, t, [known[name] for name in w]),
                )
            case _:
                text = open_text(file.path, file.input, self.scratch)
                self._piece(
                    landed, file, text.label, text.headers, lambda t, w: land_text(self.con, text, t, w, self.scratch)
                )

    def finish(self) -> None:
        """Unite the pieces of every input, take over joined columns, and leave out dropped rows."""
        for landed in self.inputs.values():
            parts = [
                f"SELECT {piece.number} AS file_no, source_row, {self._select(landed)} FROM {piece.table}"
                for piece in landed.pieces
            ]
            self.con.execute(f"CREATE TEMP VIEW {landed.view} AS {' UNION ALL '.join(parts)}")
        for landed in self.inputs.values():
            self._drop(landed)
        for landed in self.inputs.values():
            self._join(landed)

    def _new_input(self, source: Input) -> LandedInput:
        wanted = wanted_columns(source, self.profile)
        return LandedInput(source, f"rows_{source.id}", {names: number for number, names in enumerate(wanted)})

    def _select(self, landed: LandedInput) -> str:
        return ", ".join(column_name(number) for number in landed.columns.values()) or "NULL AS nothing"

    def _piece(self, landed: LandedInput, file: SourceFile, label: str, headers: Sequence[str], land: object) -> None:
        assert callable(land)
        known = positions(headers, label)
        names: list[str | None] = []
        for alternatives, optional in wanted_columns(file.input, self.profile).items():
            present = first_present(alternatives, known)
            if present is None and (not optional or self._renamed(alternatives, headers)):
                raise missing_column(alternatives, self._field_of(alternatives), headers, label)
            names.append(fold(present) if present else None)
        self._judge(headers, [name for name in names if name], label)
        table = f"land_{self._pieces}"
        present_names = [name for name in names if name]
        land(table, present_names)
        ((rows,),) = self.con.execute(f"SELECT count(*) FROM {table}").fetchall()
        table = self._numbered(table, names)
        landed.pieces.append(Piece(self._pieces, label, file.path.name, file.input.id, file.sha256, table, int(rows)))
        self._pieces += 1

    def _numbered(self, table: str, names: Sequence[str | None]) -> str:
        """Give absent optional columns a place, so that every piece of an input has the same columns."""
        if None not in names:
            return table
        position = iter(range(len(names)))
        columns = [f"{column_name(next(position))} AS" if name else "NULL::VARCHAR AS" for name in names]
        select = ", ".join(f"{source} {column_name(n)}" for n, source in enumerate(columns))
        self.con.execute(f"CREATE TEMP VIEW {table}_all AS SELECT source_row, {select} FROM {table}")
        return f"{table}_all"

    def _renamed(self, alternatives: Names, headers: Sequence[str]) -> bool:
        """Tell whether an absent optional column stands there under a nearly equal name."""
        read = {fold(name) for names in self.inputs.values() for group in names.columns for name in group}
        unread = [header for header in headers if fold(header) not in read]
        return any(nearest(name, unread) and _very_near(name, unread) for name in alternatives)

    def _field_of(self, alternatives: Names) -> str:
        for emit in self.profile.emit:
            for name, specs in emit.fields.items():
                if any(alternatives in spec.alternatives() for spec in specs):
                    return f"{emit.table}.{name}"
        return "choosing rows"

    def _judge(self, headers: Sequence[str], read: Sequence[str], label: str) -> None:
        """Refuse mapped identifier columns by header; report unmapped ones by name only."""
        for header in headers:
            name = " ".join(header.split())
            kind = judge_header(header, self.profile.refuse, as_id=fold(header) in self._mapped_ids())
            if fold(header) in read:
                if kind:
                    rule = "DQ01" if kind == "identifier" else "DQ02"
                    what = (
                        f'the mapped column "{name}" looks like {"an identifier" if rule == "DQ01" else "free text"}.'
                    )
                    raise LoadError(rule, label, what, "Leave it out of the export, or map the program's own ID.")
            elif name:
                self.findings.append(Finding(label, "DQ08" if kind else "DQ11", name))

    def _mapped_ids(self) -> set[str]:
        specs = [spec for emit in self.profile.emit for group in emit.fields.values() for spec in group if spec.id]
        return {fold(name) for spec in specs for name in spec.from_}

    def _drop(self, landed: LandedInput) -> None:
        """Leave out totals rows and the like; the account counts them as not asked for."""
        for number, condition in enumerate(landed.input.drop):
            column, name = landed.column((condition.column,)), f"{landed.view}_{number}"
            texts = [row[0] for row in self.con.execute(f"SELECT DISTINCT {column} FROM {landed.view}").fetchall()]
            dropped = [text for text in texts if text is not None and holds(condition, text)]
            self.con.execute(f"CREATE TEMP TABLE drop_{name} AS SELECT unnest($t::VARCHAR[]) AS raw", {"t": dropped})
            self.con.execute(
                f"CREATE TEMP VIEW {name} AS SELECT * FROM {landed.view} i"
                f" WHERE NOT EXISTS (SELECT 1 FROM drop_{name} d WHERE d.raw = i.{column})"
            )
            landed.view = name

    def _join(self, landed: LandedInput) -> None:
        join = landed.input.join
        if join is None:
            return
        other = self.inputs[join.input]
        start = len(landed.columns)
        on, theirs = landed.column((join.on,)), other.column((join.on,))
        columns = ", ".join(
            f"any_value(o.{other.column((name,))}) AS {column_name(start + n)}" for n, name in enumerate(join.columns)
        )
        joined = f"{landed.view}_joined"
        self.con.execute(
            f"CREATE TEMP VIEW {joined} AS SELECT * FROM {landed.view} LEFT JOIN"
            f" (SELECT o.{theirs} AS joined_on, {columns} FROM {other.view} o GROUP BY 1) ON {on} = joined_on"
        )
        landed.columns |= {(name,): start + n for n, name in enumerate(join.columns)}
        landed.view = joined


def _very_near(name: str, headers: Sequence[str]) -> bool:
    from difflib import get_close_matches

    return bool(get_close_matches(fold(name), [fold(header) for header in headers], n=1, cutoff=0.85))
