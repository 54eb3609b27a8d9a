"""The map of published numbers: 0, withheld and not released are classes of their own, and none looks like a number.

Classes, labels and legend follow from what is shown and from the marks. Counts alone: a map of raw rates shows small
places as extremes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.counties import MOST_LABELS, Areas, Class, classes_of, drawn_on_map
from dashboard.charts.marked import WORDS
from dashboard.charts.rows import rows
from dashboard.charts.scale import hover, words
from dashboard.measures import Result, value_text

GROUNDS = {"withheld": "#D9C7A0", "not_released": "rgba(118,118,118,0.38)"}  # sand and gray, beside blues for numbers
_PLACE = {"withheld": -1.0, "not_released": -2.0}  # below every count


def marked_map(result: Result, shapes: Mapping[str, Any], marks: Mapping[str, str]) -> go.Figure:
    """Draw a count by county in classes of what is shown; a county without a number has its mark.

    `shapes` is a GeoJSON feature collection whose features have the five-digit county code as `id`. Where counties
    are many, only the marks of withheld numbers are written; the legend tells the other classes apart.
    """
    known = {feature["id"] for feature in shapes["features"]}
    frame = result.frame[result.frame["county"].isin(known)]
    shown = frame[frame["state"] == "shown"]
    named = zip(words(result, frame["county"]), rows(frame), frame["state"], frame["value"], strict=True)
    values, texts, hovers = [], [], []
    for place, row, state, value in named:
        is_shown = state not in marks
        values.append(float(value) if is_shown else _PLACE[state])
        texts.append(value_text(result.measure, value) if is_shown else marks[state])
        hovers.append(hover(result.measure, row, place) if is_shown else f"{place}: {WORDS[state]}")
    classes = [*classes_of([int(v) for v in shown["value"]]), *_without_numbers(list(frame["state"]), marks)]
    if len(frame) > MOST_LABELS:
        texts = [text if text == marks["withheld"] else "" for text in texts]
    areas = Areas(list(frame["county"]), values, texts, hovers)
    return drawn_on_map(areas, classes, shapes, result.measure.units)


def _without_numbers(states: Sequence[str], marks: Mapping[str, str]) -> list[Class]:
    return [
        (f"{marks[state]} {WORDS[state]}", _PLACE[state], _PLACE[state], ground)
        for state, ground in GROUNDS.items()
        if state in states
    ]
