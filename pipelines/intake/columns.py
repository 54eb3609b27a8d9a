"""What the columns of an unknown file hold, judged by name and content; a column that identifies people is refused."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import partial

from pipelines.identifiers import fold, judge_header, judge_values
from pipelines.intake.peek import Peek
from pipelines.intake.shape import shape
from pipelines.load.reading import code_reader, folded, minutes_reader, parse_date
from pipelines.profile import FieldSpec
from pipelines.profile.compose import MIX, TOTALS, WEEK_OF, YEARLESS
from pipelines.reference import load_counties
from pipelines.schema import TABLES

DATE_FORMATS = (
    "%Y-%m-%d", "%m/%d/%Y", "%d/%m/%Y", "%m/%d/%y", "%d/%m/%y", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S",
    "%m/%d/%Y %I:%M %p", "%m/%d/%Y %H:%M", "%d.%m.%Y", "%m.%d.%y", "%m-%d-%Y", "%B %d, %Y", "%b %d, %Y", "%d %b %Y",
)  # fmt: skip
# How days are written that can be read in one way only, and what tells apart the others: the month first or the day.
PLAIN_FORMATS = tuple(form for form in DATE_FORMATS if form.startswith("%Y") or "%b" in form or "%B" in form)
FIRST = ("%m", "%d")
ODD_ONES = 3  # texts that may be no date at all: a totals line, a note, a slip of the keyboard
SERIAL_FROM, SERIAL_TO = 36_526, 58_000  # days of a spreadsheet from 2000 to 2058
TABLES_TO_MAP = ("session", "milestone")
# The form of most programs' IDs, and the share that may be something else before that is no longer said.
WITH_DIGIT, MOST_ODD = r".*\d.*", 0.2
MOST_VALUES, LONGEST_VALUE = 60, 40
JUDGED = 200  # distinct texts of a column that are enough to tell what they are
# Words that headers of a field use, the canonical name apart; compared after folding.
WORDS: dict[str, tuple[str, ...]] = {
    "participant_key": ("participant id", "client id", "person id", "member id", "record id", "id", "who", "id code"),
    "program_id": ("program", "grant", "funding"),
    "site_id": ("site", "location", "office", "center", "where"),
    "coach_key": ("coach id", "coach", "peer id", "staff id", "worker id"),
    "session_date": ("date", "session date", "service date", "visit date", "contact date", "date of service"),
    "event_date": ("date", "event date", "milestone date", "date of event", "achieved on", "when"),
    "reported_date": ("reported", "date reported", "report date", "learned on"),
    "kind": ("type", "session type", "kind", "type of contact", "service type", "activity"),
    "mode": ("mode", "method", "contact method", "how", "setting", "format"),
    "status": ("status", "outcome", "attendance", "attended", "session status", "result", "how it went"),
    "minutes": ("minutes", "duration", "length", "how long", "time spent"),
    "county_fips": ("county", "county of residence", "county of service", "co."),
    "entered_on": ("entered", "date entered", "entered on", "created", "created on"),
    "class": ("class", "category", "event type"),
    "code": ("milestone", "event", "win", "good news", "what happened", "achievement", "type"),
    "certainty": ("certainty", "source", "confirmed by"),
    "od_fatal": ("fatal", "died", "fatal overdose"),
}


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """One column: how it looks and what it may be, without a value of it.

    `refused` says why it can be mapped to nothing (identifier, free text); `as_id` whether it may be hashed as the
    program's own ID. `likely` are canonical fields by table, the likeliest first. `formats` are the date formats all
    but one in twenty of its texts fit; "1900" stands for the days of a spreadsheet. Formats joined by MIX are those of
    a column written in several ways. `id_pattern` is the form nearly all IDs have, `off_pattern` how many have not.
    """

    name: str
    filled: int
    rows: int
    distinct: int
    shapes: tuple[str, ...]
    refused: str
    as_id: bool
    likely: dict[str, tuple[str, ...]]
    formats: tuple[str, ...]
    id_pattern: str = ""
    off_pattern: int = 0


def study(item: Peek, state: str = "") -> tuple[ColumnFacts, ...]:
    """Describe every named column of a table; `state` is that of its counties, if the program has said."""
    return tuple(
        _facts(" ".join(header.split()), item.column(position), state)
        for position, header in enumerate(item.headers)
        if fold(header)
    )


def _facts(name: str, texts: Sequence[str], state: str) -> ColumnFacts:
    counts = Counter(text.strip() for text in texts if text.strip())
    distinct = list(counts)
    refused = judge_header(name, as_id=True) or judge_values(distinct, names_too=False) or ""
    record_number = judge_header(name) is not None
    as_id = not refused and not judge_values(distinct, names_too=True)
    if not as_id and not refused and not _is_coded(distinct):
        refused = "identifier"  # names or initials throughout
    formats = () if refused else _formats(distinct[:JUDGED])
    return ColumnFacts(
        name,
        counts.total(),
        len(texts),
        len(counts),
        tuple(kind for kind, _ in Counter(map(shape, counts)).most_common(3)),
        refused or ("identifier" if record_number and not as_id else ""),
        as_id,
        {} if refused else {table: _likely(table, name, distinct[:JUDGED], formats, state) for table in TABLES_TO_MAP},
        formats,
        *(_id_form(distinct) if as_id else ()),
    )


def _id_form(distinct: Sequence[str]) -> tuple[str, int]:
    """Return the form of IDs and how many differ: among IDs with digits, one without is initials, a name or a word."""
    without = sum(not any(map(str.isdigit, text)) for text in distinct)
    return (WITH_DIGIT, without) if distinct and without <= MOST_ODD * len(distinct) else ("", 0)


def _is_coded(distinct: Sequence[str]) -> bool:
    """Tell code lists from IDs, numbers and text: few short texts, not all of them numbers or dates."""
    few = 0 < len(distinct) <= MOST_VALUES and all(len(text) <= LONGEST_VALUE for text in distinct)
    return few and not all(shape(text) in ("number", "date", "time") for text in distinct)


def _formats(distinct: Sequence[str]) -> tuple[str, ...]:
    found = [form for form in DATE_FORMATS if _share(distinct, partial(_dated, form)) >= 0.95]
    if _share(distinct, _is_serial) >= 0.95:
        found.append("1900")
    return tuple(found) or _mixes(distinct)


def _mixes(distinct: Sequence[str]) -> tuple[str, ...]:
    """Return the sets of formats that read a column written in several ways, month first and day first apart."""
    found: dict[str, None] = {}
    for first in FIRST:
        forms = [form for form in DATE_FORMATS if form in PLAIN_FORMATS or form.startswith(first)]
        used = [form for form in forms if any(_dated(form, text) for text in distinct)]
        serial = ["1900"] if any(map(_is_serial, distinct)) else []
        odd = [text for text in distinct if not (serial and _is_serial(text)) and not _reads(text, used, first)]
        if used and len(odd) <= max(ODD_ONES, 0.05 * len(distinct)) and len(odd) < len(distinct) / 2:
            found[MIX.join((*used, *serial))] = None
    return tuple(found)


def _reads(text: str, forms: Sequence[str], first: str) -> bool:
    """Tell whether a text of a sheet kept by hand is read: a day, a week, a day without its year, or a totals line."""
    week = next((words for words in WEEK_OF if text.casefold().startswith(words)), "")
    day = text[len(week) :].strip()
    yearless = tuple(f"{form} %Y" for form in YEARLESS[first])
    dated = any(_dated(form, day) for form in forms) or parse_date(f"{day} 2024", yearless, None, None) is not None
    return dated or re.match(TOTALS, text) is not None


def _is_serial(text: str) -> bool:
    return text.isdecimal() and SERIAL_FROM <= int(text) <= SERIAL_TO


def _dated(form: str, text: str) -> bool:
    day = parse_date(text, (form,), None, None)
    return day is not None and date(1990, 1, 1) < day < date(2100, 1, 1)


def _share(distinct: Sequence[str], holds: Callable[[str], bool]) -> float:
    return sum(map(holds, distinct)) / len(distinct) if distinct else 0.0


def _likely(table: str, name: str, distinct: Sequence[str], formats: Sequence[str], state: str) -> tuple[str, ...]:
    """Return the fields a column may be, by name (at most 1) and content (at most 1), over 0.7 together."""
    scores = {
        field: _named(field, name) + _content(table, field, distinct, formats, state)
        for field in WORDS
        if field in TABLES[table].by_column
    }
    return tuple(field for field, score in sorted(scores.items(), key=lambda pair: -pair[1]) if score > 0.7)


def _named(field: str, name: str) -> float:
    folded_name = fold(name).replace("_", " ").rstrip("?!:")
    names = {folded_name, re.sub(r"\(.*?\)", "", folded_name).strip()}  # "Who (ID)" is also "who"
    forms = (field.replace("_", " "), *WORDS[field])
    return max(SequenceMatcher(None, name, form).ratio() ** 2 for name in names for form in forms)


def _content(table: str, field: str, distinct: Sequence[str], formats: Sequence[str], state: str) -> float:
    """Say how well the texts suit a field, from -1 (they do not) to 1."""
    column = TABLES[table].by_column[field]
    if not distinct:
        return -0.5
    if column.type == "DATE":
        return 0.5 if formats else -1.0
    if formats and formats != ("1900",):
        return -1.0
    if column.vocabulary:
        read = code_reader(column, FieldSpec.model_validate({"from": "x", "unmapped": "null"}), {})
        known = _share(distinct, lambda text: read(text).value is not None)
        return known if known else (-0.2 if _is_coded(distinct) else -0.7)
    if field == "county_fips" and not state:  # names alone tell no county; which state it is is asked with it
        return 0.0 if _is_coded(distinct) else -0.5
    if field == "county_fips":
        counties = load_counties()
        return 2 * _share(distinct, lambda text: counties.read(text, state or None).fips is not None) - 0.5
    if field == "minutes":
        return _share(distinct, lambda text: minutes_reader()(text).value is not None) - 0.5
    if column.type == "BOOLEAN":
        # Yes and no say nothing about the question: the name of the column has to.
        return 0.2 if {folded(text) for text in distinct} <= {"yes", "no", "y", "n", "true", "false", "1", "0"} else -1
    if column.identifier:
        spaced = _share(distinct, lambda text: " " in text or shape(text) in ("date", "time", "long text"))
        return 0.2 - spaced
    return 0.0 if _is_coded(distinct) else -0.4
