"""The county maps, drawn from shapes on this machine: classes of counts or smoothed rates, never raw rates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from math import nextafter
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.look import GRAY, Trace, axis, figure
from dashboard.charts.rows import rows
from dashboard.charts.scale import hover, words
from dashboard.measures import Result, in_words, value_text
from dashboard.measures.places import Places
from dashboard.measures.wording import amount, percent

Class = tuple[str, float, float, str]  # words, lowest, highest, tint
TINTS = ("#D6E6F2", "#A8CBE6", "#6FAEDB", "#3D8FC4")  # dark numbers can be read on each of them
INK = "#111111"
NONE = "rgba(118,118,118,0.15)"
MAP_CONFIG = {"topojsonURL": "/app/static/"}
MOST_LABELS = 20  # counties: more numbers would cover each other on a telephone; the table has them
MANY = 12  # counties from which one large one would leave all others in the lowest class of equal width
FEWEST_COUNTIES = 6  # pages.md 5.6: fewer make a list, not a map


def county_map(result: Result, shapes: Mapping[str, Any]) -> go.Figure:
    """Draw a count by county in at most four classes, and 0 apart, with the count written on each county.

    `shapes` is a GeoJSON feature collection whose features have the five-digit county code as `id`.
    """
    known = {feature["id"] for feature in shapes["features"]}
    frame = result.frame[result.frame["county"].isin(known) & result.frame["value"].notna()]
    classes = classes_of([int(v) for v in frame["value"]])
    texts = _written([value_text(result.measure, value) for value in frame["value"]])
    counts = [float(v) for v in frame["value"]]
    return drawn_on_map(
        Areas(list(frame["county"]), counts, texts, _hovers(result, frame)), classes, shapes, result.measure.units
    )


def smoothed_map(places: Places, shapes: Mapping[str, Any]) -> go.Figure:
    """Draw smoothed rates by county in at most four classes of equal width, with each rate written on its county."""
    known = {feature["id"] for feature in shapes["features"]}
    frame = places.frame[places.frame["county"].isin(known) & places.frame["smoothed"].notna()]
    values = [float(v) for v in frame["smoothed"]]
    names = words(places.result, frame["county"])
    texts = [amount(round(v, 1)) for v in values]
    own = zip(names, texts, frame["weight"], rows(frame), strict=True)
    hovers = [
        f"{name}<br><b>{text}</b> smoothed<br>weight of own data {percent(weight)}<br>"
        f"own {in_words(places.result.measure, row)}"
        for name, text, weight, row in own
    ]
    legend = f"per {places.result.measure.per:.0f} person-months, smoothed"
    return drawn_on_map(
        Areas(list(frame["county"]), values, _written(texts), hovers), _rate_classes(values), shapes, legend
    )


def _written(texts: list[str]) -> list[str]:
    return texts if len(texts) <= MOST_LABELS else [""] * len(texts)


@dataclass(frozen=True, slots=True)
class Areas:
    """What is drawn: codes of counties, their values, the texts written on them and those a pointer shows."""

    codes: Sequence[str]
    values: Sequence[float]
    texts: Sequence[str]
    hovers: Sequence[str]

    def within(self, low: float, high: float) -> tuple[list[str], list[str]]:
        """Return codes and hovers of the counties of one class."""
        inside = [i for i, value in enumerate(self.values) if low <= value <= high]
        return [self.codes[i] for i in inside], [self.hovers[i] for i in inside]


def drawn_on_map(areas: Areas, classes: Sequence[Class], shapes: Mapping[str, Any], legend: str) -> go.Figure:
    """Draw areas in their classes, with their texts where there are any; `legend` says what is counted."""
    traces = [_class(label, tint, *areas.within(low, high), shapes) for label, low, high, tint in classes]
    if any(areas.texts):
        traces.append(_labels(areas, shapes, classes))
    return figure(
        traces,
        460,
        geo={
            "visible": False,
            "bgcolor": "rgba(0,0,0,0)",
            "projection": {"type": "mercator"},
            **_bounds_of(shapes, areas.codes),
        },
        showlegend=True,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "title": {"text": f"{legend} "}},
        margin={"l": 0, "r": 0, "t": 8, "b": 0},
        yaxis=axis(visible=False),
    )


def subset(shapes: Mapping[str, Any], codes: Set[str]) -> dict[str, Any]:
    """Return the features of the counties named, and nothing else: a browser needs no other shape."""
    features = [feature for feature in shapes["features"] if feature["id"] in codes]
    return {"type": "FeatureCollection", "features": features}


def classes_of(values: Sequence[int]) -> list[Class]:
    """Return (words, low, high, tint): zero apart, the others in up to four classes; none without a county."""
    classes: list[Class] = [("0", 0, 0, NONE)] if 0 in values else []
    some = sorted(value for value in values if value)
    low = 1
    for high, tint in zip(_bounds(some), TINTS, strict=False):
        if any(low <= value <= high for value in some):
            classes.append((f"{low:,}–{high:,}", low, high, tint))
        low = high + 1
    return classes


def _bounds(some: Sequence[int]) -> list[int]:
    """Return the upper ends of the classes: of equal width, or for many counties near their quartiles."""
    if not some:
        return []
    if len(some) < MANY:
        width = _round_up(some[-1] / len(TINTS))
        return [width * i for i in range(1, len(TINTS) + 1)]
    quartiles = [_round_up(some[len(some) * i // 4]) for i in (1, 2, 3)]
    return sorted({*(bound for bound in quartiles if bound < some[-1]), some[-1]})


def _rate_classes(values: Sequence[float]) -> list[Class]:
    """Return classes of equal width with one decimal; all counties in one where they hardly differ."""
    low, high = min(values, default=0.0), max(values, default=0.0)
    if low == high:
        return [(f"{low:.1f}", low, high, TINTS[0])]
    edges = [low + (high - low) * i / len(TINTS) for i in range(len(TINTS))] + [high]
    found = [
        (f"{a:.1f}–{b:.1f}", a if i == 0 else nextafter(a, b), b, tint)
        for i, (a, b, tint) in enumerate(zip(edges[:-1], edges[1:], TINTS, strict=True))
    ]
    return [part for part in found if any(part[1] <= value <= part[2] for value in values)]


def _round_up(width: float) -> int:
    """Return the next class width people can read: 5, 10, 25, 50, 100, 250, ..."""
    scale = 1
    while True:
        for step in (1, 2, 5, 10, 25, 50):
            if step * scale >= width:
                return step * scale
        scale *= 100


def _class(label: str, tint: str, codes: list[str], hovers: list[str], shapes: Mapping[str, Any]) -> Trace:
    return {
        "type": "choropleth",
        "geojson": shapes,
        "locations": codes,
        "z": [1] * len(codes),
        "colorscale": [[0, tint], [1, tint]],
        "showscale": False,
        "showlegend": True,
        "name": label,
        "marker": {"line": {"color": GRAY, "width": 1}},
        "hovertext": hovers,
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _labels(areas: Areas, shapes: Mapping[str, Any], classes: Sequence[Class]) -> Trace:
    """Write each value on its county, so that color is never the only sign."""
    centers = {feature["id"]: _center(feature["geometry"]) for feature in shapes["features"]}
    spots = [centers[code] for code in areas.codes]
    return {
        "type": "scattergeo",
        "mode": "text",
        "lon": [lon for lon, _ in spots],
        "lat": [lat for _, lat in spots],
        "text": list(areas.texts),
        "textfont": {"color": [_ink(value, classes) for value in areas.values], "size": 14},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _ink(value: float, classes: Sequence[Class]) -> str:
    """Return a text color that can be read on the tint of the value's class."""
    tint = next(tint for _, low, high, tint in classes if low <= value <= high)
    return GRAY if tint == NONE else INK


