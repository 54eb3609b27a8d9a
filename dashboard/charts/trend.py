"""Values over time: one line, or one small line per county, with hollow marks where data still arrive."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.look import BAND, BLUE, FONT_SIZE, GRAY, Trace, axis, figure, note
from dashboard.charts.rows import rows
from dashboard.charts.scale import hover, scaled, unknown_last, value_axis, words
from dashboard.measures import Result, value_text
from dashboard.measures.wording import COMPLETENESS

MONTH = pd.Timedelta(days=32)
HIGH, LOW = 0.9, 0.25  # of the highest: texts above or below such points would leave the plot
BESIDE = 8  # points as wide as the words "still filling"


def trend(result: Result, *, color: str = BLUE, interval: bool = True, height: int = 260) -> go.Figure:
    """Draw a measure by period: complete points solid, later ones hollow on a dashed line."""
    frame = result.frame.sort_values("period_start")
    # The line is trace 0, so that tests and readers find it there.
    traces = [*lines_of(result, frame, color), *(band(result, frame) if interval else ())]
    tops = scaled(result.measure, frame["upper"].fillna(frame["value"]) if interval else frame["value"])
    return figure(
        traces,
        height,
        xaxis=time_axis(frame),
        yaxis=value_axis(result.measure, tops),
        annotations=_end_label(result, frame),
        margin={"r": 56 if (frame["completeness"] == "complete").all() else 92},
    )


def small_multiples(result: Result, *, columns: int = 3, row_height: int = 170) -> go.Figure:
    """Draw one small line per value of the first dimension, all on one scale, ordered by name."""
    by = result.query.by[0]
    groups = [(words(result, [code])[0], frame) for code, frame in result.frame.groupby(by)]
    groups.sort(key=lambda group: unknown_last(group[0]))
    columns = min(columns, len(groups)) or 1
    lines = -(-len(groups) // columns) or 1
    tops = scaled(result.measure, result.frame["value"])
    traces: list[Trace] = []
    layout: dict[str, Any] = {}
    for i, (place, frame) in enumerate(groups):
        at = "" if i == 0 else str(i + 1)
        x0, y0, x1, y1 = _cell(i % columns, i // columns, columns, lines, row_height)
        ordered = frame.sort_values("period_start")
        layout[f"xaxis{at}"] = _year_axis(frame) | {"domain": [x0, x1], "anchor": f"y{at}"}
        scale = layout[f"yaxis{at}"] = value_axis(
            result.measure, tops, domain=[y0, y1], anchor=f"x{at}", nticks=3, showticklabels=i % columns == 0
        )
        own = [*map(_thin, lines_of(result, ordered, BLUE, place)), _names(result, ordered, place, scale["range"][1])]
        traces += [trace | {"xaxis": f"x{at}", "yaxis": f"y{at}"} for trace in own]
    return figure(traces, lines * row_height + 24, margin={"r": 24, "t": 24}, **layout)


def _cell(column: int, line: int, columns: int, lines: int, height: int) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of one small chart, leaving room for its name and its months."""
    below, above = 34 / (lines * height), 30 / (lines * height)
    top = 1 - line / lines
    return column / columns, top - 1 / lines + below, (column + 1) / columns - 0.06, top - above


def _thin(line: Trace) -> Trace:
    """Return a line for a small chart: without dots, unless they are hollow."""
    thin = line | {"line": line["line"] | {"width": 1.8}}
    if "symbol" not in line["marker"]:
        return thin | {"mode": "lines"}
    return thin | {"marker": line["marker"] | {"size": [6 if "open" in dot else 0 for dot in line["marker"]["symbol"]]}}


def _names(result: Result, frame: pd.DataFrame, place: str, top: float) -> Trace:
    """Write the name of a small chart above its left end, and its last complete value beside a dot.

    As a trace of text: an annotation each would take a third of the time of the whole chart.
    """
    known = _complete(frame).tail(1)
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [frame["period_start"].iloc[0], *known["period_start"]],
        "y": [top, *scaled(result.measure, known["value"])],
        "text": [f"<b>{text}</b>" for text in (place, *(value_text(result.measure, v) for v in known["value"]))],
        "textposition": ["top right", "middle right"][: 1 + len(known)],
        "marker": {"size": [0, 6][: 1 + len(known)], "color": BLUE},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def lines_of(result: Result, frame: pd.DataFrame, color: str, place: str = "") -> list[Trace]:
    """Return the solid line of complete periods; after it, if there are later ones, a hollow one and what they are.

    A small chart, of one `place` among several, has no room for the words.
    """
    complete = frame["completeness"] == "complete"
    solid = _points(result, frame[complete], color, place)
    tail = frame[~complete]
    if tail.empty:
        return [solid]
    if complete.any():
        # The dashed line starts at the last complete point, or the two lines would not meet.
        tail = pd.concat([frame[complete].tail(1), tail])
    hollow = _points(result, tail, color, place)
    first = "circle" if complete.any() else "circle-open"
    hollow["line"]["dash"] = "dot"
    hollow["marker"]["symbol"] = [first, *["circle-open"] * (len(tail) - 1)]
    return [solid, hollow, *([] if place else _provisional(result, frame, tail))]


