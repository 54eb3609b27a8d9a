"""Follow-up assessments: how many were done on time, and the change of the people asked twice.

Whoever was not reached stays in the picture: the last columns say where these people started (measures.md 7).
"""

from __future__ import annotations

import pandas as pd

from dashboard.charts import shares_by
from dashboard.measures import Result, value_text
from dashboard.measures.result import Row
from dashboard.measures.wording import amount, percent
from dashboard.ui.block import Block, absent, chart, table
from dashboard.ui.view import View, remembered

NEEDED = "follow-up assessments"
SELECTIVE = (
    "Follow-up is too selective to judge what a program does. For questions answered with yes or no, a percentage is "
    "the share whose answer the instrument counts as favorable (for an arrest: none)."
)
EXPECTED = 0.8  # of the follow-ups due, as most federal funders ask
KIND_OF = ("instrument", "timepoint")
OUTCOMES = ("on_time", "off_time", "declined", "missed", "not_done")


@remembered
def asked_again(view: View) -> Block:
    """Make the block of follow-ups done on time, by instrument, with what became of the others in its table."""
    if "assessments" not in view.extras:
        return absent("Follow-up assessments", NEEDED)
    result = view.ask("followup_rate", view.year, by=KIND_OF)
    rows = outcomes_table(result, view.ask("followup_rate", view.year, by=(*KIND_OF, "outcome")))
    title, note = result.measure.title, "due in the period; declining is a choice"
    figure = shares_by(result, expected=EXPECTED)
    return chart(view, result, figure, "Bars", heading=title, about="By instrument", subtitle=note, table=rows)


@remembered
def change(view: View) -> Block | None:
    """Make the table of change between two assessments of the same people, the people not reached last."""
    if "assessments" not in view.extras:
        return None
    result = view.ask("matched_change", view.year, by=(*KIND_OF, "item"))
    title, about = result.measure.title, "People reached at both times, and where the others began"
    return table(view, result, change_table(result), heading=title, about=about, says=SELECTIVE)


def outcomes_table(rate: Result, parts: Result) -> pd.DataFrame:
    """Return one row per instrument and point in time: share on time, then the follow-ups by what became known."""
    counted = parts.frame.set_index([*KIND_OF, "outcome"])["denominator"]
    lines = []
    rows: list[Row] = list(rate.frame.itertuples())
    for row in rows:
        numbers = [counted.get((row.instrument, row.timepoint, code), 0.0) for code in OUTCOMES]
        share = value_text(rate.measure, row.value)
        limits = f"{value_text(rate.measure, row.lower)} to {value_text(rate.measure, row.upper)}"
        lines.append((*_named(rate, row), share, limits, amount(row.denominator), *map(amount, numbers)))
    outcomes = [parts.label("outcome", code) for code in OUTCOMES]
    return pd.DataFrame(lines, columns=["Instrument", "Point in time", "On time", "95 % interval", "Due", *outcomes])


def change_table(result: Result) -> pd.DataFrame:
    """Return one row per question: improved, same and worse of the pairs, where they and the others started."""
    rows: list[Row] = [row for row in result.frame.itertuples() if row.pairs or row.not_reached]
    lines = []
    for row in rows:
        improved = f"{value_text(result.measure, row.value)} ({row.numerator:.0f} of {row.denominator:.0f})"
        limits = f"{percent(row.lower)} to {percent(row.upper)}" if row.lower == row.lower else "–"
        name, timepoint = _named(result, row)
        lines.append(
            {
                "Question": result.label("item", row.item),
                "Instrument": f"{name}, {timepoint.lower()}",
                "Pairs": amount(row.pairs),
                "Improved, same, worse": f"{row.numerator:.0f}, {row.same:.0f}, {row.denominator - row.numerator:.0f}",
                "Improved, of those that changed": improved if row.denominator else "–",
                "95 % interval": limits,
                "Reached: at first, then": _began(row.pairs, row.positive_before, row.median_start)
                + f", {_then(row)}" * bool(row.pairs),
                "Not reached: at first": f"{amount(row.not_reached)} people: "
                + _began(row.not_reached, row.not_reached_positive, row.not_reached_median_start)
                if row.not_reached
                else "0 people",
            }
        )
    return pd.DataFrame(lines)


def _began(people: float, positive: float, middle: float) -> str:
    """Say where people started: the share with a good answer, or the middle of a score of many points."""
    if not people:
        return "–"
    return percent(positive / people) if _is_yes_or_no(middle) else f"median {amount(middle)}"


def _then(row: Row) -> str:
    if _is_yes_or_no(row.median_start):
        return percent(row.positive_after / row.pairs)
    return f"median change {row.median_change:+.1f}".replace("-", "−")


def _is_yes_or_no(middle: float) -> bool:
    return 0 <= middle <= 1


def _named(result: Result, row: Row) -> tuple[str, str]:
    return result.label("instrument", row.instrument), result.label("timepoint", row.timepoint)
