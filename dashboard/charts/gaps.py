"""Days between rare events, one point per gap, with the limits of a t-chart; the gap still open is hollow."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.look import BLUE, GRAY, PURPLE, VERMILLION, Trace, axis, figure, note
from dashboard.measures.estimates.arrays import Floats
from dashboard.measures.signals import mark_words, open_words
from dashboard.measures.trends import Trend
from dashboard.measures.wording import amount

COLORS = {"improvement": BLUE, "concern": VERMILLION, "neutral": PURPLE, "": GRAY}
MOST = 60  # points: older gaps set the limits, but would leave no room for the newest


def gap_chart(trend: Trend) -> go.Figure:
    """Draw the newest gaps of a t-chart in order of time, its limits, and the open gap hollow after them."""
    first = max(0, len(trend.labels) - MOST)
    number = np.arange(len(trend.labels))[first:] + 1
    days = trend.chart.value[first:]
    top = float(np.nanmax([*days, *trend.chart.upper[first:], trend.open_days, 1.0]))
    last = len(trend.labels) + 1
    x = [int(n) for n in number]
    traces = [_gaps(trend, first, x), *_limits(trend, first, x), *_open(trend, last)]
    return figure(
        traces,
        300,
        xaxis=axis(showgrid=False, range=[first + 0.4, last + 0.6], nticks=6, tickformat=",d"),
        yaxis=axis(range=[0, 1.12 * top], nticks=5, ticksuffix=" days"),
        annotations=_labels(trend),
        margin={"r": 72, "b": 46},
    )


def _gaps(trend: Trend, first: int, x: list[int]) -> Trace:
    """Return the closed gaps; a signal is a diamond in the color of its meaning."""
    places = range(first, len(trend.labels))
    texts = [f"{amount(float(trend.chart.value[i]))} days, to {trend.labels[i]}" for i in places]
    marked = [mark_words(trend, i) for i in places]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": x,
        "y": [float(v) for v in trend.chart.value[first:]],
        "line": {"color": GRAY, "width": 1.5},
        "marker": {
            "size": [11 if trend.rule[i] else 7 for i in places],
            "symbol": ["diamond" if trend.rule[i] else "circle" for i in places],
            "color": [COLORS[trend.meaning[i]] for i in places],
        },
        "cliponaxis": False,
        "hovertext": [f"{text}<br>{words}" if words else text for text, words in zip(texts, marked, strict=True)],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _limits(trend: Trend, first: int, x: list[int]) -> Iterator[Trace]:
    """Yield center and limits, drawn on to the open gap; dashed while they rest on fewer than 12 gaps."""
    if not trend.limited:
        return
    dash = "dash" if trend.trial else "solid"
    for line, width in ((trend.chart.center, 1.5), (trend.chart.lower, 1), (trend.chart.upper, 1)):
        yield {"type": "scatter", "mode": "lines", "x": [*x, x[-1] + 1], "y": _on(line[first:])} | {
            "line": {"color": GRAY, "width": width, "dash": dash},
            "hoverinfo": "skip",
        }


def _on(line: Floats) -> list[float]:
    values = [float(v) for v in line]
    return [*values, values[-1]]


def _open(trend: Trend, last: int) -> Iterator[Trace]:
    if np.isnan(trend.open_days):
        return
    closed = len(trend.labels)
    x = ([closed] if closed else []) + [last]
    y = ([float(trend.chart.value[-1])] if closed else []) + [trend.open_days]
    color = COLORS["improvement" if trend.open_is_long else ""]
    yield {
        "type": "scatter",
        "mode": "lines+markers",
        "x": x,
        "y": y,
        "line": {"color": GRAY, "width": 1.5, "dash": "dot"},
        "marker": {"size": [0, 11][-len(x) :], "symbol": "circle-open", "color": color, "line": {"width": 2}},
        "hovertext": ["", open_words(trend)][-len(x) :],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
    }


def _labels(trend: Trend) -> list[dict[str, object]]:
    below = note("one point per gap, in order of time", 0.5, -0.2, xref="paper", yref="paper", xanchor="center")
    if not trend.limited:
        return [below]
    side = {"xref": "paper", "xanchor": "left", "xshift": 6}
    named = (("middle", trend.chart.center[-1]), ("limit", trend.chart.upper[-1]))
    return [below, *(note(f"{name} {amount(round(float(y)))}", 1, float(y), **side) for name, y in named)]
