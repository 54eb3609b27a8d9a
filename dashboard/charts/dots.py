"""Dots on aligned rows: a value with its interval per place, and offers that became connections."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.look import BLUE, GRAY, Trace, axis, figure, note
from dashboard.charts.rows import rows
from dashboard.charts.scale import hover, scaled, unknown_last, value_axis, words
from dashboard.measures import Result, value_text

ROW = 36


def dot_interval(result: Result, *, mean: float | None = None) -> go.Figure:
    """Draw a dot with its interval per value of the first dimension, by name; `mean` as a thin line."""
    by = result.query.by[0]
    frame = result.frame[result.frame["value"].notna()]
    frame = frame.assign(place=words(result, frame[by]))
    frame = frame.sort_values("place", ascending=False, key=lambda places: places.map(unknown_last))
    values, lows, highs = (scaled(result.measure, frame[c]) for c in ("value", "lower", "upper"))
    colors = [BLUE if reliable else GRAY for reliable in frame["reliable"]]
    trace: Trace = {
        "type": "scatter",
        "mode": "markers",
        "x": values,
        "y": list(frame["place"]),
        "marker": {"size": 10, "color": colors},
        "error_x": {
            "array": [h - v for h, v in zip(highs, values, strict=True)],
            "arrayminus": [v - low for v, low in zip(values, lows, strict=True)],
            "color": GRAY,
            "thickness": 1.5,
            "width": 4,
        },
        "hovertext": [
            hover(result.measure, row, place) for row, place in zip(rows(frame), frame["place"], strict=True)
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    tops = [h if h == h else v for h, v in zip(highs, values, strict=True)]
    line, label = _mean_line(result, mean)
    return _rows([trace], len(frame), value_axis(result.measure, tops), shapes=line, annotations=label)


def dumbbell(frame: pd.DataFrame) -> go.Figure:
    """Draw offered (hollow) and connected (filled) per domain, joined by a line, most offered on top.

    `frame` has one row per domain with the columns domain (words), offered, connected (linkages).
    """
    frame = frame.sort_values("offered")
    labels = list(frame["domain"])
    line: Trace = {
        "type": "scatter",
        "mode": "lines",
        "line": {"color": GRAY, "width": 2},
        "hoverinfo": "skip",
    }
    line["x"] = [x for a, b in zip(frame["connected"], frame["offered"], strict=True) for x in (a, b, None)]
    line["y"] = [y for label in labels for y in (label, label, None)]
    dots = [_ends(frame, labels, "connected", "circle"), _ends(frame, labels, "offered", "circle-open")]
    top = float(frame["offered"].max()) if len(frame) else 1.0
    return _rows([line, *dots], len(labels), axis(range=[-0.08 * top, top * 1.12], nticks=5))


def _ends(frame: pd.DataFrame, labels: Sequence[str], column: str, symbol: str) -> Trace:
    counts = [int(n) for n in frame[column]]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": counts,
        "y": list(labels),
        "text": [f"{n:,}" for n in counts],
        "textposition": "middle left" if column == "connected" else "middle right",
        "cliponaxis": False,
        "marker": {"size": 11, "color": BLUE, "symbol": symbol, "line": {"width": 2}},
        "hovertext": [f"{label}: {n:,} {column}" for label, n in zip(labels, counts, strict=True)],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _mean_line(result: Result, mean: float | None) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    if mean is None or mean != mean:
        return [], []
    x = scaled(result.measure, pd.Series([mean]))[0]
    line = {"type": "line", "x0": x, "x1": x, "y0": 0, "y1": 1, "yref": "paper"}
    label = f"program {value_text(result.measure, mean)}"
    return [line | {"line": {"color": GRAY, "width": 1, "dash": "dash"}}], [
        note(label, x, 1, yref="paper", yanchor="bottom", xanchor="center")
    ]


def _rows(traces: list[Trace], count: int, xaxis: dict[str, object], **layout: object) -> go.Figure:
    return figure(
        traces,
        count * ROW + 80,
        xaxis=xaxis,
        yaxis=axis(type="category", showgrid=True, range=[-0.6, count - 0.4]),
        margin={"r": 32, "t": 28},
        **layout,
    )
