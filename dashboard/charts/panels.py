"""A rate above the contacts behind it: two panels on one time axis, never two scales on one panel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.labels import notes_above
from dashboard.charts.look import BLUE, GRAY, Trace, figure, note
from dashboard.charts.margins import LINE
from dashboard.charts.rows import rows
from dashboard.charts.scale import hover, scaled, value_axis
from dashboard.charts.trend import time_axis, time_span
from dashboard.measures import Result
from dashboard.measures.plans import Annotation

HEIGHT, TOP = 440, 16

WIDEST = 3  # times the highest rate: intervals beyond leave the scale where every rate rests on few events


def rate_over_contacts(rates: Result, contacts: Result, *, notes: Sequence[Annotation] = ()) -> go.Figure:
    """Draw rolling rates as dots with intervals above contacts per month as bars; hollow or pale while still filling.

    Both results have one row per month: a rate stands at the last month of its twelve. `notes` stand above with a
    line at their day.
    """
    ends = rates.frame.assign(month=rates.frame["period_end"].dt.to_period("M").dt.to_timestamp())
    monthly = contacts.frame[contacts.frame["period_start"] >= ends["month"].min()]
    bars: Trace = {
        "type": "bar",
        "x": list(monthly["period_start"]),
        "y": [float(v) for v in monthly["value"]],
        "marker": {
            "color": BLUE,
            "opacity": [0.7 if state == "complete" else 0.3 for state in monthly["completeness"]],
            "line": {"color": BLUE, "width": [0 if state == "complete" else 1 for state in monthly["completeness"]]},
        },
        "yaxis": "y2",
        "hovertext": [hover(contacts.measure, row, row.period) for row in rows(monthly)],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    titles = [
        ("<b>Rate</b> of the 12 months to each month", 1.0),
        ("<b>Contacts</b> per month", 0.3),
    ]
    days = monthly["period_start"].min(), monthly["period_end"].max()
    named = notes_above(notes, days, HEIGHT - TOP - LINE)
    return figure(
        [_dots(rates, ends), bars],
        HEIGHT + named.height,
        xaxis=time_axis(monthly) | {"anchor": "y2", "range": time_span(monthly["period_start"])},
        yaxis=value_axis(rates.measure, _tops(rates, ends), domain=[0.42, 0.93]),
        yaxis2=value_axis(contacts.measure, bars["y"], domain=[0, 0.23], nticks=3),
        annotations=[*(_title(text, y) for text, y in titles), *named.texts],
        shapes=list(named.lines),
        margin={"t": TOP + named.height},
    )


def _title(text: str, y: float) -> dict[str, Any]:
    return note(text, 0, y, xref="paper", yref="paper", xanchor="left", yanchor="top")


def _tops(rates: Result, ends: pd.DataFrame) -> list[float]:
    """Return what the scale must hold: intervals of few events may leave it, or they would flatten all others."""
    trusted = ends[ends["reliable"].astype(bool)]
    uppers = trusted["upper"] if len(trusted) else ends["upper"].clip(upper=WIDEST * ends["value"].max())
    return scaled(rates.measure, pd.concat([uppers, ends["value"]]))


def _dots(rates: Result, ends: pd.DataFrame) -> Trace:
    values, lows, highs = (scaled(rates.measure, ends[column]) for column in ("value", "lower", "upper"))
    return {
        "type": "scatter",
        "mode": "markers",
        "x": list(ends["month"]),
        "y": values,
        "marker": {
            "color": GRAY,
            "size": 9,
            "symbol": ["circle" if state == "complete" else "circle-open" for state in ends["completeness"]],
            "line": {"width": 2, "color": GRAY},
        },
        "error_y": {
            "array": [high - value for high, value in zip(highs, values, strict=True)],
            "arrayminus": [value - low for value, low in zip(values, lows, strict=True)],
            "color": GRAY,
            "thickness": 1.2,
            "width": 3,
        },
        "hovertext": [hover(rates.measure, row, row.period) for row in rows(ends)],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
