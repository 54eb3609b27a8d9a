"""Meanings: small tables of distinct text -> value and findings, which DuckDB joins to the rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from pipelines.load.reading import NULLS, Reading, clean, folded
from pipelines.load.rules import loader_rules
from pipelines.load.scratch import scratch_table
from pipelines.profile.field import IdOptions
from pipelines.pseudonym import Pseudonym

PLACEHOLDERS = (
    "TEST",
    "NONE",
    "NULL",
    "N/A",
    "NA",
    "UNKNOWN",
    "9999",
    "99999",
    "999999",
)


class Bits:
    """Numbers the findings of one emit, so that a row carries all of them in one integer."""

    def __init__(self) -> None:
        self.of: dict[tuple[str, str], int] = {}

    def bit(self, rule: str, field: str) -> int:
        """Return the bit of a rule and field; 0 for no rule."""
        return 1 << self.of.setdefault((rule, field), len(self.of)) if rule else 0

    def quarantine(self) -> int:
        """Return the mask of findings that keep a row out."""
        rules = loader_rules()
        return sum(1 << n for (rule, _), n in self.of.items() if rules[rule].severity == "quarantine")


@dataclass(frozen=True, slots=True)
class Meaning:
    """SQL of one joined meaning: its join, its value, its findings."""

    join: str
    value: str
    flags: str


Judged = tuple[tuple[str | None, ...], Reading]


class Meanings:
    """Makes meaning tables for one input view."""

    def __init__(self, con: duckdb.DuckDBPyConnection, pseudonym: Pseudonym) -> None:
        self.con, self.pseudonym = con, pseudonym
        self.texts: dict[str, set[str]] = {}  # every text a text field can hold, for its stored type
        self._text_tables: list[tuple[str, str]] = []  # (table, field) of the meanings of text fields
        self._made = 0
        self._distinct: dict[tuple[str, tuple[str, ...]], list[tuple[str | None, ...]]] = {}

    def distinct(self, view: str, columns: tuple[str, ...]) -> list[tuple[str | None, ...]]:
        """Return the distinct texts of the columns."""
        known = (view, columns)
        if known not in self._distinct:
            rows = self.con.execute(f"SELECT DISTINCT {', '.join(columns)} FROM {view}").fetchall()
            self._distinct[known] = sorted(rows, key=lambda row: tuple(text or "" for text in row))
        return self._distinct[known]

    def judged(
        self, view: str, columns: tuple[str, ...], read: Callable[..., Reading], blank: Reading, sql_type: str,
        field: str, bits: Bits, nulls: Sequence[str] = (),
    ) -> Meaning:  # fmt: skip
        """Judge every distinct text (or pair) once; blanks and sentinels read as `blank`."""
        empty = {*NULLS, *(folded(item) for item in nulls)}
        rows: list[Judged] = []
        for texts in self.distinct(view, columns):
            missing = all(text is None or folded(text) in empty for text in texts)
            rows.append((texts, blank if missing else read(*(text or "" for text in texts))))
        if sql_type == "VARCHAR":
            self.note(field, blank.value, *(reading.value for _, reading in rows))
        constant = _constant(rows, columns[0], blank, sql_type, field, bits) if len(columns) == 1 else None
        return constant or self._joined(rows, columns, blank, sql_type, field, bits)

    def note(self, field: str, *values: object) -> None:
        """Remember texts a field can hold."""
        self.texts.setdefault(field, set()).update(str(value) for value in values if value is not None)

    def store_as(self, types: Mapping[str, str]) -> None:
        """Give the meanings of text fields the type they are stored in: one cast a text, not one a row."""
        for table, field in self._text_tables:
            self.con.execute(f"ALTER TABLE {table} ALTER value TYPE {types.get(field, 'VARCHAR')}")

    def _joined(
        self, rows: list[Judged], columns: tuple[str, ...], blank: Reading, sql_type: str, field: str, bits: Bits
    ) -> Meaning:  # fmt: skip
        """Make the meaning table of a column (or pair) with several distinct texts."""
        name = self.name()
        found = [bits.bit(reading.rule, field) for _, reading in rows]
        raws = {f"raw{n}": ("VARCHAR", [texts[n] for texts, _ in rows]) for n in range(len(columns))}
        values = [_written(reading) for _, reading in rows]
        scratch_table(self.con, name, {**raws, "value": (sql_type, values), "flags": ("BIGINT", found)})
        if sql_type == "VARCHAR":
            self._text_tables.append((name, field))
        on = " AND ".join(_equal(f"i.{column}", f"{name}.raw{n}", len(columns)) for n, column in enumerate(columns))
        join, value, flags = f"LEFT JOIN {name} ON {on}", f"{name}.value", f"{name}.flags" if any(found) else "0"
        if len(columns) > 1 or all(texts[0] is not None for texts, _ in rows):
            return Meaning(join, value, flags)  # every row finds its text
        if blank.value is not None:
            value = f"coalesce({value}, CASE WHEN {name}.flags IS NULL THEN {_literal(blank, sql_type)} END)"
        missing = bits.bit(blank.rule, field)
        return Meaning(join, value, f"coalesce({name}.flags, {missing})" if any(found) else "0")

    def normalized(self, view: str, column: str, options: IdOptions) -> str:
        """Return the name of a table of the distinct texts of an ID column (`raw`) and their normal form (`id`)."""
        name = self.name()
        self.con.execute(
            f"CREATE TEMP TABLE {name} AS"
            f" WITH ids AS (SELECT DISTINCT {column} AS raw FROM {view} WHERE {column} IS NOT NULL)"
            f" SELECT raw, {_normalized('raw', options)} AS id FROM ids"
        )
        self._normalize_unicode(name, options)
        return name

    def damaged(self, ids: str) -> int:
        """Count the IDs a spreadsheet turned into scientific notation: different people have become one (DQ06)."""
        rows = self.con.execute(f"SELECT count(*) FROM {ids} WHERE regexp_full_match(id, '\\d(\\.\\d+)?[eE]\\+\\d+')")
        return int(rows.fetchall()[0][0])

    def identified(
        self, ids: str, column: str, options: IdOptions, kind: str, field: str, bits: Bits, required: bool
    ) -> Meaning:
        """Hash the normalized IDs of a column; placeholders and IDs not in the program's format are findings (DQ13)."""
        rule = bits.bit("DQ13", field) if required else 0
        bad = f"(id = '' OR ltrim(id, '0') = '' OR upper(id) IN {PLACEHOLDERS!r}" + (
            f" OR NOT regexp_full_match(id, '{_sql(options.pattern)}'))" if options.pattern else ")"
        )
        hashed, keys = f"{ids}_hashed", f"{kind}_keys"
        # The same people are in several files: each ID is hashed once.
        self.con.execute(f"CREATE TEMP TABLE IF NOT EXISTS {keys} (id VARCHAR, key UBIGINT)")
        self.con.execute(
            f"INSERT INTO {keys} SELECT id, {self.pseudonym.person('id', kind)} FROM"
            f" (SELECT DISTINCT id FROM {ids} WHERE NOT {bad}) ANTI JOIN {keys} known USING (id)"
        )
        self.con.execute(
            f"CREATE TEMP TABLE {hashed} AS SELECT raw, CASE WHEN NOT {bad} THEN key END AS value,"
            f" CASE WHEN {bad} THEN {rule} ELSE 0 END AS flags FROM {ids} LEFT JOIN {keys} USING (id)"
        )
        return Meaning(
            f"LEFT JOIN {hashed} ON i.{column} = {hashed}.raw", f"{hashed}.value", f"coalesce({hashed}.flags, {rule})"
        )

    def sample(self, view: str, column: str, rows: int = 2_000) -> list[str]:
        """Return some texts of a column, for judging whether it identifies people."""
        found = self.con.execute(
            f"SELECT DISTINCT {column} FROM (SELECT {column} FROM {view} WHERE {column} IS NOT NULL LIMIT {rows})"
        )
        return [str(row[0]) for row in found.fetchall()]

    def _normalize_unicode(self, ids: str, options: IdOptions) -> None:
        """IDs outside ASCII get full Unicode normalization first, which SQL lacks."""
        odd = self.con.execute(f"SELECT raw FROM {ids} WHERE NOT regexp_full_match(raw, '[ -~]*')").fetchall()
        for (raw,) in odd:
            self.con.execute(
                f"UPDATE {ids} SET id = {_normalized('$plain', options)} WHERE raw = $raw",
                {"plain": clean(str(raw)), "raw": raw},
            )

    def name(self) -> str:
        """Return a fresh name for a scratch table."""
        self._made += 1
        return f"meaning_{self._made}"


