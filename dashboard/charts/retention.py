"""Staying in touch: the curve with its band and at-risk row, the state stack and the gap-rule dots."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.look import BAND, BLUE, GRAY, GREEN, PERCENTS, SLATE, Trace, axis, figure, note
from dashboard.measures import Result, on_days
from dashboard.measures.wording import percent

MARKS = (30, 60, 90, 180, 365)
AT_RISK = (0, 30, 90, 180, 365)
LEVELS = (-26, 26, -50, 50)
EDGE = 0.2
FEWEST_AT_RISK = 10  # statistics.md section 4: the curve stops where fewer remain


def curve(result: Result) -> go.Figure:
    """Draw the share still in contact by day, as steps with a band, and the people at risk below."""
    frame = _drawable(result.frame)
    x, y = _steps(frame, "value")
    traces: list[Trace] = [
        {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": {"color": BLUE, "width": 2.5}}
        | {"hovertemplate": "day %{x}: %{y:.0f} % still in contact<extra></extra>"},
        *_band(frame),
        _marks(result),
        _at_risk_row(result),
    ]
    return figure(
        traces,
        400,
        xaxis=_days(frame) | {"anchor": "y"},
        yaxis=axis(range=[0, 104], ticksuffix=" %", domain=[0.27, 1], nticks=6),
        yaxis2=axis(range=[0, 1], domain=[0, 0.1], visible=False),
        annotations=[_below("People followed", "left"), _below("days since first contact", "right")],
    )


def state_stack(result: Result) -> go.Figure:
    """Draw what share is in contact, completed, left, or died or other, by day; the parts add up to 100 %."""
    frame = _drawable(result.frame)
    ends = frame.assign(ended=frame["died"] + frame["other"])
    looks = (
        ("value", "in contact", BLUE, ""),
        ("completed", "completed", GREEN, "/"),
        ("left", "left", GRAY, ""),
        ("ended", "died or other", SLATE, "x"),
    )
    traces = [_layer(ends, *look) for look in looks]
    return figure(
        traces,
        330,
        xaxis=_days(frame),
        yaxis=axis(range=[0, 100], ticksuffix=" %", nticks=6),
        hovermode="x unified",
        showlegend=True,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "traceorder": "normal"},
    )


def gap_dots(values: Sequence[tuple[int, float]], chosen: int) -> go.Figure:
    """Draw the 90-day share under each gap rule, (days, share), on one line; the rule in use is filled."""
    known = [(days, share) for days, share in values if share == share]
    traces: list[Trace] = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "x": [100 * share for _, share in known],
            "y": [0] * len(known),
            "line": {"color": GRAY, "width": 1},
            "marker": {
                "size": 14,
                "color": BLUE,
                "symbol": ["circle" if days == chosen else "circle-open" for days, _ in known],
                "line": {"width": 2},
            },
            "hovertext": [f"{days}-day rule: {100 * share:.0f} %" for days, share in known],
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
    ]
    # Labels take turns below and above, at growing distance, so that close values stay readable.
    labels = [
        note(f"{days} days: {100 * share:.0f} %", 100 * share, 0, yshift=LEVELS[i % len(LEVELS)], xanchor=_side(share))
        for i, (days, share) in enumerate(sorted(known, key=lambda pair: pair[1]))
    ]
    return figure(
        traces,
        190,
        xaxis=axis(range=[-2, 102], **PERCENTS),
        yaxis=axis(range=[-1, 1], visible=False),
        annotations=labels,
    )


def _side(share: float) -> str:
    """Return the side a label hangs from, so that it is not cut off at the edge of a small screen."""
    return "left" if share < EDGE else "right" if share > 1 - EDGE else "center"


def _drawable(frame: pd.DataFrame) -> pd.DataFrame:
    # No curve of few people, and none where few remain (statistics.md section 4).
    return frame[frame["reliable"].astype(bool)].sort_values("day")


def _steps(frame: pd.DataFrame, column: str) -> tuple[list[float], list[float]]:
    """Return a step line that starts at everyone on day 0."""
    first = [] if len(frame) and frame["day"].iloc[0] == 0 else [(0.0, 100.0)]
    points = first + [(float(d), 100 * float(v)) for d, v in zip(frame["day"], frame[column], strict=True)]
    stepped = [points[0]] if points else []
    for before, after in pairwise(points):
        stepped += [(after[0], before[1]), after]
    return [x for x, _ in stepped], [y for _, y in stepped]


def _band(frame: pd.DataFrame) -> list[Trace]:
    known = frame[frame["lower"].notna() & frame["upper"].notna()]
    if known.empty:
        return []
    upper, lower = ({"x": list(known["day"]), "y": [100 * v for v in known[c]]} for c in ("upper", "lower"))
    edge = {"type": "scatter", "mode": "lines", "line": {"width": 0, "shape": "hv"}, "hoverinfo": "skip"}
    return [edge | upper, edge | lower | {"fill": "tonexty", "fillcolor": BAND}]


def _marks(result: Result) -> Trace:
    """Return labeled dots at the days people ask about."""
    known = on_days(result, MARKS)
    known = known[known["reliable"].astype(bool)]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [int(day) for day in known["day"]],
        "y": [100 * float(value) for value in known["value"]],
        "text": [f"<b>{percent(float(value))}</b>" for value in known["value"]],
        "textposition": "top right",
        "cliponaxis": False,
        "marker": {"color": BLUE, "size": 8},
        "hoverinfo": "skip",
    }


def _at_risk_row(result: Result) -> Trace:
    known = on_days(result, AT_RISK)
    known = known[known["at_risk"] >= FEWEST_AT_RISK]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [int(day) for day in known["day"]],
        # Two levels, because the numbers of days 0 and 30 would touch on a small screen.
        "y": [0.8 if i % 2 == 0 else 0.1 for i in range(len(known))],
        "text": [f"{count:,.0f}" for count in known["at_risk"]],
        "yaxis": "y2",
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _layer(frame: pd.DataFrame, column: str, words: str, color: str, hatch: str) -> Trace:
    x, y = _steps(frame, column) if column == "value" else _rising(frame, column)
    return {
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


def _rising(frame: pd.DataFrame, column: str) -> tuple[list[float], list[float]]:
    """Return a step line that starts at nobody on day 0."""
    x, y = _steps(frame, column)
    if x and len(frame) and frame["day"].iloc[0] != 0:
        y[0] = 0.0
        y[1] = 0.0
    return x, y


def _days(frame: pd.DataFrame) -> dict[str, object]:
    last = float(frame["day"].max()) if len(frame) else 365.0
    ticks = [day for day in (*AT_RISK, 545, 730) if day <= last]
    return axis(range=[-last * 0.02, last * 1.04], tickvals=ticks)


def _below(text: str, side: str) -> dict[str, object]:
    return note(text, 0 if side == "left" else 1, 0.12, xref="paper", yref="paper", xanchor=side, yanchor="bottom")
