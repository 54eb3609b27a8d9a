"""How a value is written: whole percent, rates with their unit, and an en dash where there is none."""

from __future__ import annotations

from math import isnan

from dashboard.measures.definition import Measure
from dashboard.measures.result import Row

NO_VALUE = "–"
COMPLETENESS = {"incomplete": "not complete", "filling": "still filling", "complete": ""}
SHARES = ("share_of_people", "share_of_rows", "retention", "first_event", "matched_change")
FRACTIONS = {"half": 1 / 2, "one in three": 1 / 3, "two in three": 2 / 3, "three in four": 3 / 4}
FRACTION_WITHIN, FRACTION_FROM = 0.02, 30  # pages.md H6


def percent(share: float) -> str:
    """Whole percent; a share that is not 0 or 1 is never written as if it were."""
    if 0 < share < 0.005:
        return "under 1 %"
    if 0.995 < share < 1:
        return "over 99 %"
    return f"{100 * share:.0f} %"


def amount(value: float) -> str:
    """Three digits or so: 46.4, 1.94, 412, 1,362; whole numbers without decimals."""
    if value == round(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}".rstrip("0").rstrip(".")


def value_text(measure: Measure, value: float, reason: str = "") -> str:
    """Write one value; where there is none, an en dash and the reason."""
    if isnan(value):
        return f"{NO_VALUE} {reason}".strip()
    if measure.kind == "cost":
        return f"${value:,.0f}"
    return percent(value) if measure.kind in SHARES else amount(value)


def line_text(measure: Measure, value: float) -> str:
    """Write a mean or a limit: as a value, but a count without decimals where they would say nothing."""
    counted = measure.kind in {"people", "events"} and value >= 10
    return f"{value:,.0f}" if counted else value_text(measure, value)


def in_words(measure: Measure, row: Row) -> str:
    """Write a value with what it rests on: `44 % (61 of 140 people)`, `1.94 per 100 person-months (…)`."""
    text = value_text(measure, row.value, row.reason)
    if isnan(row.value):
        return text
    match measure.kind:
        case "share_of_people" | "share_of_rows":
            return f"{text} ({row.numerator:,.0f} of {row.denominator:,.0f} {measure.units})"
        case "matched_change":
            return f"{text} ({row.numerator:,.0f} of {row.denominator:,.0f} {measure.units} that changed)"
        case "cost":
            dollars = f"${row.numerator:,.0f}"
            return f"{text} per {measure.unit} ({dollars} for {row.denominator:,.0f} {measure.units})"
        case "rate":
            months = f"{row.denominator:,.1f} person-months"
            per = "person-month" if measure.per == 1 else f"{measure.per:.0f} person-months"
            return f"{text} per {per} ({row.numerator:,.0f} {measure.counted(row.numerator)} in {months})"
        case "median":
            return f"{text} ({row.denominator:,.0f} {measure.counted(row.denominator)})"
        case _:
            return f"{text} {measure.counted(row.value)}"


def state(row: Row) -> str:
    """Say what a reader must know of a value: period not complete, why there is none, too few; "" is nothing."""
    words = [COMPLETENESS[row.completeness], row.reason]
    if not row.reliable and not isnan(row.value):
        words.append("few: read as a count")
    return "; ".join(word for word in words if word)


def interval_title(measure: Measure) -> str:
    """Return the heading of the limits: quartiles hold the middle half, the rest are intervals or chart limits."""
    headings = {"quartiles": "Middle half", "t_chart": "Limits"}
    return headings.get(measure.interval, "95 % interval")


def fraction(share: float, n: float) -> str:
    """Return a plain fraction if the share is within 2 points of one and n is 30 or more, else percent."""
    for words, exact in FRACTIONS.items():
        if n >= FRACTION_FROM and abs(share - exact) <= FRACTION_WITHIN:
            return words
    return percent(share)
