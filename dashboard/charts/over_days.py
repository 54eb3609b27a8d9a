"""What curves by days since the first contact share: steps, the band, the gray end and the people followed below."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.look import BAND, BLUE, GRAY, Axis, Trace, axis, figure, note
from dashboard.charts.scale import is_share
from dashboard.measures import GRID, MONTHS, Result, drawn, on_days
from dashboard.measures.values import CURVE_MIN_AT_RISK
from dashboard.measures.wording import percent

STRIP_DAYS = (0, 30, 90, 180, 365)
YEARS = (365, 730, 1095, 1460, 1825)
LINE = 20  # pixels of one line of the strip
ABOVE, AXIS = 290, 34  # pixels of the curve itself, and of its axis of days
NEAR_AXIS = 0.1  # of its height: a label below would touch its numbers
Points = tuple[list[float], list[float]]


def steps(frame: pd.DataFrame, column: str, scale: float, start: float | None = None) -> Points:
    """Return days and values of a step line, values times `scale`; `start` is the value it has on day 0."""
    points = [(float(d), scale * float(v)) for d, v in zip(frame["day"], frame[column], strict=True)]
    if points and start is not None and points[0][0] > 0:
        points.insert(0, (0.0, start))
    stepped = points[:1]
    for before, after in pairwise(points):
        stepped += [(after[0], before[1]), after]
    return [x for x, _ in stepped], [y for _, y in stepped]


def lines(result: Result, scale: float, start: float, words: str) -> list[Trace]:
    """Return the curve, and its gray end where fewer than ten remain; the curve is trace 0."""
    solid, end = drawn(result)
    told = {"hovertemplate": f"day %{{x}}: %{{y:{',.0f' if scale == 100 else ',.2f'}}}{words}<extra></extra>"}
    traces = [_line(steps(solid, "value", scale, start), BLUE, 2.5) | told]
    if len(end):
        rest = pd.concat([solid.tail(1), end])  # begins at the last blue point, so that the two lines meet
        few = {"hovertemplate": "day %{x}: fewer than 10 people followed<extra></extra>"}
        traces.append(_line(steps(rest, "value", scale), GRAY, 1.5) | few)
    return traces


def band(result: Result, scale: float) -> list[Trace]:
    """Return the band as two edges; none where the curve is 0 or 1, as nothing can be said there."""
    solid, _ = drawn(result)
    known = solid[solid["lower"].notna() & solid["upper"].notna()]
    if known.empty:
        return []
    upper, lower = ({"x": list(known["day"]), "y": [scale * v for v in known[c]]} for c in ("upper", "lower"))
    edge = {"type": "scatter", "mode": "lines", "line": {"width": 0, "shape": "hv"}, "hoverinfo": "skip"}
    return [edge | upper, edge | lower | {"fill": "tonexty", "fillcolor": BAND}]


def marks(result: Result, days: Sequence[int], top: float) -> Trace:
    """Return labeled dots on the days people ask about, as far as the curve is drawn; the axis ends at `top`."""
    known = on_days(result, days)
    known = known[known["reliable"].astype(bool)]
    share, falls = is_share(result.measure), result.measure.kind == "retention"
    y = [(100 if share else 1) * float(value) for value in known["value"]]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [int(day) for day in known["day"]],
        "y": y,
        "text": [f"<b>{percent(v) if share else f'{v:.2f}'}</b>" for v in known["value"]],
        # Where the curve is not: above what falls, below what rises unless the axis is there.
        "textposition": ["top right" if falls else "bottom right" if v > NEAR_AXIS * top else "top left" for v in y],
        "cliponaxis": False,
        "marker": {"color": BLUE, "size": 8},
        "hoverinfo": "skip",
    }


def over_days(
    result: Result,
    traces: Sequence[Trace],
    y: Axis,
    *,
    left: bool = False,
    labels: Sequence[dict[str, object]] = (),
    **layout: object,
) -> go.Figure:
    """Return a figure of `traces` with the people followed on single days below; `left` adds the share who left."""
    rows = [("People followed", "at_risk")] + [("Left so far", "left")] * left
    days = (0, *MONTHS) if result.measure.kind == "repeated_events" else STRIP_DAYS
    known = on_days(result, days)
    known = known[(known["at_risk"] >= CURVE_MIN_AT_RISK) & (known["people"] > 0)]
    lines_each = 2 if left else 3  # a title, and numbers; those of days 0 and 30 would touch on one line
    strip = LINE * lines_each * len(rows)
    inner = ABOVE + AXIS + strip
    titles, numbers = [], []
    for i, (title, column) in enumerate(rows):
        top = strip - (i * lines_each + 0.5) * LINE  # the middle of the title's line
        side = {"xref": "paper", "yref": "paper", "yanchor": "middle", "y": top / inner}
        titles.append(note(title, 0, **side, xanchor="left"))
        if i == 0:
            titles.append(note("since the first contact", 1, **side, xanchor="right"))
        numbers.append(_numbers(known, column, (top - LINE) / strip, LINE / strip if lines_each > 2 else 0.0))
    return figure(
        [*traces, *numbers],
        inner + 16,
        xaxis=_days(result) | {"anchor": "y"},
        yaxis=y | {"domain": [(strip + AXIS) / inner, 1]},
        yaxis2=axis(range=[0, 1], domain=[0, strip / inner], visible=False),
        annotations=[*titles, *labels],
        margin={"b": 0},
        **layout,
    )


def _numbers(known: pd.DataFrame, column: str, top: float, lower: float) -> Trace:
    """Write one row of the strip; every second number stands `lower`."""
    texts = [percent(float(v)) if column == "left" else f"{v:,.0f}" for v in known[column]]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [int(day) for day in known["day"]],
        "y": [top - lower * (i % 2) for i in range(len(known))],
        "text": texts,
        "textposition": "middle center",
        "showlegend": False,
        "yaxis": "y2",
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _line(points: Points, color: str, width: float) -> Trace:
    x, y = points
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": {"color": color, "width": width}}


def _days(result: Result) -> Axis:
    """Return the axis of days, named by months where events per person are read."""
    solid, end = drawn(result)
    last = float(pd.concat([solid["day"], end["day"]]).max()) if len(solid) else 365.0
    months = {0: "0", **MONTHS} if result.measure.kind == "repeated_events" else None
    days = list(months or dict.fromkeys((0, *GRID, *YEARS)))
    shown = _apart([day for day in days if day <= last], last)
    names = {day: months[day] if months else f"{day} days" if day == shown[-1] else f"{day}" for day in shown}
    return axis(range=[-last * 0.02, last * 1.04], tickvals=shown, ticktext=list(names.values()), showgrid=False)


def _apart(days: Sequence[int], last: float) -> list[int]:
    """Leave out days whose labels would touch on a telephone."""
    kept: list[int] = []
    for day in days:
        if not kept or day - kept[-1] >= 0.08 * last:
            kept.append(day)
    return kept