def _bounds_of(shapes: Mapping[str, Any], codes: Sequence[str]) -> dict[str, Any]:
    """Return the longitudes and latitudes that hold the counties; Plotly's own fit leaves half the room empty."""
    points = [
        point
        for feature in shapes["features"]
        if feature["id"] in set(codes)
        for ring in _rings(feature["geometry"])
        for point in ring
    ]
    if not points:
        return {"fitbounds": "locations"}
    lons, lats = [p[0] for p in points], [p[1] for p in points]
    return {"lonaxis": {"range": [min(lons), max(lons)]}, "lataxis": {"range": [min(lats), max(lats)]}}


def _rings(geometry: Mapping[str, Any]) -> list[list[list[float]]]:
    """Return the outer ring of every part of a county."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [polygon[0] for polygon in polygons]


def _center(geometry: Mapping[str, Any]) -> tuple[float, float]:
    """Return the center of gravity of the largest ring, where its number stands."""
    ring = np.array(max(_rings(geometry), key=len), dtype=float)
    (x, y), (after_x, after_y) = ring[:-1].T, ring[1:].T
    cross = x * after_y - after_x * y
    area = 3 * cross.sum()
    if area == 0:
        return float(x.mean()), float(y.mean())
    return float(((x + after_x) * cross).sum() / area), float(((y + after_y) * cross).sum() / area)


def _hovers(result: Result, frame: pd.DataFrame) -> list[str]:
    places = words(result, frame["county"])
    return [hover(result.measure, row, place) for row, place in zip(rows(frame), places, strict=True)]
