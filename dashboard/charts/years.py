"""The year so far beside the year before: running totals by month of the year."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.look import BLUE, GRAY, Trace, axis, figure, note
from dashboard.charts.scale import value_axis
from dashboard.measures import Period, Result
from dashboard.measures.wording import COMPLETENESS

HALF = 6  # months after which a label would run out of the chart


def two_years(result: Result, years: Sequence[Period]) -> go.Figure:
    """Draw running totals of a monthly count for the last year (solid) and the one before (gray, dashed).

    Totals that rest on a month still filling are hollow.
    """
    lines = [(year, running_total(result, year)) for year in years]
    late = set(result.frame.loc[result.frame["completeness"] == "filling", "period_start"])
    traces: list[Trace] = []
    labels = []
    for i, (year, totals) in enumerate(reversed(lines)):
        color, dash = ((BLUE, "solid"), (GRAY, "dash"))[i]
        traces.append(_line(year, totals, late, color, dash))
        if len(totals):
            words = f" ({COMPLETENESS['filling']})" if totals.index[-1] in late else ""
            text = f"<b>{year.label}: {totals.iloc[-1]:,.0f}</b>{words}"
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


def _line(year: Period, totals: pd.Series[float], late: set[pd.Timestamp], color: str, dash: str) -> Trace:
    filling = [month in late for month in totals.index]
    said = [f"<br>{COMPLETENESS['filling']}" if is_filling else "" for is_filling in filling]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": year.label,
        "x": list(range(len(totals))),
        "y": [float(v) for v in totals],
        "line": {"color": color, "width": 2.5, "dash": dash},
        "marker": {
            "color": color,
            "size": [9 if is_filling else 6 for is_filling in filling],
            "symbol": ["circle-open" if is_filling else "circle" for is_filling in filling],
            "line": {"width": 2, "color": color},
        },
        "hovertext": [
            f"{year.label}, to the end of {month:%b}: {total:,.0f}{words}"
            for (month, total), words in zip(totals.items(), said, strict=True)
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