def _provisional(result: Result, frame: pd.DataFrame, tail: pd.DataFrame) -> Iterator[Trace]:
    """Say at the last hollow point what it is: above the newest points, or below them where they are near the top."""
    known = tail[tail["value"].notna()].tail(1)
    if known.empty:
        return
    heights = [height for height in scaled(result.measure, frame["value"]) if height == height]
    near, top = heights[-BESIDE:], max(heights)
    below = max(near) > HIGH * top and min(near) > LOW * top
    yield {
        "type": "scatter",
        "mode": "text",
        "name": "provisional",
        "x": list(known["period_start"]),
        "y": [min(near) if below else max(near)],
        "text": [COMPLETENESS[known["completeness"].item()]],
        "textposition": "bottom left" if below else "top left",
        "textfont": {"size": FONT_SIZE},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _points(result: Result, frame: pd.DataFrame, color: str, place: str) -> Trace:
    # A value of few events is gray: read it as a count (pages.md section 2, state "unreliable").
    marks = [color if reliable else GRAY for reliable in frame["reliable"]]
    texts = [hover(result.measure, row, f"{place + ', ' if place else ''}{row.period}") for row in rows(frame)]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": list(frame["period_start"]),
        "y": scaled(result.measure, frame["value"]),
        "line": {"color": color, "width": 2},
        "marker": {"color": marks, "size": 7, "line": {"width": 2, "color": marks}},
        "connectgaps": False,
        "cliponaxis": False,
        "hovertext": texts,
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def band(result: Result, frame: pd.DataFrame) -> Iterator[Trace]:
    """Return the interval as closed shapes, one per run of periods without a gap."""
    has = frame["lower"].notna() & frame["upper"].notna()
    for _, run in frame[has].groupby((~has).cumsum()[has]):
        x = [*run["period_start"], *run["period_start"][::-1]]
        y = [*scaled(result.measure, run["upper"]), *scaled(result.measure, run["lower"][::-1])]
        yield {"type": "scatter", "mode": "lines", "x": x, "y": y, "fill": "toself", "fillcolor": BAND} | {
            "line": {"width": 0},
            "hoverinfo": "skip",
        }


def time_axis(frame: pd.DataFrame) -> dict[str, Any]:
    """Return the axis of periods: as many months as fit, or first, middle and last of longer periods."""
    spots = frame.drop_duplicates("period_start").sort_values("period_start").reset_index(drop=True)
    longest = (spots["period_end"] - spots["period_start"]).max()
    if len(spots) > 1 and longest < MONTH:
        return axis(type="date", showgrid=False, tickformat="%b %Y")
    picks = sorted({0, (len(spots) - 1) // 2, len(spots) - 1}) if len(spots) else []
    return axis(
        type="date",
        showgrid=False,
        tickvals=list(spots.loc[picks, "period_start"]),
        ticktext=list(spots.loc[picks, "period"]),
    )


def time_span(starts: pd.Series[pd.Timestamp]) -> list[pd.Timestamp]:
    """Return the ends of a time axis; without them, texts above a chart would stretch it."""
    first, last = starts.min(), starts.max()
    edge = max((last - first) * 0.03, pd.Timedelta(days=12))
    return [first - edge, last + edge]


def _year_axis(frame: pd.DataFrame) -> dict[str, Any]:
    """Return the axis of a small chart: the Januaries only, because no longer label fits on a telephone."""
    years = sorted({start.year for start in frame["period_start"] if start.month == 1})
    ticks = [pd.Timestamp(year, 1, 1) for year in years]
    return axis(type="date", tickvals=ticks, ticktext=[f"’{year % 100:02d}" for year in years])


def _end_label(result: Result, frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Label the last complete point at the right end of the line; beside a later, hollow one it says whose it is."""
    known = _complete(frame).tail(1)
    if known.empty:
        return []
    value, end = known["value"].item(), frame["period_start"].max()
    label = f"<b>{value_text(result.measure, value)}</b>" + whose(known["period_start"].item(), frame)
    y = scaled(result.measure, known["value"])[0]
    return [note(label, end, y, xref="x", yref="y", xanchor="left", xshift=8)]


def whose(start: pd.Timestamp, frame: pd.DataFrame) -> str:
    """Name the month a label at the right end speaks of, where later months are drawn; nothing for other periods."""
    monthly = (frame["period_end"] - frame["period_start"]).max() < MONTH
    return f" {start:%b}" if monthly and frame["period_start"].max() > start else ""


def _complete(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[(frame["completeness"] == "complete") & frame["value"].notna()]
