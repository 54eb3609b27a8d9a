"""Counties by their size: whoever lies inside the funnel differs no more than its size explains. Never ranked."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.look import BLUE, GRAY, PURPLE, VERMILLION, Trace, axis, figure, note
from dashboard.charts.rows import rows
from dashboard.charts.scale import hover, scaled, value_axis, words
from dashboard.measures import value_text
from dashboard.measures.estimates.funnel import ALERT, OUTLIER
from dashboard.measures.places import Places, place_words

EDGES = {ALERT: ("95 %: alert", "dash"), OUTLIER: ("99.8 %: outlier", "solid")}
BEYOND = "triangle-up"
SHAPES = {"": "circle", ALERT: "diamond", OUTLIER: "square"}
GOOD = {"higher": 1, "lower": -1}
NARROW = 0.25  # of the largest county: the funnel of smaller ones may leave the scale


def funnel(places: Places) -> go.Figure:
    """Draw each county's value by its people or person-months, with the average and the limits around it."""
    measure, frame = places.result.measure, places.frame
    largest = float(frame["denominator"].max()) if len(frame) else 1.0
    mean = scaled(measure, pd.Series([places.mean] * 2))
    average: Trace = {"type": "scatter", "mode": "lines", "x": [0, largest * 1.05], "y": mean, "name": "average"}
    average |= {"line": {"color": GRAY, "width": 1.5, "dash": "dot"}, "hoverinfo": "skip"}
    ceiling = max(_tops(places, largest), default=0.0)
    points = _points(places, ceiling)
    return figure(
        [points, average, *_edges(places)],
        380,
        xaxis=axis(range=[0, largest * 1.08], nticks=5, tickformat=",d", showgrid=False),
        yaxis=value_axis(measure, [ceiling]),
        annotations=[*_names(places, points), _below("person-months" if measure.kind == "rate" else "people")],
        showlegend=True,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "traceorder": "normal"},
        margin={"b": 52, "r": 24},
    )


def _points(places: Places, ceiling: float) -> Trace:
    """Place each county; one so small that its value leaves the scale stands at the top, pointing up."""
    measure, frame = places.result.measure, places.frame
    heights = scaled(measure, frame["value"])
    names = words(places.result, frame["county"])
    stands = [place_words(measure, label, side) for label, side in zip(frame["label"], frame["side"], strict=True)]
    texts = [hover(measure, row, name) for row, name in zip(rows(frame), names, strict=True)]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [float(n) for n in frame["denominator"]],
        "y": [min(height, ceiling) for height in heights],
        "marker": {
            "size": [12 if label else 9 for label in frame["label"]],
            "symbol": [
                BEYOND if height > ceiling else SHAPES[label]
                for height, label in zip(heights, frame["label"], strict=True)
            ],
            "color": [_color(measure.direction, side) for side in frame["side"]],
        },
        "cliponaxis": False,
        "showlegend": False,
        "hovertext": [f"{text}<br>{stand}" for text, stand in zip(texts, stands, strict=True)],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _color(direction: str, side: int) -> str:
    if not side:
        return GRAY
    good = GOOD.get(direction, 0)
    return PURPLE if not good else BLUE if side == good else VERMILLION


def _edges(places: Places) -> Iterator[Trace]:
    for level, (name, dash) in EDGES.items():
        for i, edge in enumerate(places.edges(level)):
            yield {
                "type": "scatter",
                "mode": "lines",
                "x": [float(x) for x in edge.exposure],
                "y": scaled(places.result.measure, pd.Series(edge.value)),
                "name": name,
                "showlegend": i == 0,
                "legendgroup": level,
                "line": {"color": GRAY, "width": 1, "dash": dash},
                "hoverinfo": "skip",
            }


def _tops(places: Places, largest: float) -> list[float]:
    """Return what the scale must hold: outer limits and values of all but the smallest counties, and who stands out."""
    _, upper = places.edges(OUTLIER)
    frame = places.frame
    shown = frame["value"][(frame["denominator"] >= NARROW * largest) | (frame["label"] != "")]
    limits = pd.Series(upper.value[upper.exposure >= NARROW * largest])
    return scaled(places.result.measure, pd.concat([limits, shown]).dropna())


def _names(places: Places, points: Trace) -> list[dict[str, object]]:
    """Name the counties beyond a limit beside their points, and with its value whoever is beyond the scale."""
    measure, frame = places.result.measure, places.frame
    beyond = [symbol == BEYOND for symbol in points["marker"]["symbol"]]
    names = [
        f"{name}: {value_text(measure, value)}" if over else name
        for name, value, over in zip(words(places.result, frame["county"]), frame["value"], beyond, strict=True)
    ]
    marked = [bool(label) or over for label, over in zip(frame["label"], beyond, strict=True)]
    spots = zip(points["x"], points["y"], names, marked, strict=True)
    middle = float(places.frame["denominator"].max()) / 2 if len(places.frame) else 0.0
    return [
        note(name, x, y, xanchor="left" if x < middle else "right", xshift=9 if x < middle else -9)
        for x, y, name, is_marked in spots
        if is_marked
    ]


def _below(text: str) -> dict[str, object]:
    return note(text, 1, 0, xref="paper", yref="paper", xanchor="right", yanchor="top", yshift=-26)
