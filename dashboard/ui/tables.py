"""A result as a table people read: the same frame as the chart, in words and rounded numbers."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.charts.rows import Row, only_row, rows
from dashboard.charts.scale import is_share, parts
from dashboard.measures import Result, title, value_text
from dashboard.measures.definition import CURVES
from dashboard.measures.wording import interval_title, percent, state
from dashboard.ui.curve_tables import curve_table


def readable(result: Result) -> pd.DataFrame:
    """Return the rows of a result with titled columns: period, dimensions, value, n of N, interval, note."""
    frame, measure = result.frame, result.measure
    if measure.kind in CURVES:
        return curve_table(result)
    table = pd.DataFrame({"Period": frame["period"]}, index=frame.index)
    for name in result.query.by:
        table[title(name)] = [result.label(name, code) for code in frame[name]]
    table[measure.short_title] = [value_text(measure, value) for value in frame["value"]]
    if is_share(measure) or measure.kind == "rate":
        table["Numerator"] = [_whole(n) for n in frame["numerator"]]
        header = "Person-months" if measure.kind == "rate" else "Denominator"
        table[header] = [_whole(n) for n in frame["denominator"]]
    if frame["lower"].notna().any():
        table[interval_title(measure)] = [
            f"{value_text(measure, low)} to {value_text(measure, high)}" if pd.notna(low) else "–"
            for low, high in zip(frame["lower"], frame["upper"], strict=True)
        ]
    notes = [state(row) for row in rows(frame)]
    if any(notes):
        table["Note"] = notes
    return table.reset_index(drop=True)


def _whole(value: float) -> str:
    return "–" if pd.isna(value) else f"{value:,.0f}"


def gap_table(values: Sequence[tuple[int, float]]) -> pd.DataFrame:
    """Return the share in touch at 90 days under each gap rule, as (days, share)."""
    rows = [(f"{days} days", "–" if share != share else percent(share)) for days, share in values]
    return pd.DataFrame(rows, columns=["Silence that counts as leaving", "In touch at 90 days"])


def overdose_table(survived: Result, died: Result, rate: Result) -> pd.DataFrame:
    """Return overdoses by outcome and the rate of all of them, one column per period of twelve months."""
    columns = {}
    of_all = dict(zip((row.period for row in rows(rate.frame)), rows(rate.frame), strict=True))
    fatal = dict(zip(died.frame["period"], died.frame["value"], strict=True))
    for row in rows(survived.frame):
        columns[row.period] = [
            _whole(row.value),
            _whole(row.left_out),
            _whole(fatal[row.period]),
            _with_interval(rate, of_all[row.period]),
        ]
    names = [survived.measure.title, "Overdoses, outcome not known", died.measure.title, rate.measure.title]
    return pd.DataFrame({"": names, **columns})


def _with_interval(result: Result, row: Row) -> str:
    text = value_text(result.measure, row.value, row.reason)
    if row.value != row.value:
        return text
    low, high = (value_text(result.measure, limit) for limit in (row.lower, row.upper))
    few = "; few: read as a count" if not row.reliable else ""
    return f"{text} (95 % interval {low} to {high}{few})"


def shares_table(results: Sequence[Result]) -> pd.DataFrame:
    """Return one line per result of one row: measure, percent, people and interval."""
    lines = []
    for result in results:
        row, measure = only_row(result), result.measure
        limits = " to ".join(value_text(measure, limit) for limit in (row.lower, row.upper))
        lines.append((measure.title, value_text(measure, row.value, row.reason), parts(measure, row), limits))
    return pd.DataFrame(lines, columns=["Measure", "Share", "People", "95 % interval"])
