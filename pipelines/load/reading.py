"""What a text in a cell means for one canonical field: judged once per distinct text, in plain Python.

DuckDB then joins the meanings to the rows. So the rules are readable, Unicode is handled in one place, and
ten million rows cost as much as their few hundred distinct texts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from pipelines.load.rules import loader_rules
from pipelines.profile import FieldSpec
from pipelines.schema import VOCABULARIES, Column, label

Value = str | int | float | bool | date | None
NULLS = ("", "null", "n/a", "#n/a", "na", "none given")
PLACEHOLDER_DATES = (date(1900, 1, 1), date(1970, 1, 1), date(1990, 1, 1))
EARLIEST = date(1990, 1, 2)
AHEAD = timedelta(days=365)  # how far in the future a date may lie where the rule about it is relaxed
CANONICAL_DATES = ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S")
# What follows a clock time: a fraction of a second, which changes no day, and the zone, which may.
_AFTER_TIME = re.compile(r"(?<=\d:\d\d)(\.\d+)?(?P<zone>Z|[+-]\d\d(:?\d\d)?)?$")
_SERIAL_START = {1900: date(1899, 12, 30), 1904: date(1904, 1, 1)}
_TRUE, _FALSE = ("yes", "y", "true", "t", "1"), ("no", "n", "false", "f", "0")


@dataclass(frozen=True, slots=True)
class Reading:
    """A value, and the rule it breaks, if any."""

    value: Value
    rule: str = ""


Reader = Callable[[str], Reading]


@dataclass(frozen=True, slots=True)
class DateLimits:
    """What an event date may be: not before the program opened, not after the day of the load.

    With the rule `relaxed`, dates outside are kept as well, but for placeholders and what is a year or more ahead.
    """

    first: date
    last: date
    relaxed: bool = False

    def rule(self, day: date) -> str:
        """Return the rule a day breaks, or the one that stands in for it; empty for none."""
        if day not in PLACEHOLDER_DATES and self.first <= day <= self.last:
            return ""
        kept = self.relaxed and day not in PLACEHOLDER_DATES and EARLIEST <= day <= self.last + AHEAD
        return loader_rules()["DQ15"].relaxed if kept else "DQ15"


def clean(text: str) -> str:
    """Normalize Unicode, trim, and fold inner white space."""
    return " ".join(unicodedata.normalize("NFKC", text).replace("\ufeff", "").split())


def folded(text: str) -> str:
    """Fold a coded value for comparison."""
    return clean(text).casefold()


def code_reader(column: Column, spec: FieldSpec, recode: dict[str, str]) -> Reader:
    """Read a coded value: the profile's recode first, then the canonical code or its label."""
    vocabulary = VOCABULARIES[column.vocabulary or ""]
    table = {folded(name): code for name, code in recode.items()}
    own = {form: code for code in vocabulary for form in (code, code.replace("_", " "), folded(label(code)))}
    fallback = _fallback(column, spec)

    @cache
    def read(text: str) -> Reading:
        name = folded(text)
        if spec.split:  # of several codes in a cell, the first the recode knows
            name = next((code for code in map(folded, parts(text, spec.split)) if code in table), name)
        if name in table:
            return Reading(table[name] or None, "DQ16" if column.required and not table[name] else "")
        code = own.get(name) or own.get(name.replace("-", " ")) or _age_band(column, name)
        return Reading(code) if code else fallback

    return read


def _fallback(column: Column, spec: FieldSpec) -> Reading:
    if spec.default is not None:
        return Reading(spec.default or None)
    rule = "DQ20" if column.vocabulary == "milestone_code" else "DQ19"
    match spec.unmapped or _policy(column):
        case "quarantine":
            return Reading(None, "DQ16")
        case "other" | "unknown" as code:
            known = VOCABULARIES[column.vocabulary or ""]
            return Reading(next((name for name in (code, f"{code}_event") if name in known), None), rule)
        case _:
            return Reading(None, rule)


