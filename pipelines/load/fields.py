"""One canonical field of one emit: which meaning of which columns fills it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from zoneinfo import ZoneInfo

from pipelines.errors import LoadError
from pipelines.identifiers import judge_values
from pipelines.load.landed import Finding, LandedInput
from pipelines.load.meanings import Bits, Meaning, Meanings
from pipelines.load.reading import (
    CANONICAL_DATES,
    NULLS,
    DateLimits,
    Reading,
    clock_minutes,
    code_reader,
    date_reader,
    flag_reader,
    folded,
    minutes_reader,
    number_reader,
    stated_zone,
    text_reader,
    units_reader,
)
from pipelines.load.relaxing import kept, relaxing
from pipelines.load.rules import loader_rules
from pipelines.profile import SHEET, Emit, FieldSpec, Profile
from pipelines.profile.field import IdOptions
from pipelines.reference import load_counties
from pipelines.schema import TABLES, Column, sql_type

# Days on which something happened to a person; days of paperwork may lie elsewhere.
EVENT_DATES = ("session_date", "event_date", "reported_date")
# What a blank cell means where the vocabulary has a word for it.
BLANKS = {"kind": "other", "mode": "unknown", "certainty": "unknown", "date_precision": "day", "episode_no": "1"}
FALLBACK_PROGRAM = "unassigned"


@dataclass(slots=True)
class FieldBuilder:
    """Builds the meanings of one emit's fields, sharing one set of finding bits."""

    meanings: Meanings
    landed: LandedInput
    profile: Profile
    emit: Emit
    state: str
    limits: DateLimits
    zone: ZoneInfo | None
    findings: list[Finding]
    relaxed: frozenset[str] = frozenset()  # rules the program file relaxes
    bits: Bits = field(default_factory=Bits)
    told: dict[str, list[str]] = field(default_factory=dict)  # field -> the value SQL of each of its specs

    def build(
        self, name: str, own: tuple[FieldSpec, ...] = (), limits: tuple[float, float] | None = None
    ) -> tuple[str, str, list[str]]:
        """Return (value SQL, flags SQL, joins) of a canonical field; the first spec that says something wins.

        `own` are the specs of one item of `each`, `limits` the range of the question it is about.
        """
        column = TABLES[self.emit.table].by_column[name]
        if limits:
            column = replace(column, low=limits[0], high=limits[1])
        parts = [self._meaning(column, spec) for spec in own or self.emit.fields.get(name, ())]
        self.told[name] = [part.value for part in parts]
        if not parts:
            return self._default(column), "0", []
        value = parts[0].value if len(parts) == 1 else f"coalesce({', '.join(part.value for part in parts)})"
        flags = parts[-1].flags
        for part in reversed(parts[:-1]):
            flags = f"CASE WHEN {part.value} IS NOT NULL THEN {part.flags} ELSE {flags} END"
        return value, flags, [part.join for part in parts if part.join]

    def _meaning(self, column: Column, spec: FieldSpec) -> Meaning:
        if spec.const is not None:
            self.meanings.note(column.name, spec.const)
            return Meaning("", f"'{str(spec.const).replace(chr(39), chr(39) * 2)}'::{sql_type(column)}", "0")
        if column.identifier:
            return self._identifier(column, spec)
        if column.type == "TIMESTAMP":
            return self._moment(spec)
        if spec.county:
            return self._county(column, spec)
        if spec.start:
            raws: tuple[str, ...] = (self.landed.column(spec.start), self.landed.column(spec.end))
            return self._judged(column, spec, raws, clock_minutes)
        if spec.units:
            rate = spec.minutes_per_unit
            cells = (spec.units, (rate,)) if isinstance(rate, str) else (spec.units,)
            return self._judged(column, spec, tuple(map(self.landed.column, cells)), units_reader(rate))
        names = spec.cell() or spec.duration or spec.hours
        self._refuse_identifiers(column, spec, names)
        return self._judged(column, spec, self._raws(spec, names), self._reader(column, spec))

    def _judged(self, column: Column, spec: FieldSpec, raws: tuple[str, ...], read: object) -> Meaning:
        assert callable(read)
        blank = kept(self._blank(column, spec), column, self.relaxed)
        return self.meanings.judged(
            self.landed.view, raws, relaxing(read, column, self.relaxed), blank, sql_type(column), column.name,
            self.bits, self._nulls(spec),
        )  # fmt: skip

    def _nulls(self, spec: FieldSpec) -> tuple[str, ...]:
        return (*self.profile.nulls, *self.landed.input.nulls, *spec.nulls)

    def _reader(self, column: Column, spec: FieldSpec) -> object:
        recode = self.profile.recode_of(spec)
        if column.vocabulary:
            return code_reader(column, spec, recode)
        match column.type:
            case "DATE":
                return date_reader(spec, self.limits if column.name in EVENT_DATES else None, self.zone)
            case "BOOLEAN":
                return flag_reader(spec, recode)
            case "VARCHAR":
                return text_reader(spec, recode)
            case _ if column.name == "minutes":
                return minutes_reader(hours=bool(spec.hours))
            case _:
                return number_reader(column, spec, recode)

    def _blank(self, column: Column, spec: FieldSpec) -> Reading:
        if spec.blank is not None:
            return Reading(spec.blank or None, "DQ16" if column.required and not spec.blank else "")
        if column.name in BLANKS:
            return Reading(BLANKS[column.name])
        if column.name == "program_id":
            texts = self.meanings.distinct(self.landed.view, (self.landed.column(spec.from_),))
            # A column nobody fills is as good as none: an organization of one program.
            return Reading(FALLBACK_PROGRAM, "DQ19" if any(text for row in texts for text in row) else "")
        if not column.required:
            return Reading(None)
        return Reading(None, "DQ16" if column.vocabulary else "DQ14")

    def _identifier(self, column: Column, spec: FieldSpec) -> Meaning:
        raw = self.landed.column(spec.from_)
        kind = "coach" if column.name == "coach_key" else "participant"
        options = spec.id or IdOptions()
        values = self.meanings.sample(self.landed.view, raw)
        if judge_values(values, names_too=options.pattern is None):
            self._refuse("DQ01", spec.from_, "holds what looks like names, initials or contact details")
        ids = self.meanings.normalized(self.landed.view, raw, options)
        if damaged := self.meanings.damaged(ids):
            self._refuse("DQ06", spec.from_, f"holds {damaged} IDs in scientific notation")
        return self.meanings.identified(ids, raw, options, kind, column.name, self.bits, column.required)

    def _moment(self, spec: FieldSpec) -> Meaning:
        raw = f"i.{self.landed.column(spec.from_)}"
        formats = ", ".join("'" + form.replace("'", "''") + "'" for form in spec.formats)
        read = f"try_strptime({{}}, [{formats}])::TIMESTAMP" if formats else "try_cast({} AS TIMESTAMP)"
        # Only what cannot be read as it stands is trimmed: there are as many moments as rows.
        return Meaning("", f"coalesce({read.format(raw)}, {read.format(f'trim({raw})')})", "0")

    def _county(self, column: Column, spec: FieldSpec) -> Meaning:
        assert spec.county
        counties, recode = load_counties(), self.profile.recode_of(spec)
        table = {folded(name): code for name, code in recode.items()}
        own_state = spec.county.state or self.profile.state or self.state
        empty = {*NULLS, *map(folded, self._nulls(spec))}

        def read(text: str, state: str = "") -> Reading:
            if folded(text) in empty:  # a state alone names no county
                return Reading(None)
            found = counties.read(table.get(folded(text), text), state or own_state)
            return Reading(found.fips, "" if found.fips else "DQ40")

        raws = [self.landed.column(spec.from_)]
        if spec.county.state_from:
            raws.append(self.landed.column((spec.county.state_from,)))
        return self._judged(column, spec, tuple(raws), read)

    def _refuse_identifiers(self, column: Column, spec: FieldSpec, names: tuple[str, ...]) -> None:
        texts = [row[0] for row in self.meanings.distinct(self.landed.view, (self.landed.column(names),)) if row[0]]
        kind = judge_values(texts, names_too=False, dates=column.type == "DATE")
        if kind == "identifier":
            self._refuse("DQ01", names, "holds what looks like contact details or birth dates")
        typed = self._typed_text(column, spec, texts)
        if kind == "free text" or typed:
            self._refuse("DQ02", names, "holds text people typed, not codes")
        if column.type == "DATE":
            self._refuse_formats(spec, names)
            if self.zone is None and any(map(stated_zone, texts)):
                found = Finding(self.landed.pieces[0].label, "DQ52", names[0])
                self.findings += [] if found in self.findings else [found]

    def _typed_text(self, column: Column, spec: FieldSpec, texts: list[str]) -> bool:
        if not spec.codes_only or not column.vocabulary:
            return False
        read = code_reader(column, spec, self.profile.recode_of(spec))
        return sum(bool(read(text).rule) for text in texts) > 0.2 * len(texts)

    def _refuse_formats(self, spec: FieldSpec, names: tuple[str, ...]) -> None:
        """Fewer than 95 % of the distinct dates fitting means that the format is wrong, not the rows."""
        read = date_reader(spec, None, self.zone)
        cells = [cell for cell in self.meanings.distinct(self.landed.view, self._raws(spec, names)) if cell[0]]
        wrong = sum(read(*(text or "" for text in cell)).value is None for cell in cells)
        if len(cells) >= 20 and wrong > max(3, 0.05 * len(cells)):
            known = " or ".join(date(2026, 9, 30).strftime(form) for form in spec.formats or CANONICAL_DATES[:1])
            self._refuse("DQ07", names, f"has {wrong} of {len(cells)} distinct dates that are not written like {known}")

    def _raws(self, spec: FieldSpec, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return the columns a field is read from: its own, and that of the sheet's name where it tells the year."""
        return tuple(map(self.landed.column, (names, (SHEET,)) if spec.sheet_year else (names,)))

    def _default(self, column: Column) -> str:
        if column.name == "program_id":
            self.meanings.note(column.name, FALLBACK_PROGRAM)
            return f"'{FALLBACK_PROGRAM}'"
        value = BLANKS.get(column.name)
        return f"'{value}'::{sql_type(column)}" if value else f"NULL::{sql_type(column)}"

    def _refuse(self, rule: str, names: tuple[str, ...], what: str) -> None:
        header = self.landed.header(names)
        raise LoadError(
            rule, self.landed.pieces[0].label, f'the mapped column "{header}" {what}.', loader_rules()[rule].advice
        )


def limits_of(opened_on: date | None, today: date, *, relaxed: bool = False) -> DateLimits:
    """Return what event dates may be: since the program opened, and not in the future, unless that is `relaxed`."""
    from pipelines.load.reading import EARLIEST

    return DateLimits(opened_on or EARLIEST, today, relaxed)
