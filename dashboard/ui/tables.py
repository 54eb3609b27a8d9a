"""A result as a table people read: the same frame as the chart, in words and rounded numbers."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.charts.rows import only_row, rows
from dashboard.charts.scale import is_share, parts
from dashboard.measures import GRID, Result, on_days, title, value_text
from dashboard.measures.wording import interval_title, percent, state


def readable(result: Result) -> pd.DataFrame:
    """Return the rows of a result with titled columns: period, dimensions, value, n of N, interval, note."""
    frame, measure = result.frame, result.measure
    if measure.kind == "retention":
        return _curve(result)
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


def _curve(result: Result) -> pd.DataFrame:
    """Return the curve at the days people ask about, not at every day of it."""
    known = on_days(result, (0, *GRID))
    known = known[known["reliable"].astype(bool)]
    shares = {
        "value": "In contact",
        "completed": "Completed",
        "left": "Left",
        "died": "Died",
        "other": "Other",
    }
    table = {"Day": [f"{day:.0f}" for day in known["day"]]}
    table |= {title: [percent(float(v)) for v in known[column]] for column, title in shares.items()}
    return pd.DataFrame(table | {"People followed": [_whole(n) for n in known["at_risk"]]})


def _whole(value: float) -> str:
    return "–" if pd.isna(value) else f"{value:,.0f}"


def gap_table(values: Sequence[tuple[int, float]]) -> pd.DataFrame:
    """Return the share in touch at 90 days under each gap rule, as (days, share)."""
    rows = [(f"{days} days", "–" if share != share else percent(share)) for days, share in values]
    return pd.DataFrame(rows, columns=["Silence that counts as leaving", "In touch at 90 days"])


def overdose_table(survived: Result, rate: Result) -> pd.DataFrame:
    """Return the overdoses of one period: survived, outcome not known, and the rate of all of them."""
    count, all_of_them = (only_row(result) for result in (survived, rate))
    low, high = (value_text(rate.measure, limit) for limit in (all_of_them.lower, all_of_them.upper))
    rows = [
        (survived.measure.title, _whole(count.value)),
        ("Outcome not known", _whole(count.left_out)),
        (
            rate.measure.title,
            value_text(rate.measure, all_of_them.value, all_of_them.reason)
            + (f" (95 % interval {low} to {high})" if all_of_them.value == all_of_them.value else ""),
        ),
    ]
    return pd.DataFrame(rows, columns=["", str(count.period)])


def shares_table(results: Sequence[Result]) -> pd.DataFrame:
    """Return one line per result of one row: measure, percent, people and interval."""
    lines = []
    for result in results:
        row, measure = only_row(result), result.measure
        limits = " to ".join(value_text(measure, limit) for limit in (row.lower, row.upper))
        lines.append((measure.title, value_text(measure, row.value, row.reason), parts(measure, row), limits))
    return pd.DataFrame(lines, columns=["Measure", "Share", "People", "95 % interval"])
