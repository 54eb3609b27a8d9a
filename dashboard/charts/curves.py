"""Curves by days since the first contact: staying in touch, a first event, and events that repeat."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.charts.look import BLUE, GRAY, GREEN, SLATE, Trace, axis, note
from dashboard.charts.over_days import band, lines, marks, over_days, steps
from dashboard.measures import GRID, MONTHS, Result, drawn

LAYERS = (
    ("value", "in contact", BLUE, ""),
    ("completed", "completed", GREEN, "/"),
    ("left", "left", GRAY, ""),
    ("ended", "died or other", SLATE, "x"),
)


def curve(result: Result) -> go.Figure:
    """Draw one curve as steps with its band, and the people followed below; its kind decides where it begins."""
    match result.measure.kind:
        case "retention":
            return _staying(result)
        case "first_event":
            return _first_event(result)
        case _:
            return _repeated(result)


def _staying(result: Result) -> go.Figure:
    """Fall from everyone on day 0."""
    traces = [*lines(result, 100, 100, " % still in contact"), *band(result, 100), marks(result, GRID, 104)]
    return over_days(result, traces, axis(range=[0, 104], ticksuffix=" %", nticks=6))


def _first_event(result: Result) -> go.Figure:
    """Rise from nobody; who left without the event stands beside it, as leaving is part of the answer."""
    solid, _ = drawn(result)
    x, y = steps(solid, "left", 100, 0)
    top = min(104.0, 115 * max([*solid["upper"].dropna(), *solid["value"], *solid["left"], 0.1]))
    left: Trace = {"type": "scatter", "mode": "lines", "x": x, "y": y}
    left["line"] = {"color": GRAY, "width": 2, "dash": "dash"}
    left["hovertemplate"] = "day %{x}: %{y:.0f} % had left before one<extra></extra>"
    rising = [*lines(result, 100, 0, " % with a first one"), *band(result, 100)]
    label = [note("left before one", x[-1], y[-1], xanchor="right", **_away(y[-1], rising[0]["y"][-1]))] if x else []
    traces = [*rising, left, marks(result, (30, 90, 180, 365), top)]
    return over_days(result, traces, axis(range=[0, top], ticksuffix=" %", nticks=6), labels=label)


def _away(left: float, curve_at: float) -> dict[str, object]:
    """Put the label of the share who left on the side of its line where the curve is not."""
    return {"yanchor": "bottom", "yshift": 2} if left >= curve_at else {"yanchor": "top", "yshift": -2}


def _repeated(result: Result) -> go.Figure:
    """Rise from no event at all; the share who left stands below, month by month."""
    solid, _ = drawn(result)
    top = 1.12 * max([*solid["upper"].dropna(), *solid["value"]], default=0.0) or 1.0
    traces = [*lines(result, 1, 0, " per person"), *band(result, 1), marks(result, tuple(MONTHS), top)]
    return over_days(result, traces, axis(range=[0, top], nticks=6), left=True)


def state_stack(result: Result) -> go.Figure:
    """Draw what share is in contact, completed, left, or died or other, by day; the parts add up to 100 %."""
    solid, _ = drawn(result)
    ends = solid.assign(ended=solid["died"] + solid["other"])
    traces = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": x,
            "y": y,
            "name": words,
            "stackgroup": "states",
            "line": {"width": 0.5, "color": color},
            "fillpattern": {"shape": hatch, "fgcolor": color, "fillmode": "replace", "solidity": 0.35} if hatch else {},
            "fillcolor": color,
            "hovertemplate": "%{y:.0f} % " + words + "<extra></extra>",
        }
        for column, words, color, hatch in LAYERS
        for x, y in (steps(ends, column, 100, 100 if column == "value" else 0),)
    ]
    return over_days(
        result,
        traces,
        axis(range=[0, 100], ticksuffix=" %", nticks=6),
        hovermode="x unified",
        showlegend=True,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "traceorder": "normal"},
    )
