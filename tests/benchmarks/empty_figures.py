"""Static figures, built once: two lines of 36 months, each, as the figure objects a page would hold."""

from __future__ import annotations

import plotly.graph_objects as go
import plotly.io as pio

pio.templates.default = None  # as the pages have it: the template would triple the work of every figure


def _figure(number: int) -> go.Figure:
    months = [f"{2023 + (9 + n) // 12}-{(9 + n) % 12 + 1:02d}-01" for n in range(36)]
    heights = [[(n * k + number) % 17 for n in range(36)] for k in (3, 5)]
    lines = [{"type": "scatter", "mode": "lines", "x": months, "y": y} for y in heights]
    return go.Figure({"data": lines, "layout": {"height": 320, "showlegend": False}})


FIGURES = [_figure(number) for number in range(60)]