def _policy(column: Column) -> str:
    """What an unmapped value becomes where the profile does not say."""
    if column.vocabulary in ("status", "milestone_class"):
        return "quarantine"
    vocabulary = VOCABULARIES[column.vocabulary or ""]
    none = "quarantine" if column.required else "null"
    return next((code for code in ("unknown", "other", "not_stated") if code in vocabulary), none)


def _age_band(column: Column, name: str) -> str | None:
    """A plain age in years falls into its band."""
    if column.vocabulary != "age_band" or not re.fullmatch(r"\d{1,2}(\.0)?", name):
        return None
    limits = ((18, "under_18"), (25, "18_24"), (35, "25_34"), (45, "35_44"), (55, "45_54"), (65, "55_64"))
    return next((band for limit, band in limits if float(name) < limit), "65_plus")


def date_reader(spec: FieldSpec, limits: DateLimits | None, zone: ZoneInfo | None = None) -> Reader:
    """Read a date by the listed formats alone; `limits` hold for days on which something happened.

    A moment that states its zone belongs to the day it was in `zone`, the program's own.
    """
    formats = spec.formats or CANONICAL_DATES
    yearless = tuple(f"{form} %Y" for form in formats if "%Y" not in form and "%y" not in form)
    if spec.sheet_year:  # by itself strptime would put a day without a year into 1900
        formats = tuple(form for form in formats if f"{form} %Y" not in yearless)

    def read(text: str, sheet: str = "") -> Reading:
        text = _without_week(clean(text), spec)
        day = parse_date(text, formats, spec.serial, zone)
        if day is None and spec.sheet_year and (year := sheet_year(sheet)):
            day = parse_date(f"{text} {year}", yearless, None, zone)
        if day is None:
            return Reading(None, "DQ14")
        day += timedelta(days=spec.plus_days)
        rule = limits.rule(day) if limits else ""
        return Reading(None if rule == "DQ15" else day, rule)

    return read


def _without_week(text: str, spec: FieldSpec) -> str:
    """Leave out words that say that only the week is known."""
    words = next((words for words in spec.week_of if text.casefold().startswith(words.casefold())), "")
    return text[len(words) :].strip()


def sheet_year(sheet: str) -> str:
    """Return the year a sheet is named after: 2026 for "Jan 26" and "FEB 2026"; nothing if it names none."""
    found = re.search(r"(?<!\d)(20)?(\d\d)\]?$", sheet.strip())
    return f"20{found[2]}" if found else ""


@lru_cache(maxsize=1 << 16)  # the date columns of an export share their few thousand days
def parse_date(text: str, formats: tuple[str, ...], serial: int | None, zone: ZoneInfo | None) -> date | None:
    """Try the formats in order; a whole number is a spreadsheet serial only if the profile says so."""
    if serial and re.fullmatch(r"\d{4,5}", text):
        return _SERIAL_START[serial] + timedelta(days=int(text))
    plain = _AFTER_TIME.sub("", text)
    for form in formats:
        try:
            moment = datetime.strptime(plain, form)
        except ValueError:
            continue
        offset = stated_zone(text)
        return moment.replace(tzinfo=offset).astimezone(zone).date() if offset and zone else moment.date()
    return None


def stated_zone(text: str) -> tzinfo | None:
    """Return the offset from UTC a moment states: Z, +00, -0400 or -04:00."""
    found = _AFTER_TIME.search(text)
    written = found and found["zone"]
    if not written:
        return None
    return datetime.strptime(written if len(written) != 3 else f"{written}00", "%z").tzinfo


def number_reader(column: Column, spec: FieldSpec, recode: dict[str, str]) -> Reader:
    """Read a whole or decimal number within the declared range; a recode turns answer codes into numbers."""
    table = {folded(name): code for name, code in recode.items()}

    def read(text: str) -> Reading:
        plain = table.get(folded(text), clean(text) if spec.default is None else spec.default).replace(",", "")
        if plain == "":
            return Reading(None)
        if not re.fullmatch(r"-?\d+(\.\d+)?", plain):
            return Reading(None, "DQ24")
        number = float(plain)
        if column.low is not None and not column.low <= number <= (column.high or number):
            return Reading(None, "DQ24")
        return Reading(number if column.type == "DOUBLE" else round(number))

    return read


