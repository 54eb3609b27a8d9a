"""Room for the labels of the axes, worked out once instead of by drawing each chart twice.

Plotly can find the room by itself (`automargin`), and then draws everything again: half the time of a chart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from math import ceil
from typing import Any

WIDTH, LINE = 7.5, 30  # pixels of one letter and of one line of labels, 14 px type
ABOVE = LINE + 6  # labels above a chart stand farther from it than those below
TAG = re.compile(r"<(?!br)[^>]*>")


def margin(traces: Sequence[Mapping[str, Any]], layout: Mapping[str, Any]) -> dict[str, int]:
    """Return the margins that hold the labels of the left axes and those below (or above) the chart."""
    x = layout["xaxis"]
    left = [name for name in layout if name.startswith("yaxis") and layout[name].get("showticklabels", True)]
    labels = [label for name in left for label in _labels(traces, layout[name])]
    outer = {"l": left_of(labels), "r": 16, "t": 16, "b": 8}
    if x.get("visible", True) and x.get("showticklabels", True):
        outer |= {"t": ABOVE} if x.get("side") == "top" else {"b": LINE}
    return outer


def left_of(labels: Iterable[str]) -> int:
    """Return the pixels that labels of a left axis need."""
    return ceil(WIDTH * longest(labels)) + 12


def longest(labels: Iterable[str]) -> int:
    """Return the letters of the longest line of the labels; tags are not read."""
    lines = (line for label in labels for line in TAG.sub("", label).split("<br>"))
    return max(map(len, lines), default=0)


def _labels(traces: Sequence[Mapping[str, Any]], y: Mapping[str, Any]) -> list[str]:
    """Return the labels an axis will have, or for numbers one of the same length."""
    if not y.get("visible", True):
        return []
    if y.get("ticktext"):
        return list(y["ticktext"])
    if y.get("type") == "category":
        return [str(name) for trace in traces for name in trace.get("y", ()) if name is not None]
    top = max(map(float, y["range"]))
    return [(f"{top:,.0f}" if top >= 10 else f"{top:.1f}") + str(y.get("ticksuffix", ""))]
