"""Direct labels that do not collide: a column at the right end of a chart, and notes above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

import pandas as pd

from dashboard.charts.look import GRAY, note
from dashboard.measures.plans import Annotation

LINE = 17  # pixels of one line of 14 px type
LETTERS = 26  # of one line of a note, so that it fits on a telephone
MOST_NOTES = 4


def column(labels: Sequence[tuple[float, str]], scale: tuple[float, float], pixels: float) -> list[dict[str, Any]]:
    """Return texts at the right end of a chart, each beside its value and none over another.

    `labels` are (value, text), `scale` the lowest and the highest value of an axis of `pixels` in height.
    """
    low, high = scale
    ordered = sorted(labels)
    heights = spread([(value - low) / (high - low) * pixels for value, _ in ordered], LINE, pixels)
    return [
        note(text, 1, low + height / pixels * (high - low), xref="paper", yref="y", xanchor="left", xshift=6)
        for (_, text), height in zip(ordered, heights, strict=True)
    ]


def spread(heights: Sequence[float], gap: float, top: float) -> list[float]:
    """Return ascending heights at least `gap` apart, moved as little as needed, within 0 … `top` if they fit."""
    placed: list[float] = []
    for height in heights:
        placed.append(max(height, placed[-1] + gap) if placed else height)
    ceiling = top
    for i in reversed(range(len(placed))):
        placed[i] = min(placed[i], ceiling)
        ceiling = placed[i] - gap
    return placed


@dataclass(frozen=True, slots=True)
class Notes:
    """Texts above a chart, the vertical lines at their days, and the pixels they need above it."""

    texts: tuple[dict[str, Any], ...]
    lines: tuple[dict[str, Any], ...]
    height: int


def notes_above(notes: Sequence[Annotation], days: tuple[pd.Timestamp, pd.Timestamp], pixels: float) -> Notes:
    """Place the newest few notes within the `days` of a chart that is `pixels` high, one above the other."""
    first, last = days
    middle = first + (last - first) / 2
    inside = [one for one in notes if first <= pd.Timestamp(one.day) <= last][-MOST_NOTES:]
    texts, lines, height = [], [], 0
    for one in _from_below(inside, middle):
        day = pd.Timestamp(one.day)
        rows = wrap(one.note, LETTERS)
        side = "left" if day <= middle else "right"
        place = {"xref": "x", "yref": "paper", "xanchor": side, "yanchor": "bottom", "align": side}
        texts.append(note("<br>".join(rows), day, 1, **place, yshift=height + 2))
        lines.append(
            {"type": "line", "x0": day, "x1": day, "y0": 0, "y1": 1 + height / pixels, "yref": "paper"}
            | {"line": {"color": GRAY, "width": 1, "dash": "dot"}, "layer": "below"}
        )
        height += LINE * len(rows) + 4
    return Notes(tuple(texts), tuple(lines), height)


def _from_below(notes: Sequence[Annotation], middle: pd.Timestamp) -> list[Annotation]:
    """Order notes so that lines cross no text: a text stands left of its line in the right half, else right of it."""
    right = [one for one in notes if pd.Timestamp(one.day) > middle]
    return [*right, *reversed(notes[: len(notes) - len(right)])]