def minutes_reader(*, hours: bool = False) -> Reader:
    """Read a length: 90, "45 min", "45m", "1.5 hrs", "1:30", "½ hr"; outside 0–600 it is cleared."""

    def read(text: str) -> Reading:
        minutes = _minutes(clean(text).casefold(), hours)
        return Reading(minutes) if minutes is not None and 0 <= minutes <= 600 else Reading(None, "DQ21")

    return read


def _minutes(text: str, hours: bool) -> int | None:
    text = text.replace("1⁄2", "½").replace("½", ".5")
    if clock := re.fullmatch(r"(\d{1,2}):(\d{2})(:00)?", text):
        return int(clock[1]) * 60 + int(clock[2])
    found = re.fullmatch(r"(\d*\.?\d+) ?(m|min|mins|minutes?|h|hr|hrs|hours?)?\.?", text)
    if found is None:
        return None
    unit = (found[2] or ("h" if hours else "m"))[0]
    return round(float(found[1]) * (60 if unit == "h" else 1))


def units_reader(per_unit: float | str) -> Reader:
    """Read a length from billing units; the minutes of one are given, or stand in a second cell."""

    def read(units: str, rate: str = "") -> Reading:
        if not clean(units):
            return Reading(None)
        numbers = [clean(text) for text in (units, rate or str(per_unit))]
        if not all(re.fullmatch(r"\d+(\.\d+)?", text) for text in numbers):
            return Reading(None, "DQ21")
        minutes = round(float(numbers[0]) * float(numbers[1]))
        return Reading(minutes) if minutes <= 600 else Reading(None, "DQ21")

    return read


def clock_minutes(start: str, end: str) -> Reading:
    """Read a length from two clock times; midnight means the time is not known."""
    times = [clock(text) for text in (start, end)]
    if times[0] is None or times[1] is None or 0 in times:
        return Reading(None, "DQ21")
    minutes = times[1] - times[0]
    if minutes < 0:
        return Reading(None, "DQ22")
    return Reading(minutes) if minutes <= 600 else Reading(None, "DQ21")


def clock(text: str) -> int | None:
    """Read a time of day as minutes since midnight."""
    for form in ("%I:%M %p", "%I:%M%p", "%H:%M", "%H:%M:%S"):
        try:
            moment = datetime.strptime(clean(text).upper(), form)
        except ValueError:
            continue
        return moment.hour * 60 + moment.minute
    return None


def flag_reader(spec: FieldSpec, recode: dict[str, str]) -> Reader:
    """Read yes or no; a recode may turn an inverted flag round, `unmapped = "null"` leaves the rest empty."""
    table = {folded(name): code for name, code in recode.items()}

    def read(text: str) -> Reading:
        name = table.get(folded(text), folded(text))
        if name in _TRUE or name in _FALSE:
            return Reading(name in _TRUE)
        return Reading(None, "" if name == "" or spec.unmapped == "null" else "DQ19")

    return read


def text_reader(spec: FieldSpec, recode: dict[str, str]) -> Reader:
    """Read a short label such as a program or site code; a recode may unite spellings, of several the first counts."""
    table = {folded(name): code for name, code in recode.items()}

    def read(text: str) -> Reading:
        found = parts(text, spec.split) if spec.split else (text,)
        first = found[0] if found else ""
        return Reading(table.get(folded(first), clean(first)) or None, "DQ19" if len(found) > 1 else "")

    return read


def parts(cell: str, marks: Sequence[str]) -> tuple[str, ...]:
    """Return the different parts of a cell that names several things, in order."""
    for mark in marks[1:]:
        cell = cell.replace(mark, marks[0])
    return tuple(dict.fromkeys(part.strip() for part in cell.split(marks[0]) if part.strip()))
