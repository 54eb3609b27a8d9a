"""Sentences about results: one place writes them all, and a table in the tests pins them (pages.md 3)."""

from __future__ import annotations

import re

from dashboard.measures.change import Change, newest, year_on_year
from dashboard.measures.curve_prose import curve_words
from dashboard.measures.definition import CURVES
from dashboard.measures.result import Result, Row
from dashboard.measures.wording import amount, fraction, in_words, value_text

SHARES = ("share_of_people", "share_of_rows")


def headline(level: Result, change: Result | None = None) -> str:
    """Return a headline: a level clause about the newest complete period, and at most one change clause.

    `change` may be another measure that the change clause speaks of. Empty if there is no value that can
    carry a headline (none, or one that is not reliable): the title is then the page's name.
    """
    row = newest(level)
    if row is None or not row.reliable or not level.measure.clause or row.numerator == 0:
        return ""
    found = year_on_year(change or level)
    if level.measure.kind == "rate" and change is None and found is not None:
        return _sentence(f"{level.measure.subject}: {_against(level, found)}")
    words = _level(level, row)
    if found is None or not found.supported:
        return _sentence(words)
    about = _against(change or level, found)
    return _sentence(f"{words}; {change.measure.subject} {about}" if change else f"{words}, {about}")


def compare(result: Result) -> str:
    """Return the comparison of a card in words; empty if there is nothing to compare with."""
    found = year_on_year(result)
    if found is None or result.measure.direction == "none":
        return ""
    if not found.supported:
        return "about the same as a year ago"
    if result.measure.kind in {"people", "events"}:
        difference = found.now.value - found.before.value
        return f"{amount(abs(difference))} {'more' if found.up else 'fewer'} than a year ago"
    return f"{'up' if found.up else 'down'} from {value_text(result.measure, found.before.value)} a year ago"


def alt_text(kind: str, result: Result, place: str, withheld: int = 0) -> str:
    """Describe a chart: kind, measure, place, period, what it shows, and how many numbers are withheld."""
    labels = [period.label for period in result.query.periods]
    span = labels[0] if len(labels) == 1 else f"{labels[0]} to {labels[-1]}"
    hidden = f" {withheld} numbers withheld." if withheld else ""
    return f"{kind}: {result.measure.title}, {place}, {span}. {_shows(result)}{hidden}"


def _level(result: Result, row: Row) -> str:
    clause, measure = result.measure.clause, result.measure
    value, n, total = row.value, row.numerator, row.denominator
    words = fraction(value, total) if measure.kind in SHARES else value_text(measure, value)
    if " in " in words:  # "two in three new people", but "half of new people"
        clause = clause.replace("{value} of ", "{value} ")
    amounts = {"value": words, "n": amount(n), "period": _period(row.period)}
    if "{total}" in clause:
        amounts["total"] = amount(total)
    words = clause.format(**amounts)
    return re.sub(rf"(?<!\S)1 {measure.units}", f"1 {measure.unit}", words) if n == 1 else words


def _against(result: Result, found: Change) -> str:
    """Say how a value compares with the year before, in the words the measure's direction allows (H4)."""
    if not found.supported:
        return "no clear difference from the year before"
    before = value_text(result.measure, found.before.value)
    if result.measure.direction in {"higher", "lower"}:
        return f"{'up' if found.up else 'down'} from {before}"
    return f"{'higher' if found.up else 'lower'} than the year before ({before})"


def _period(label: str) -> str:
    """Write a period label inside a sentence."""
    if label.startswith(("12 months", "Grant year")):
        return f"the {label[:1].lower()}{label[1:]}"
    return label


def _shows(result: Result) -> str:
    frame = result.frame
    known = frame[frame["value"].notna()]
    if known.empty:
        return "No value can be computed."
    if result.measure.kind in CURVES and not result.query.by:
        return curve_words(result)
    if result.query.by:
        return f"{len(known)} of {len(frame)} values shown; see the table."
    row: Row = newest(result) or next(known.tail(1).itertuples())
    low, high = (value_text(result.measure, float(v)) for v in (known["value"].min(), known["value"].max()))
    between = f" Values run from {low} to {high}." if len(known) > 1 else ""
    return f"{row.period}: {in_words(result.measure, row)}.{between}"


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
