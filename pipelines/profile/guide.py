"""The guide handed out with the blank template: every column, what belongs in it, and its codes in words.

Generated from the declared tables and vocabularies, as one page a browser opens and prints.
"""

from __future__ import annotations

from html import escape

from pipelines.profile.field import FieldSpec
from pipelines.profile.model import Emit, Profile
from pipelines.profile.registry import FILLED, SPLIT_FIELDS
from pipelines.schema import TABLES, VOCABULARIES, Column, label

OWN_ID = "the program's own ID; a key takes its place when it is read. No name, initials, e-mail or phone number"
COUNTY = "name of the county, or its five-digit code"
HOW = {
    "DATE": "a day, as 2026-09-30 or 9/30/2026",
    "TIMESTAMP": "a day and time, as 2026-09-30 14:05",
    "BOOLEAN": "yes or no",
}
STYLE = (
    "body{font:1rem/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ccc;padding:.4rem;text-align:left;"
    "vertical-align:top}"
)


def guide_html(profile: Profile) -> str:
    """Return the guide to a template: one table of columns per file."""
    parts = [
        "<!doctype html>",
        f'<html lang="en"><meta charset="utf-8"><title>Guide to the template</title><style>{STYLE}</style>',
        "<h1>Guide to the template</h1>",
        "<p>One file per table, one line per record. Leave a cell blank where nothing is known. A code may be written"
        " as it stands or in its words. Files and columns nobody uses may be left out, but for those needed.</p>",
        *(_file(emit) for emit in profile.emit),
        "</html>",
    ]
    return "\n".join(parts) + "\n"


def _file(emit: Emit) -> str:
    table = TABLES[emit.table]
    names = dict.fromkeys((*emit.key, *emit.fields))
    rows = "\n".join(_row(emit, name) for name in names)
    head = "<tr><th>Column<th>What belongs in it<th>Needed<th>How to write it"
    meaning = escape(table.meaning[:1].upper() + table.meaning[1:])
    return f"<h2>{emit.table}.csv</h2>\n<p>{meaning}.</p>\n<table>{head}\n{rows}\n</table>"


def _row(emit: Emit, name: str) -> str:
    if name in SPLIT_FIELDS:
        return _cells(name, TABLES[SPLIT_FIELDS[name]].meaning.partition(", one row")[0], "", _split_codes(name))
    column = TABLES[emit.table].by_column[name]
    specs = emit.fields.get(name, (FieldSpec(optional=True),))
    is_needed = column.required and name not in FILLED and not all(spec.optional for spec in specs)
    return _cells(name, _meaning(column), "yes" if is_needed else "", _how(column))


def _cells(name: str, meaning: str, needed: str, how: str) -> str:
    return f"<tr><td><code>{name}</code><td>{escape(meaning)}<td>{needed}<td>{how}"


def _meaning(column: Column) -> str:
    """Say what the column is in the file; in the tables an ID is a key already."""
    if not column.identifier:
        return column.meaning
    return "a number of the record, different in every row" if column.name.startswith(("session", "mile")) else OWN_ID


def _how(column: Column) -> str:
    if column.vocabulary:
        return _codes(column.vocabulary)
    if column.name == "county_fips":
        return COUNTY
    if column.low is not None:
        return f"a number from {column.low:,.0f} to {column.high:,.0f}"
    return HOW.get(column.type, "a number" if column.type in ("DOUBLE", "SMALLINT") else "a short text")


def _split_codes(name: str) -> str:
    """Say how several codes stand in one cell, and an outcome behind a kind of help."""
    columns = TABLES[SPLIT_FIELDS[name]].by_column
    if name == "topics":
        return f"several with ; between them: {_codes(columns['topic'].vocabulary or '')}"
    helps, outcomes = (_codes(columns[part].vocabulary or "") for part in ("domain", "outcome"))
    return f"several with ; between them, each with what came of it, as housing: offered.<br>{helps}<br>{outcomes}"


def _codes(vocabulary: str) -> str:
    """Write codes, and their words where those say more."""
    told = ((code, label(code)) for code in VOCABULARIES[vocabulary])
    return ", ".join(
        f"<code>{code}</code>" + (f" ({escape(words)})" if words.casefold() != code.replace("_", " ") else "")
        for code, words in told
    )
