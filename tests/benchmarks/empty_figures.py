"""Static figures as plain dicts: two lines of 36 months, each."""

from __future__ import annotations

from typing import Any


def _figure(number: int) -> dict[str, Any]:
    months = [f"{2023 + (9 + n) // 12}-{(9 + n) % 12 + 1:02d}-01" for n in range(36)]
    heights = [[(n * k + number) % 17 for n in range(36)] for k in (3, 5)]
    lines = [{"type": "scatter", "mode": "lines", "x": months, "y": y} for y in heights]
    return {"data": lines, "layout": {"height": 320, "showlegend": False, "title": {"text": f"Figure {number}"}}}


FIGURES = [_figure(number) for number in range(60)]
