"""Spending per person, where it is recorded for exactly a period of the calendar."""

from __future__ import annotations

import pandas as pd

from dashboard.measures import Period, measure, periods_of, value_text
from dashboard.measures.result import Row
from dashboard.ui.block import Block, absent, table
from dashboard.ui.view import ALL_COUNTIES, View, remembered

MEASURES = ("cost_per_person", "cost_per_person_with_win")
CALENDARS = ("federal_fiscal_year", "state_fiscal_year", "calendar_year", "quarter")


@remembered
def spending(view: View) -> Block:
    """Make the table of spending per person, for the periods whose spending is known."""
    if "spending" not in view.extras:
        return absent(measure(MEASURES[0]).title, "spending by period")
    asked = view.ask(MEASURES[0], *_periods(view))
    known = set(asked.frame.loc[asked.frame["value"].notna(), "period"])
    periods = tuple(period for period in asked.query.periods if period.label in known)
    if not periods:
        return absent(asked.measure.title, "spending for exactly a year or a quarter")
    found = {name: list(view.ask(name, *periods).frame.itertuples()) for name in MEASURES}
    lines = [_line(i, found) for i in range(len(periods))]
    header = ["Period", "Spent", "People supported", *(measure(name).short_title for name in MEASURES)]
    place = view.organization or ALL_COUNTIES
    return table(view, view.ask(MEASURES[0], *periods), pd.DataFrame(lines, columns=header), place=place)


def _periods(view: View) -> tuple[Period, ...]:
    """Return the complete periods of the usual calendars, each label once."""
    every = {p.label: p for name in CALENDARS for p in periods_of(name, view.data_start, view.as_of)}
    return tuple(period for period in every.values() if period.end <= view.as_of)


def _line(i: int, found: dict[str, list[Row]]) -> list[str]:
    first: Row = found[MEASURES[0]][i]
    values = [value_text(measure(name), found[name][i].value, found[name][i].reason) for name in MEASURES]
    return [first.period, f"${first.numerator:,.0f}", f"{first.denominator:,.0f}", *values]
