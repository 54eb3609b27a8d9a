"""The year so far beside the year before: running totals by month of the year."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.look import BLUE, GRAY, Trace, axis, figure, note
from dashboard.charts.scale import value_axis
from dashboard.measures import Period, Result

HALF = 6  # months after which a label would run out of the chart


def two_years(result: Result, years: Sequence[Period]) -> go.Figure:
    """Draw running totals of a monthly count for the last year (solid) and the one before (gray, dashed)."""
    lines = [(year, running_total(result, year)) for year in years]
    traces: list[Trace] = []
    labels = []
    for i, (year, totals) in enumerate(reversed(lines)):
        color, dash = ((BLUE, "solid"), (GRAY, "dash"))[i]
        traces.append(_line(year, totals, color, dash))
        if len(totals):
            text = f"<b>{year.label}: {totals.iloc[-1]:,.0f}</b>"
            # The label stands on the side of its line where the other line is not.
            side = "left" if len(totals) <= HALF else "right"
            other = lines[i][1]  # lines are walked backward
            above = len(other) < len(totals) or other.iloc[len(totals) - 1] <= totals.iloc[-1]
            place = {"xanchor": side, "yanchor": "bottom" if above else "top"}
            labels.append(note(text, len(totals) - 1, totals.iloc[-1], **place))
    longest = max((totals for _, totals in lines), key=len)
    months = [f"{month:%b}" for month in longest.index]
    return figure(
        traces,
        300,
        xaxis=axis(showgrid=False, tickvals=list(range(len(months)))[::2], ticktext=months[::2], range=[-0.3, 11.3]),
        yaxis=value_axis(result.measure, [float(totals.max()) for _, totals in lines if len(totals)]),
        annotations=labels,
        margin={"t": 24},
    )


def running_total(result: Result, year: Period) -> pd.Series[float]:
    """Return the running total of complete months of `year`, by first day of the month."""
    frame = result.frame
    inside = frame["period_start"].between(pd.Timestamp(year.start), pd.Timestamp(year.end))
    months = frame[inside & (frame["completeness"] != "incomplete")].sort_values("period_start")
    return months.set_index("period_start")["value"].fillna(0).cumsum()


def _line(year: Period, totals: pd.Series[float], color: str, dash: str) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": year.label,
        "x": list(range(len(totals))),
        "y": [float(v) for v in totals],
        "line": {"color": color, "width": 2.5, "dash": dash},
        "marker": {"color": color, "size": 6},
        "hovertext": [f"{year.label}, to the end of {month:%b}: {total:,.0f}" for month, total in totals.items()],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
