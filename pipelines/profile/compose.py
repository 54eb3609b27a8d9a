"""A source profile written from what a person mapped: the answers of the wizard, as TOML the command line reads too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import tomlkit

from pipelines.errors import ProfileError
from pipelines.profile.registry import parse_profile
from pipelines.schema import LIFE_WINS, TABLES, VOCABULARIES, label

SERIAL = "1900"  # in place of a date format: days of a spreadsheet
CLASSES = "class_of_what_happened"  # the recode that follows the codes people map
EVERY_SHEET = "*"  # in place of the name of a sheet: all that have the header
MIX = "|"  # between the formats of a column that is written in several ways
IDS = ("participant_key", "coach_key")
# What people type into the sheets they keep: a line of totals, a week instead of a day, a day without its year.
TOTALS = r"(?i)^(sub|grand )?-?totals?\b"
WEEK_OF = ("wk of", "week of")
YEARLESS = {"%m": ("%B %d", "%b %d", "%m/%d"), "%d": ("%d %B", "%d %b", "%d/%m")}


@dataclass(frozen=True, slots=True)
class MappedTable:
    """One kind of file: the table its rows fill, the columns read, and what is the same in every row.

    `columns` are canonical field -> header, `formats` date fields -> formats (or SERIAL), `constants` canonical
    field -> code. `key` are headers that tell two rows apart; empty means the columns read do. `beside` is the table
    whose rows the same file fills as well. Then, and with `some_rows`, a row whose code is blank makes no record.
    `id_patterns` are the forms IDs must have, by field.
    """

    table: str
    match: str
    columns: Mapping[str, str]
    constants: Mapping[str, str] = field(default_factory=dict)
    formats: Mapping[str, Sequence[str]] = field(default_factory=dict)
    key: Sequence[str] = ()
    sheet: str = ""
    delimiter: str = ","
    encoding: str = ""
    state: str = ""
    county_basis: str = "unknown"
    beside: str = ""
    some_rows: bool = False
    id_patterns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything a profile of one's own says."""

    name: str
    vendor: str
    tables: Sequence[MappedTable]
    export_kind: str = "snapshot"


def compose(answers: Answers) -> str:
    """Return the profile as TOML. Raises ProfileError with what is missing, in the wizard's words."""
    filled = {item.table for item in answers.tables}
    document: dict[str, Any] = {
        "name": answers.name,
        "vendor": answers.vendor,
        "version": "1",
        "description": "Mapped on the Load data page.",
        "confirmed": True,
        "source_system": answers.name,
        "export_kind": answers.export_kind,
        **{name: "none" for name in ("session", "milestone") if name not in filled},
        "input": [_input(item) for item in answers.tables if not item.beside],
        "emit": [_emit(item) for item in answers.tables],
    }
    if recodes := {name: table for item in answers.tables for name, table in _recodes(item).items()}:
        document["recode"] = recodes
    text = tomlkit.dumps(document)
    parse_profile(text, answers.name)
    return text


def missing_fields(item: MappedTable) -> list[str]:
    """Return what a table cannot do without and nobody mapped yet, in words."""
    given = {*item.columns, *item.constants}
    needed = {"participant_key": "the participant's ID"}
    if item.table == "session":
        needed |= {"session_date": "the day of the contact", "status": "whether it took place"}
    else:
        needed |= {"code": "what happened"}
    lacking = [words for name, words in needed.items() if name not in given]
    if item.table == "milestone" and not given & {"event_date", "reported_date"}:
        lacking.append("the day it happened or was told")
    undated = [item.columns[name] for name in item.columns if is_date(item.table, name) and not item.formats.get(name)]
    return lacking + [f'the date format of "{name}"' for name in undated]


def is_date(table: str, name: str) -> bool:
    """Tell whether a field is a date."""
    return TABLES[table].by_column[name].type == "DATE"


