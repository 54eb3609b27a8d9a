"""What a dry run shows of the columns it mapped: first rows by shape, and coded values with their counts.

Values are those of mapped code columns alone, at most 40 characters long and past the identifier screen. They are
for the screen of the person who loads and live as long as the uploaded file they were read from.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from pipelines.identifiers import judge_values
from pipelines.intake.columns import LONGEST_VALUE
from pipelines.intake.shape import shape
from pipelines.load.fields import FieldBuilder
from pipelines.load.reading import NULLS, Reader, Reading, code_reader, folded
from pipelines.load.stage import chosen_rows
from pipelines.profile import SPLIT_FIELDS, FieldSpec
from pipelines.reference import load_counties
from pipelines.schema import TABLES, VOCABULARIES, label

FIRST_ROWS = 5
MOST_VALUES = 200
LIKE_AN_ID = re.compile(r"\d{4}")  # a code seldom holds a long number; an ID does
Described = dict[str, object]


def describe(builders: Sequence[FieldBuilder]) -> Described:
    """Return `rows` (first rows by shape, one entry per input) and `values` (coded columns) as plain values."""
    inputs = {builder.landed.input.id: builder for builder in builders}
    return {
        "rows": [_first_rows(builder) for builder in inputs.values()],
        "values": [entry for builder in builders for entry in _coded(builder)],
    }


def _first_rows(builder: FieldBuilder) -> Described:
    landed = builder.landed
    names = {column: alternatives[0] for alternatives in landed.columns for column in [landed.column(alternatives)]}
    sql = f"SELECT {', '.join(names)} FROM {landed.view} LIMIT {FIRST_ROWS}"
    rows = builder.meanings.con.execute(sql).fetchall()
    return {"input": landed.input.id, "columns": list(names.values()), "shapes": [[*map(shape, row)] for row in rows]}


def _coded(builder: FieldBuilder) -> Iterable[Described]:
    chosen = chosen_rows(builder)
    for name, specs in builder.emit.fields.items():
        for number, spec in enumerate(specs):
            read = _reader(builder, name, spec)
            if read is None or not spec.from_ or _follows_the_code(builder, name, spec):
                continue
            counts = _counts(builder, spec, chosen)
            nulls = {*NULLS, *map(folded, (*builder.profile.nulls, *builder.landed.input.nulls, *spec.nulls))}
            shown = {text: rows for text, rows in _alike(counts).items() if folded(text) not in nulls}
            yield {
                "emit": builder.profile.emit.index(builder.emit),
                "table": builder.emit.table,
                "field": name,
                "spec": number,
                "column": spec.from_[0],
                "codes": _codes(builder, name),
                **_values(shown, read, _codes(builder, name)),
            }


def _follows_the_code(builder: FieldBuilder, name: str, spec: FieldSpec) -> bool:
    """Tell whether the class of an event is read off what happened: mapping that maps both."""
    return name == "class" and any(spec.from_ == other.from_ for other in builder.emit.fields.get("code", ()))


def _values(counts: Counter[str] | dict[str, int], read: Reader, codes: dict[str, str]) -> Described:
    """Return the values that may be shown, unmapped first, and how many rows hold others."""
    may = {text for text in counts if _may_be_shown(text)}
    listed = [(text, rows, read(text)) for text, rows in counts.items() if text in may]
    listed.sort(key=lambda item: (not item[2].rule, -item[1], item[0]))
    values = [
        {
            "text": text,
            "rows": rows,
            "code": None if reading.rule else reading.value,
            "rule": reading.rule,
            "near": _near(text, codes) if reading.rule else "",
        }
        for text, rows, reading in listed[:MOST_VALUES]
    ]
    return {"values": values, "hidden": len(counts) - len(values)}


def _may_be_shown(text: str) -> bool:
    is_code = len(text) <= LONGEST_VALUE and not LIKE_AN_ID.search(text)
    return is_code and judge_values([text], names_too=False) is None


def _near(text: str, codes: dict[str, str]) -> str:
    """Return the code whose words are nearest, for the person to confirm."""
    words = {folded(form): code for code, words in codes.items() for form in (words, code.replace("_", " "))}
    close = get_close_matches(folded(text), list(words), n=1, cutoff=0.6)
    return words[close[0]] if close else ""


def _reader(builder: FieldBuilder, name: str, spec: FieldSpec) -> Reader | None:
    recode = builder.profile.recode_of(spec)
    if spec.county and spec.from_ and not spec.county.state_from:
        table, counties = {folded(text): code for text, code in recode.items()}, load_counties()
        state = spec.county.state or builder.state

        def read(text: str) -> Reading:
            found = counties.read(table.get(folded(text), text), state)
            return Reading(found.fips, "" if found.fips else "DQ40")

        return read
    table_name = SPLIT_FIELDS.get(name, builder.emit.table)
    column = TABLES[table_name].by_column.get("topic" if name == "topics" else name)
    return code_reader(column, spec, recode) if column and column.vocabulary else None


def _counts(builder: FieldBuilder, spec: FieldSpec, chosen: tuple[list[str], str]) -> Counter[str]:
    """Count the texts of a column over the rows its records are made of: other kinds of record may share the file."""
    column, (joins, where) = builder.landed.column(spec.from_), chosen
    rows = f"{builder.landed.view} i {' '.join(joins)} WHERE {where} AND i.{column} IS NOT NULL"
    counts: Counter[str] = Counter()
    for text, number in builder.meanings.con.execute(f"SELECT i.{column}, count(*) FROM {rows} GROUP BY 1").fetchall():
        for part in _parts(str(text), spec.split):
            counts[part] += number
    return counts


def _alike(counts: Counter[str]) -> Counter[str]:
    """Put together spellings that mean the same to the loader, under the commonest: "Came", "came"."""
    spelled: dict[str, str] = {}
    united: Counter[str] = Counter()
    for text, rows in counts.most_common():
        united[spelled.setdefault(folded(text), text)] += rows
    return united


def _parts(text: str, marks: Sequence[str]) -> list[str]:
    parts = re.split("|".join(map(re.escape, marks)), text) if marks else [text]
    return [part.strip() for part in parts if part.strip()]


def _codes(builder: FieldBuilder, name: str) -> dict[str, str]:
    """Return what a value of the field may be mapped to: code -> words."""
    if name == "county_fips":
        counties = load_counties()
        postal = counties.state_codes.get((builder.state or "").casefold()) or builder.state
        return {fips: county for fips, county in counties.names.items() if counties.state_of[fips] == postal}
    table = SPLIT_FIELDS.get(name, builder.emit.table)
    column = TABLES[table].by_column["topic" if name == "topics" else name]
    return {code: label(code) for code in VOCABULARIES[column.vocabulary or ""]}
