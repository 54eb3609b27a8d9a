"""Horizontal bars from zero: people by domain, engagement steps, and wins that lasted."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.look import BLUE, GRAY, PERCENTS, Trace, axis, figure, note
from dashboard.charts.rows import Row, only_row, rows
from dashboard.charts.scale import hover, parts, scaled, value_axis, words
from dashboard.measures import Measure, Result, order, value_text

ROW = 38
LONGEST = 26  # letters of a label's line, or a telephone has no room for the bar
HATCHED = {
    "color": "rgba(118,118,118,0.08)",
    "pattern": {"shape": "/", "fgcolor": "rgba(118,118,118,0.45)", "size": 10, "solidity": 0.12},
    "line": {"color": GRAY, "width": 1},
}
PARTS = {
    "lasted": ("lasted", {"color": BLUE}),
    "ended": ("ended", {"color": GRAY}),
    "not_followed_up": ("not followed up", HATCHED),
}


def bars(result: Result, *, before: Result | None = None) -> go.Figure:
    """Draw one bar per value of the first dimension, longest on top; `before` as hollow dots."""
    by = result.query.by[0]
    frame = result.frame[result.frame["value"].notna()].sort_values(["value", by])
    labels = words(result, frame[by])
    values = scaled(result.measure, frame["value"])
    texts = [hover(result.measure, row, label) for row, label in zip(rows(frame), labels, strict=True)]
    traces = [_bar(labels, values, BLUE, texts)]
    top = values
    if before is not None and len(before.frame):
        traces.append(_earlier(before, set(labels)))
        top = values + list(traces[1]["x"])
    # The number stands beside the name: at the end of a bar it would collide with last year's dot.
    numbers = [value_text(result.measure, v) for v in frame["value"]]
    ticks = [f"{label}  <b>{n}</b>" for label, n in zip(labels, numbers, strict=True)]
    return _rows(traces, len(labels), value_axis(result.measure, top, showgrid=False), ticks)


def bars_in_order(result: Result) -> go.Figure:
    """Draw one bar per value of the first dimension, in the order of its codes from top to bottom, with its n of N."""
    by = result.query.by[0]
    frame = result.frame[result.frame["value"].notna()]
    frame = frame.iloc[sorted(range(len(frame)), key=lambda i: order(by, str(frame[by].iloc[i])), reverse=True)]
    labels, lines = words(result, frame[by]), rows(frame)
    texts = [hover(result.measure, row, label) for row, label in zip(lines, labels, strict=True)]
    values = scaled(result.measure, frame["value"])
    ticks = [
        f"{label}  <b>{value_text(result.measure, row.value)}</b>  {parts(result.measure, row)}".rstrip()
        for row, label in zip(lines, labels, strict=True)
    ]
    scale = value_axis(result.measure, values, showgrid=False)
    return _rows([_bar(labels, values, BLUE, texts)], len(labels), scale, ticks)


def steps(stages: Sequence[tuple[str, int, int]]) -> go.Figure:
    """Draw steps as (words, people who reached it, people who could have): percent bars with n of N."""
    labels = [label for label, _, _ in stages][::-1]
    shares = [100 * n / of if of else float("nan") for _, n, of in stages][::-1]
    texts = [f"<b>{100 * n / of:.0f} %</b>  {n:,} of {of:,}" if of else "–" for _, n, of in stages][::-1]
    # Inside a long bar, beside a short one: the label must never be cut off at the right edge.
    bar = _bar(labels, shares, BLUE, texts) | {
        "text": texts,
        "textposition": "auto",
        "insidetextanchor": "end",
    }
    return _rows([bar], len(labels), axis(range=[0, 100], showgrid=False, **PERCENTS))


def shares(results: Sequence[tuple[str, Result]]) -> go.Figure:
    """Draw one percentage per row with its interval and n of N; rows are (words, Result of one row)."""
    return _share_bars([(label, result.measure, only_row(result)) for label, result in results])


def shares_by(result: Result, *, expected: float | None = None) -> go.Figure:
    """Draw one percentage per combination of the dimensions of one result; `expected` (0 to 1) as a thin line."""
    names = zip(*(words(result, result.frame[name], i) for i, name in enumerate(result.query.by)), strict=True)
    lines = [(", ".join(name), result.measure, row) for name, row in zip(names, rows(result.frame), strict=True)]
    drawn = _share_bars([line for line in lines if line[2].value == line[2].value])
    if expected is None:
        return drawn
    at = {"type": "line", "x0": 100 * expected, "x1": 100 * expected, "y0": 0, "y1": 1, "yref": "paper"}
    label = note(f"expected {100 * expected:.0f} %", 100 * expected, 1, yref="paper", yanchor="bottom")
    return drawn.update_layout(
        shapes=[at | {"line": {"color": GRAY, "width": 1, "dash": "dash"}}], annotations=[label], margin={"t": 28}
    )


def _share_bars(lines: Sequence[tuple[str, Measure, Row]]) -> go.Figure:
    lines = lines[::-1]  # plotly draws upward
    labels = ["<br>".join(wrap(label, LONGEST)) for label, _, _ in lines]
    values = [100 * row.value for _, _, row in lines]
    bar = _bar(labels, values, BLUE, [hover(m, row, label) for label, m, row in lines])
    bar["error_x"] = {
        "array": [100 * (row.upper - row.value) for _, _, row in lines],
        "arrayminus": [100 * (row.value - row.lower) for _, _, row in lines],
        "color": GRAY,
        "thickness": 1.5,
        "width": 4,
    }
    named = zip(labels, lines, strict=True)
    ticks = [f"{label}<br><b>{value_text(m, row.value)}</b>  {parts(m, row)}" for label, (_, m, row) in named]
    scale = axis(range=[0, 100], **PERCENTS)
    tall = 0.5 * (1 + max((label.count("<br>") for label in ticks), default=1))
    return _rows([bar], len(labels) * (tall + 0.5), scale, ticks)


def lasting_parts(frame: pd.DataFrame) -> go.Figure:
    """Draw lasted, ended and not followed up as one bar per domain.

    `frame` has one row per domain with the columns domain (words), lasted, ended, not_followed_up (people).
    """
    total = frame[["lasted", "ended", "not_followed_up"]].sum(axis=1)
    labels = [f"{domain}, {of} people" for domain, of in zip(frame["domain"], total, strict=True)]
    traces: list[Trace] = []
    for column, (state, marker) in PARTS.items():
        percents = [100 * float(n) / float(of) for n, of in zip(frame[column], total, strict=True)]
        texts = [f"{int(n)} {state}" for n in frame[column]]
        numbers = [f"<b>{int(n)}</b>" if n else "" for n in frame[column]]
        label = {"text": numbers, "textposition": "inside", "insidetextanchor": "middle", "textangle": 0}
        traces.append(_bar(labels, percents, BLUE, texts) | {"marker": marker, "name": state} | label)
    traces[-1]["textfont"] = {"color": GRAY}
    drawn = _rows(traces, len(labels) * 1.6, axis(range=[0, 100], showgrid=False, **PERCENTS))
    legend = {"orientation": "h", "y": 1.02, "yanchor": "bottom", "traceorder": "normal"}
    return drawn.update_layout(barmode="stack", showlegend=True, legend=legend)


def _bar(labels: Sequence[str], values: Sequence[float], color: str, texts: Sequence[str]) -> Trace:
    return {
        "type": "bar",
        "orientation": "h",
        "x": list(values),
        "y": list(labels),
        "marker": {"color": color},
        "hovertext": list(texts),
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _earlier(before: Result, shown: set[str]) -> Trace:
    """Return last year's values as hollow dots, for the rows that are drawn."""
    by = before.query.by[0]
    frame = before.frame[before.frame["value"].notna()]
    frame = frame[[word in shown for word in words(before, frame[by])]]
    labels = words(before, frame[by])
    texts = [
        hover(before.measure, row, f"{label}, {row.period}") for row, label in zip(rows(frame), labels, strict=True)
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": scaled(before.measure, frame["value"]),
        "y": labels,
        # White inside, to be seen on the bar as well as beside it.
        "marker": {"symbol": "circle", "size": 11, "color": "#FFFFFF", "line": {"width": 2, "color": GRAY}},
        "hovertext": texts,
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _rows(traces: list[Trace], rows: float, xaxis: dict[str, object], ticks: Sequence[str] = ()) -> go.Figure:
    named = {"tickvals": list(range(len(ticks))), "ticktext": list(ticks)} if ticks else {}
    return figure(
        traces,
        int(rows * ROW + 60),
        xaxis=xaxis,
        yaxis=axis(showgrid=False, type="category", **named),
        bargap=0.35,
        margin={"r": 40, "t": 8},
    )
