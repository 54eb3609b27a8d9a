"""A trend as a control chart: mean and limits thin, signals by shape, text and color of meaning (pages.md 5.2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.labels import column, notes_above
from dashboard.charts.look import BLUE, GRAY, PURPLE, VERMILLION, Trace, figure
from dashboard.charts.margins import LINE, WIDTH, longest
from dashboard.charts.scale import scaled, value_axis
from dashboard.charts.trend import band, lines_of, time_axis, time_span, whose
from dashboard.measures import Result, line_text
from dashboard.measures.estimates.arrays import Floats
from dashboard.measures.plans import Annotation, Target
from dashboard.measures.signals import mark_words
from dashboard.measures.trends import Trend

HEIGHT, TOP = 250, 12
HALF_DATE = 4  # letters of the last date that reach beyond the chart
MOST_TICKS = 4  # dates that fit beside the labels on a telephone
DASH = "4px,3px"  # short, so that it can be seen on the steps of limits that follow denominators
MEANT = {"improvement": BLUE, "concern": VERMILLION, "neutral": PURPLE}


def control_chart(trend: Trend, *, notes: Sequence[Annotation] = (), target: Target | None = None) -> go.Figure:
    """Draw the points of a trend with their limits, the periods after them hollow on a dashed line.

    `notes` are printed above the chart with a line at their day. `target` is a line over its time; it must be in
    the unit of the values, so never the yearly target of a count. Without any limits the line is the plain one,
    with the intervals of its values.
    """
    result = trend.result
    frame = result.frame.sort_values("period_start")
    limited = bool(np.isfinite(trend.chart.upper).any())
    points, *tail = lines_of(result, frame, GRAY if limited else BLUE)
    traces = [_marked(trend, points), *tail, *(_limits(trend) if limited else band(result, frame))]
    aims = _target(result, target, frame) if target else []
    labels = _labels(trend, limited, target)
    y = value_axis(result.measure, _values(trend, frame, limited, target))
    days, pixels = (frame["period_start"].min(), frame["period_end"].max()), HEIGHT - TOP - LINE
    named = notes_above(notes, days, pixels)
    right = max(longest([text for _, text in labels]), HALF_DATE)
    return figure(
        [*traces, *aims],
        HEIGHT + named.height,
        xaxis=time_axis(frame) | {"range": time_span(frame["period_start"]), "nticks": MOST_TICKS},
        yaxis=y,
        annotations=[*column(labels, tuple(y["range"]), pixels), *named.texts],
        shapes=list(named.lines),
        margin={"r": round(WIDTH * right) + 12, "t": TOP + named.height, "b": LINE},
    )


def _marked(trend: Trend, points: Trace) -> Trace:
    """Return the line with a diamond at every signal, in the color of what it means."""
    flagged = [MEANT.get(meaning, "") for meaning in trend.meaning]
    flagged += [""] * (len(points["x"]) - len(flagged))
    said = [mark_words(trend, i) for i in range(len(trend.labels))]
    said += [""] * (len(points["x"]) - len(said))
    marker = points["marker"]
    colors = [color or own for color, own in zip(flagged, marker["color"], strict=True)]
    return points | {
        "marker": {
            "color": colors,
            "symbol": ["diamond" if color else "circle" for color in flagged],
            "size": [11 if color else 7 for color in flagged],
            "line": {"width": 0},
            "opacity": 1,  # sizes of their own would make them pale
        },
        "hovertext": ["<br>".join(filter(None, pair)) for pair in zip(points["hovertext"], said, strict=True)],
    }


def _limits(trend: Trend) -> Iterator[Trace]:
    """Yield the mean and the limits, broken between phases; dashed where they rest on fewer than 12 points."""
    chart = trend.chart
    trial = np.asarray(chart.trial)
    for name, lines, width in (("mean", (chart.center,), 1.6), ("limits", (chart.upper, chart.lower), 1.0)):
        for dashed in (False, True):
            shown = [np.where(trial == dashed, line, np.nan) for line in lines]
            if any(np.isfinite(line).any() for line in shown):
                x, y = _broken(trend, shown)
                yield {"type": "scatter", "mode": "lines", "name": name, "x": x, "y": y, "hoverinfo": "skip"} | {
                    "line": {"color": GRAY, "width": width, "shape": "hvh", "dash": DASH if dashed else "solid"},
                    "connectgaps": False,
                }


def _broken(trend: Trend, lines: Sequence[Floats]) -> tuple[list[Any], list[float | None]]:
    """Return x and y of several lines as one, with a gap after each line and each phase."""
    x: list[Any] = []
    y: list[float | None] = []
    days = list(pd.to_datetime(trend.start))
    ends = {*np.flatnonzero(np.diff(trend.chart.phase)).tolist(), len(days) - 1}
    for line in lines:
        for i, value in enumerate(scaled(trend.result.measure, pd.Series(line))):
            x.append(days[i])
            y.append(None if value != value else value)
            if i in ends:
                x.append(days[i])
                y.append(None)
    return x, y


def _target(result: Result, target: Target, frame: pd.DataFrame) -> list[Trace]:
    """Return the line of a target over its time, as far as the chart goes."""
    first, last = frame["period_start"].min(), frame["period_start"].max()
    ends = [max(pd.Timestamp(target.first_day), first), min(pd.Timestamp(target.last_day), last)]
    line = {"color": BLUE, "width": 1.6, "dash": "dashdot"}
    height = scaled(result.measure, pd.Series([target.value] * 2))
    return [{"type": "scatter", "mode": "lines", "name": "target", "x": ends, "y": height, "line": line}]


def _values(trend: Trend, frame: pd.DataFrame, limited: bool, target: Target | None) -> list[float]:
    """Return what the scale must hold: values, limits (or intervals), and the target."""
    limits = pd.Series(trend.chart.upper) if limited else frame["upper"]
    aim = pd.Series([target.value] if target else [], dtype=float)
    return scaled(trend.result.measure, pd.concat([frame["value"], limits, aim]))


def _labels(trend: Trend, limited: bool, target: Target | None) -> list[tuple[float, str]]:
    """Return value and text of what is labeled at the right end: the last point, mean, limits and target."""
    if not trend.labels:
        return []
    measure, chart = trend.result.measure, trend.chart
    # Beside a hollow point it must be clear that this is not its value.
    month = whose(pd.Timestamp(trend.start[-1]), trend.result.frame)
    named = [("<b>{}</b>" + month, float(chart.value[-1]))]
    if limited:
        named += [("mean {}", float(chart.center[-1])), ("limit {}", float(chart.upper[-1]))]
        named += [("limit {}", float(chart.lower[-1]))]
    if target:
        named += [("target {}", target.value)]
    known = [(text.format(line_text(measure, value)), value) for text, value in named if value == value]
    heights = scaled(measure, pd.Series([value for _, value in known], dtype=float))
    return [(height, text) for height, (text, _) in zip(heights, known, strict=True)]
