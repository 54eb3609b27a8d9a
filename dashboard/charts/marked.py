"""Charts of published numbers: what is withheld or not released stands on the chart as its mark, without length.

Everything drawn is a function of what is shown: axes, order and labels. A withheld row comes last, by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import wrap

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.bars import bars
from dashboard.charts.look import BLUE, GRAY, PERCENTS, SERIES, Trace, axis, figure, note
from dashboard.charts.margins import left_of
from dashboard.charts.rows import rows
from dashboard.charts.scale import hover, scaled, unknown_last, value_axis, words
from dashboard.charts.trend import trend
from dashboard.measures import Result

LONGEST = 18  # letters of a line of a place's name, or a telephone has no room for the dots
COLUMN = {"fillcolor": "rgba(118,118,118,0.12)", "line": {"width": 0}}  # where a number is not shown
WORDS = {"withheld": "withheld", "not_released": "not released"}


def marked_trend(result: Result, marks: Mapping[str, str]) -> go.Figure:
    """Draw a measure by period; a period that is not shown breaks the line, and has its mark in a shaded column.

    The mark stands at half the height of the chart whatever the axis, so that nobody reads it as a value.
    """
    drawn = trend(result)
    frame = result.frame[result.frame["state"] != "shown"]
    for start, end, state in zip(frame["period_start"], frame["period_end"], frame["state"], strict=True):
        half = (end - start) / 2
        drawn.add_shape(
            type="rect", x0=start - half, x1=start + half, y0=0, y1=1, yref="paper", layer="below", **COLUMN
        )
        drawn.add_annotation(note(marks[state], start, 0.5, yref="paper", font={"size": 18}))
    return drawn


def marked_bars(result: Result, marks: Mapping[str, str]) -> go.Figure:
    """Draw one bar per shown value, longest on top, and below them the others by name with their marks."""
    by = result.query.by[0]
    drawn = bars(result)
    others = result.frame[result.frame["state"] != "shown"]
    names = sorted(zip(words(result, others[by]), others["state"], strict=True))
    shown = list(drawn.layout.yaxis.ticktext or ())
    labels = [_label(name, state, marks) for name, state in reversed(names)]
    places = [*(name for name, _ in reversed(names)), *(drawn.data[0].y if drawn.data else ())]
    drawn.add_trace({"type": "bar", "orientation": "h", "x": [0] * len(names), "y": [name for name, _ in names]})
    drawn.data[-1].update(hovertext=[f"{n}: {WORDS[s]}" for n, s in names], hovertemplate="%{hovertext}<extra></extra>")
    rows_high = drawn.layout.height / max(len(shown), 1) if shown else 38
    return drawn.update_layout(
        height=int(drawn.layout.height + min(rows_high, 38) * len(names)),
        margin={"l": left_of([*labels, *shown])},
        yaxis={
            "categoryorder": "array",
            "categoryarray": places,
            "tickvals": list(range(len(places))),
            "ticktext": [*labels, *shown],
            "range": [-0.6, len(places) - 0.4],
        },
    )


def marked_dots(result: Result, marks: Mapping[str, str], mean: float | None = None) -> go.Figure:
    """Draw a dot with its interval per place, by name; places without a number have their mark in the label."""
    by = result.query.by[0]
    frame = result.frame.assign(place=words(result, result.frame[by]))
    frame = frame.sort_values("place", ascending=False, key=lambda places: places.map(unknown_last))
    values, lows, highs = (scaled(result.measure, frame[c]) for c in ("value", "lower", "upper"))
    dots: Trace = {
        "type": "scatter",
        "mode": "markers",
        "x": values,
        "y": list(frame["place"]),
        "marker": {"size": 10, "color": [BLUE if reliable else GRAY for reliable in frame["reliable"]]},
        "error_x": {
            "array": [high - value for high, value in zip(highs, values, strict=True)],
            "arrayminus": [value - low for value, low in zip(values, lows, strict=True)],
            "color": GRAY,
            "thickness": 1.5,
            "width": 4,
        },
        "hovertext": [hover(result.measure, row, p) for row, p in zip(rows(frame), frame["place"], strict=True)],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
    }
    tops = [high if high == high else value for high, value in zip(highs, values, strict=True)]
    named = list(frame["place"])
    line = _line(result, mean)
    return figure(
        [dots],
        len(named) * 36 + 80,
        xaxis=value_axis(result.measure, tops, nticks=4),
        yaxis=axis(
            type="category",
            categoryorder="array",
            categoryarray=named,
            tickvals=list(range(len(named))),
            ticktext=[_label(name, state, marks) for name, state in zip(named, frame["state"], strict=True)],
            range=[-0.6, len(named) - 0.4],
        ),
        margin={"r": 32, "t": 28},
        **line,
    )


def _label(name: str, state: str, marks: Mapping[str, str]) -> str:
    mark = f"  <b>{marks[state]}</b>" if state in marks else ""
    return "<br>".join(wrap(name, LONGEST)) + mark


def _line(result: Result, mean: float | None) -> dict[str, list[dict[str, object]]]:
    if mean is None or mean != mean:
        return {}
    x = scaled(result.measure, pd.Series([mean]))[0]
    drawn: dict[str, object] = {"type": "line", "x0": x, "x1": x, "y0": 0, "y1": 1, "yref": "paper"}
    return {
        "shapes": [drawn | {"line": {"color": GRAY, "width": 1, "dash": "dash"}}],
        "annotations": [note("program", x, 1, yref="paper", yanchor="bottom", xanchor="center")],
    }


def grid_dots(
    cohorts: Mapping[str, Result], days: Mapping[str, tuple[int, ...]], marks: Mapping[str, str]
) -> go.Figure:
    """Draw the share still in touch at the days of a fixed grid, dots of one color per cohort; no steps between them.

    A day that is not shown of some cohort has the mark at its label; the table says of which.

    `cohorts`: name to a result with one row per day of `days`.
    """
    traces: list[Trace] = []
    gone: dict[int, str] = {}
    for color, (name, result) in zip(SERIES, cohorts.items(), strict=False):
        shares = scaled(result.measure, result.frame["value"])
        texts = [
            hover(result.measure, row, f"{name}, day {d}")
            for row, d in zip(rows(result.frame), days[name], strict=True)
        ]
        traces.append(
            {
                "type": "scatter",
                "mode": "markers+text",
                "x": list(days[name]),
                "y": shares,
                "text": [f"{share:.0f} %" if share == share else "" for share in shares],
                "textposition": "top center",
                "marker": {"size": 11, "color": color},
                "name": name,
                "hovertext": texts,
                "hovertemplate": "%{hovertext}<extra></extra>",
                "cliponaxis": False,
            }
        )
        gone |= {d: str(s) for d, s in zip(days[name], result.frame["state"], strict=True) if s != "shown"}
    every = sorted({day for own in days.values() for day in own})
    return figure(
        traces,
        320,
        xaxis=axis(
            showgrid=False,
            tickvals=every,
            ticktext=[f"{day}" + (f"<br><b>{marks[gone[day]]}</b>" if day in gone else "") for day in every],
            title={"text": "days since first contact", "standoff": 4},
            range=[0, max(every, default=1) * 1.06],
        ),
        yaxis=axis(range=[-1, 104], **PERCENTS),
        showlegend=len(cohorts) > 1,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom"},
        margin={"t": 40, "b": 72},
    )
