"""From a row of a result to printed cells: the only place a report turns a number into words."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import isnan
from typing import Literal

from dashboard.measures import Measure, Result, value_text
from dashboard.measures.result import Row
from dashboard.measures.wording import amount, percent
from dashboard.reports.document import EMPTY, Cell
from dashboard.standing import NOT_RELEASED, WITHHELD

Part = Literal["count", "out_of", "value", "low", "high"]
DIGITS = 9  # decimals kept of a number
LOW_END, HIGH_END = " from", " to"  # how columns of limits end
SHARES = {"share_of_people", "share_of_rows", "retention"}
COUNTS = {"people", "events"}


def cell(result: Result, row: Row | None, part: Part) -> Cell:
    """Return one part of one row. Nobody to count is 0; nobody to judge is no value.

    A count fills only `count`, since it has nothing it is out of. In a protected result the column `state`
    (shown, withheld, not_released) goes before everything else, the column `released` may name the level that
    is ("by quarter"), and a row that is not there was not released: only who counts rows knows it to be 0.
    """
    measure = result.measure
    if part != "count" and measure.kind in COUNTS:
        return EMPTY
    if row is None and result.query.audience != "director":
        return Cell(NOT_RELEASED)
    if row is None:
        return number(0) if part in {"count", "out_of"} else Cell("–")
    mark = hidden(result, row)
    if mark is not None:
        return mark
    match part:
        case "count":
            return number(float(row.value if measure.kind in COUNTS else row.numerator))
        case "out_of":
            return number(float(row.denominator))
        case _:
            return _value(measure, float({"value": row.value, "low": row.lower, "high": row.upper}[part]))


def hidden(result: Result, row: Row) -> Cell | None:
    """Return the mark of a row that a protected result hides; None for a row that is shown."""
    if "state" not in result.frame or row.state == "shown":
        return None
    level = str(row.released) if "released" in result.frame else ""
    return Cell(WITHHELD if row.state == "withheld" else f"{NOT_RELEASED} {level}".strip())


def number(value: float) -> Cell:
    """Return a plain number; an en dash where there is none."""
    return Cell("–") if isnan(value) else _printed_from(value, amount)


def share(value: float) -> Cell:
    """Return a share as percent; an en dash where there is none."""
    return Cell("–") if isnan(value) else _printed_from(value, percent)


def _printed_from(value: float, words: Callable[[float], str]) -> Cell:
    """Round away what the order of a sum leaves behind: 23.000000000000004 hours are 23 in every file."""
    kept = round(value, DIGITS)
    return Cell(words(kept), kept)


def printed(value: float, *, is_percent: bool) -> str:
    """Write a number as a report prints it; the way back from a file to its words."""
    return percent(value) if is_percent else amount(value)


def _value(measure: Measure, value: float) -> Cell:
    return Cell("–") if isnan(value) else _printed_from(value, partial(value_text, measure))


def part_header(measure: Measure, part: Part) -> str:
    """Name a column after what it holds."""
    if part == "count":
        return measure.short_title
    if part == "out_of":
        return "Person-months" if measure.kind == "rate" else "Out of"
    if part == "value":
        return "Share" if measure.kind in SHARES else _rate_header(measure) if measure.kind == "rate" else "Median"
    limits = "Middle half" if measure.interval == "quartiles" else "95 %"
    return f"{limits}{LOW_END if part == 'low' else HIGH_END}"


def _rate_header(measure: Measure) -> str:
    return "Per person-month" if measure.per == 1 else f"Per {measure.per:.0f} person-months"