def _input(item: MappedTable) -> dict[str, Any]:
    required = [item.columns[name] for name in item.columns if name in ("participant_key", "session_date", "code")]
    told: dict[str, Any] = {"id": item.table, "match": item.match, "header": {"find": required}}
    told["drop"] = [{"column": header, "matches": TOTALS} for header in required]
    if item.sheet:
        told["sheet"] = item.sheet
    if item.delimiter != ",":
        told["delimiter"] = item.delimiter
    if item.encoding:
        told["encoding"] = item.encoding
    return told


def _emit(item: MappedTable) -> dict[str, Any]:
    if lacking := missing_fields(item):
        raise ProfileError(item.table, f"nobody has said {lacking[0]} yet.", "Choose the column that holds it.")
    fields = {name: _spec(item, name, header) for name, header in item.columns.items()}
    fields |= {name: {"const": code} for name, code in item.constants.items()}
    if item.table == "milestone" and "class" not in fields:
        fields["class"] = _class_of(item)
    key = list(item.key or dict.fromkeys(item.columns[name] for name in item.columns if name != "coach_key"))
    told: dict[str, Any] = {"input": item.beside or item.table, "table": item.table, "key": key, "fields": fields}
    if (item.beside or item.some_rows) and "code" in item.columns:
        told["where"] = [{"column": item.columns["code"], "blank": False}]
    return told


def _spec(item: MappedTable, name: str, header: str) -> dict[str, Any]:
    column = TABLES[item.table].by_column[name]
    spec: dict[str, Any] = {"from": header}
    if name in IDS:
        spec["id"] = {"pattern": item.id_patterns[name]} if name in item.id_patterns else {}
    elif name == "minutes":
        spec = {"duration": header}
    elif name == "county_fips":
        spec["county"] = {"basis": item.county_basis, **({"state": item.state} if item.state else {})}
        spec["recode"] = f"{item.table}_{name}"
    elif column.vocabulary:
        spec["recode"] = f"{item.table}_{name}"
    elif column.type == "DATE":
        chosen = item.formats[name]
        spec["formats"] = [form for form in chosen if form != SERIAL] or ["%Y-%m-%d"]
        if SERIAL in chosen:
            spec["serial"] = int(SERIAL)
        if item.sheet:
            spec |= _by_hand(spec["formats"])
    return spec


def _by_hand(formats: Sequence[str]) -> dict[str, Any]:
    """Read what only people write: "wk of 7/6", and days without a year where the sheet is named after one."""
    day_first = any(form.startswith("%d") for form in formats)
    return {"formats": [*formats, *YEARLESS["%d" if day_first else "%m"]], "sheet_year": True, "week_of": [*WEEK_OF]}


def _recodes(item: MappedTable) -> dict[str, dict[str, str]]:
    """Return the recodes the fields name: empty until values are mapped, but for the class of every event."""
    names = [n for n in item.columns if n == "county_fips" or TABLES[item.table].by_column[n].vocabulary]
    found: dict[str, dict[str, str]] = {f"{item.table}_{name}": {} for name in names}
    return found | ({CLASSES: _classes()} if item.table == "milestone" and "class" not in item.columns else {})


def _class_of(item: MappedTable) -> dict[str, Any]:
    """What happened decides the class of event; what nobody mapped yet is an event in no measure, and a finding."""
    if "code" in item.constants:
        return {"const": class_of(item.constants["code"])}
    return {"from": item.columns["code"], "recode": CLASSES, "unmapped": "other"}


def _classes() -> dict[str, str]:
    codes = VOCABULARIES["milestone_code"]
    return {form: class_of(code) for code in codes for form in (code, code.replace("_", " "), label(code))}


def class_of(code: str) -> str:
    """Return the class of event a milestone code belongs to."""
    if code in ("return_to_use", "overdose", "death"):
        return code
    return "life_win" if code in {win.code for win in LIFE_WINS} else "other_event"
