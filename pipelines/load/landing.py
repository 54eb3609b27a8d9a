"""Landing: every column a profile reads, as text, with the line it came from; nothing else is read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from pipelines.errors import LoadError, nearest
from pipelines.identifiers import fold, judge_header
from pipelines.load.conditions import holds
from pipelines.load.headers import first_present, missing_column, positions
from pipelines.load.landed import Finding, LandedInput, Names, Piece
from pipelines.load.shaping import combine_columns, join_columns, recode_columns, shape
from pipelines.load.source_files import SourceFile
from pipelines.load.text_file import column_name, land_text, open_text
from pipelines.load.workbook import land_parquet, land_rows, open_workbook, parquet_columns
from pipelines.profile import SHEET, Emit, Input, Profile


def wanted_columns(source: Input, profile: Profile) -> dict[Names, bool]:
    """Return the columns read from an input, alternatives -> may be absent, in order of first use."""
    wanted: dict[Names, bool] = {}

    def want(names: Names, optional: bool = False) -> None:
        names = source.expand(names)
        wanted[names] = wanted.get(names, True) and optional

    for name in _named_by(source):
        want((name,))
    for emit in (emit for emit in profile.emit if emit.input == source.id):
        _want_emit(emit, want)
    for join in (join for other in profile.input for join in other.join if join.input == source.id):
        for name in (join.their_key(), *join.columns):
            want((name,))
    # What another input brings, and what the loader makes itself, is not looked for in the file.
    for name in (SHEET, *(name for join in source.join for name in join.columns)):
        wanted.pop(source.expand((name,)), None)
    return wanted


def _named_by(source: Input) -> list[str]:
    """Return the columns an input names itself, whatever its records are."""
    lines, group = source.lines, source.group
    return [
        *(condition.column for condition in source.drop),
        *source.recode,
        *source.one_coding,
        *source.fill_down,
        *([lines.id, *([lines.corrects] if lines.corrects else []), *lines.negates] if lines else []),
        *([lines.void.column] if lines and lines.void else []),
        *((*group.by, group.start, group.end, *group.sum) if group else []),
        *(join.on for join in source.join if not _is_joined(source, join.on)),
    ]


def _is_joined(source: Input, name: str) -> bool:
    return any(name in join.columns for join in source.join)


def _want_emit(emit: Emit, want: object) -> None:
    assert callable(want)
    for _, spec in emit.all_specs():
        for names in spec.alternatives():
            want(names, spec.optional)
        for names in spec.checkbox.values():
            want(names, True)
    for condition in (*emit.where, *([emit.void] if emit.void else [])):
        want((condition.column,), condition.optional)
    for name in emit.key:
        want((name,), _is_optional_key(emit, name))
    for item in emit.each:
        if "repeat" in item:
            want((str(item["repeat"]),))
    if emit.parts_of:
        want((emit.parts_of.column,))


def _is_optional_key(emit: Emit, name: str) -> bool:
    return emit.key_optional or any(spec.optional for _, spec in emit.all_specs() if name in spec.headers())


class Landing:
    """Lands the files of one load into scratch tables and remembers what was noticed on the way."""

    def __init__(self, con: duckdb.DuckDBPyConnection, profile: Profile, scratch: Path) -> None:
        self.con, self.profile, self.scratch = con, profile, scratch
        self.findings: list[Finding] = []
        self.inputs: dict[str, LandedInput] = {}
        self._pieces = 0
        self._joined: set[str] = set()

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
                text = open_text(file.path, file.bytes, file.input, self.scratch)
                self._piece(
                    landed, file, text.label, text.headers, lambda t, w: land_text(self.con, text, t, w, self.scratch)
                )

    def finish(self) -> None:
        """Unite the pieces of every input, leave out dropped rows, bring the rest into shape, and join."""
        for landed in self.inputs.values():
            parts = [
                f"SELECT {piece.number} AS file_no, source_row, {self._select(landed, piece)} FROM {piece.table}"
                for piece in landed.pieces
            ]
            self.con.execute(f"CREATE TEMP VIEW {landed.view} AS {' UNION ALL '.join(parts)}")
        for landed in self.inputs.values():
            recode_columns(self.con, landed, self.profile)
            self._drop(landed)
            shape(self.con, landed)
        for name in self.inputs:
            self._join(name)
        for name, landed in self.inputs.items():
            combine_columns(self.con, landed, [emit for emit in self.profile.emit if emit.input == name])

    def _new_input(self, source: Input) -> LandedInput:
        wanted = wanted_columns(source, self.profile)
        emits = (emit for emit in self.profile.emit if emit.input == source.id)
        if any(spec.sheet_year for emit in emits for _, spec in emit.all_specs()):
            wanted[(SHEET,)] = True
        return LandedInput(source, f"rows_{source.id}", {names: number for number, names in enumerate(wanted)})

    def _select(self, landed: LandedInput, piece: Piece) -> str:
        label = piece.label.replace("'", "''")
        columns = (
            f"'{label}' AS {column_name(number)}" if names == (SHEET,) else column_name(number)
            for names, number in landed.columns.items()
        )
        return ", ".join(columns) or "NULL AS nothing"

    def _piece(self, landed: LandedInput, file: SourceFile, label: str, headers: Sequence[str], land: object) -> None:
        assert callable(land)
        known = positions(headers, label)
        names: list[str | None] = []
        for alternatives, optional in wanted_columns(file.input, self.profile).items():
            present = first_present(alternatives, known)
            if present is None and (not optional or self._renamed(alternatives, headers)):
                raise missing_column(alternatives, self._field_of(alternatives), headers, label)
            names.append(fold(present) if present else None)
            if present:
                landed.headers[alternatives] = present
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
            for name, spec in emit.all_specs():
                if set(alternatives) & set(spec.headers()):
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
        specs = [(emit.input, spec) for emit in self.profile.emit for _, spec in emit.all_specs() if spec.id]
        return {fold(name) for source, spec in specs for name in self.profile.input_by_id(source).expand(spec.from_)}

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

    def _join(self, name: str) -> None:
        """Take over the columns of other inputs, which take over theirs first; once for each input."""
        landed = self.inputs[name]
        if name in self._joined:
            return
        self._joined.add(name)
        for join in landed.input.join:
            if join.input in self.inputs:
                self._join(join.input)
            join_columns(self.con, landed, join, self.inputs.get(join.input))


def _very_near(name: str, headers: Sequence[str]) -> bool:
    from difflib import get_close_matches

    return bool(get_close_matches(fold(name), [fold(header) for header in headers], n=1, cutoff=0.85))