def _normalized(raw: str, options: IdOptions) -> str:
    text = f"replace(trim({raw}), ' ', '')"
    if options.upper:
        text = f"upper({text})"
    if options.strip_commas:
        grouped = f"regexp_full_match({text}, '\\d{{1,3}}(,\\d{{3}})+')"
        text = f"CASE WHEN {grouped} THEN replace({text}, ',', '') ELSE {text} END"
    decimal = f"ends_with({text}, '.0') AND regexp_full_match({text}, '\\d+\\.0')"
    text = f"CASE WHEN {decimal} THEN left({text}, length({text}) - 2) ELSE {text} END"
    if not options.pad:
        return text
    padded = f"lpad({text}, greatest({options.pad}, length({text}))::INTEGER, '0')"
    return f"CASE WHEN regexp_full_match({text}, '\\d+') THEN {padded} ELSE {text} END"


def _constant(
    rows: list[Judged], column: str, blank: Reading, sql_type: str, field: str, bits: Bits
) -> Meaning | None:  # fmt: skip
    """Spare the join where a column holds one text at most: empty optional columns, and constants."""
    filled = [reading for texts, reading in rows if texts[0] is not None]
    if len(filled) > 1:
        return None
    reading = filled[0] if filled else blank
    value, flags = _literal(reading, sql_type), str(bits.bit(reading.rule, field))
    if filled and len(rows) > 1:
        value = f"CASE WHEN i.{column} IS NULL THEN {_literal(blank, sql_type)} ELSE {value} END"
        missing = str(bits.bit(blank.rule, field))
        flags = flags if flags == missing else f"CASE WHEN i.{column} IS NULL THEN {missing} ELSE {flags} END"
    return Meaning("", value, flags)


def _literal(reading: Reading, sql_type: str) -> str:
    text = _written(reading)
    return f"NULL::{sql_type}" if text is None else f"'{_sql(text)}'::{sql_type}"


def _equal(left: str, right: str, columns: int) -> str:
    return f"{left} = {right}" if columns == 1 else f"{left} IS NOT DISTINCT FROM {right}"


def _written(reading: Reading) -> str | None:
    return None if reading.value is None else str(reading.value)


def _sql(text: str) -> str:
    return text.replace("'", "''")
