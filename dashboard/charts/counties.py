"""The county map, drawn from shapes on this machine: classes of counts, never a scale of raw rates."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.look import GRAY, Trace, axis, figure
from dashboard.charts.rows import rows
from dashboard.charts.scale import hover, words
from dashboard.measures import Result, value_text

Class = tuple[str, int, int, str]  # words, lowest, highest, tint
TINTS = ("#D6E6F2", "#8FBFE0", "#3D8FC4", "#0072B2")
NONE = "rgba(118,118,118,0.15)"
MAP_CONFIG = {"topojsonURL": "/app/static/"}
FEWEST_COUNTIES = 6  # pages.md 5.6: fewer make a list, not a map


def county_map(result: Result, shapes: Mapping[str, Any]) -> go.Figure:
    """Draw a count by county in at most four classes, and 0 apart, with the count written on each county.

    `shapes` is a GeoJSON feature collection whose features have the five-digit county code as `id`.
    """
    known = {feature["id"] for feature in shapes["features"]}
    frame = result.frame[result.frame["county"].isin(known) & result.frame["value"].notna()]
    traces: list[Trace] = []
    classes = _classes([int(v) for v in frame["value"]])
    for label, low, high, tint in classes:
        part = frame[(frame["value"] >= low) & (frame["value"] <= high)]
        traces.append(_class(label, tint, list(part["county"]), _hovers(result, part), shapes))
    traces.append(_labels(result, frame, shapes, classes))
    return figure(
        traces,
        460,
        geo={
            "visible": False,
            "fitbounds": "locations",
            "bgcolor": "rgba(0,0,0,0)",
            "projection": {"type": "mercator"},
        },
        showlegend=True,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "title": {"text": f"{result.measure.units} "}},
        margin={"l": 0, "r": 0, "t": 8, "b": 0},
        yaxis=axis(visible=False),
    )


def subset(shapes: Mapping[str, Any], codes: Set[str]) -> dict[str, Any]:
    """Return the features of the counties named, and nothing else: a browser needs no other shape."""
    features = [feature for feature in shapes["features"] if feature["id"] in codes]
    return {"type": "FeatureCollection", "features": features}


def _classes(values: list[int]) -> list[Class]:
    """Return (words, low, high, tint): zero apart, the others in up to four classes of equal width."""
    classes = [("0", 0, 0, NONE)] if 0 in values else []
    top = max(values, default=0)
    if not top:
        return classes
    width = _round_up(top / len(TINTS))
    for i, tint in enumerate(TINTS):
        low, high = i * width + 1, (i + 1) * width
        if any(low <= value <= high for value in values):
            classes.append((f"{low:,}–{high:,}", low, high, tint))
    return classes


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


def _labels(result: Result, frame: pd.DataFrame, shapes: Mapping[str, Any], classes: list[Class]) -> Trace:
    """Write each count on its county, so that color is never the only sign."""
    centers = {feature["id"]: _center(feature["geometry"]) for feature in shapes["features"]}
    spots = [centers[code] for code in frame["county"]]
    return {
        "type": "scattergeo",
        "mode": "text",
        "lon": [lon for lon, _ in spots],
        "lat": [lat for _, lat in spots],
        "text": [value_text(result.measure, value) for value in frame["value"]],
        "textfont": {"color": [_ink(int(v), classes) for v in frame["value"]], "size": 14},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _ink(value: int, classes: list[Class]) -> str:
    """Return a text color that can be read on the tint of the value's class."""
    tint = next(tint for _, low, high, tint in classes if low <= value <= high)
    return {NONE: GRAY, TINTS[-1]: "#FFFFFF"}.get(tint, "#111111")


def _center(geometry: Mapping[str, Any]) -> tuple[float, float]:
    """Return the middle of the largest ring's box: good enough for a label."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    ring = max((polygon[0] for polygon in polygons), key=len)
    lons, lats = [p[0] for p in ring], [p[1] for p in ring]
    return (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2


def _hovers(result: Result, frame: pd.DataFrame) -> list[str]:
    places = words(result, frame["county"])
    return [hover(result.measure, row, place) for row, place in zip(rows(frame), places, strict=True)]
