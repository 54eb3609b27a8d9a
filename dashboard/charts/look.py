"""One look for every chart: the colors of pages.md section 8 and a bare frame that works light and dark.

Text never gets a color of its own, so that Streamlit's theme can color it for either ground.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
import plotly.io as pio

from dashboard.charts.margins import margin

# Streamlit's theme is applied in the browser; Plotly's own template would travel with every figure for nothing.
pio.templates.default = None

BLUE = "#0072B2"  # primary series
VERMILLION = "#D55E00"  # concern, always with its word
PURPLE = "#CC79A7"  # a signal of a neutral measure
GRAY = "#767676"  # common cause, comparison, unreliable values
GREEN = "#009E73"  # third series, completed
SKY = "#56B4E9"  # fills only
ORANGE = "#E69F00"  # fills only
SLATE = "#64748B"  # deaths: between the light and the dark slate, 3 to 1 on either ground
GRID = "rgba(118,118,118,0.25)"
BAND = "rgba(0,114,178,0.18)"
SERIES = (BLUE, SKY, ORANGE, GRAY)  # at most four categories in one chart
FONT_SIZE = 14
PERCENTS = {"tickvals": [0, 25, 50, 75, 100], "ticktext": ["0 %", "25 %", "50 %", "75 %", "100 %"]}

Trace = dict[str, Any]
Axis = dict[str, Any]


def axis(**changes: object) -> Axis:
    """Return a quiet axis: no zoom, thin grid, 14 px labels."""
    base: Axis = {
        "automargin": False,  # Streamlit's theme turns it on, and every chart would be drawn twice
        "fixedrange": True,
        "showline": False,
        "zeroline": False,
        "gridcolor": GRID,
        "tickfont": {"size": FONT_SIZE},
        "ticklabeloverflow": "allow",
        "tickangle": 0,
    }
    return base | changes


def figure(traces: Sequence[Trace], height: int, **layout: object) -> go.Figure:
    """Return a figure of `height` pixels; `layout` holds axes, annotations, shapes and wider margins.

    A y axis of numbers needs its `range`, from which the room for its labels is worked out.
    """
    base: dict[str, Any] = {
        "height": height,
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "font": {"size": FONT_SIZE},
        "hoverlabel": {"font": {"size": FONT_SIZE}, "align": "left"},
        "separators": ".,",
        "xaxis": axis(showgrid=False),
    }
    base |= layout
    base["margin"] = margin(traces, base) | dict(base.get("margin", {}))
    # Plotly's checks take four times as long as all else it does here; a test makes them on every figure of every page.
    return go.Figure({"data": list(traces), "layout": base}, _validate=False)


def in_ink(figure: go.Figure, ground: str | None) -> go.Figure:
    """Give every label the text color of the `light` or `dark` ground: the theme's own gray is too pale to read."""
    ink = {"light": "#1C2530", "dark": "#EDF1F5"}.get(ground or "")
    if not ink:
        return figure
    plain = {"color": ink}
    axes = {name: {"tickfont": plain, "title": {"font": plain}} for name in figure.layout if name[1:5] == "axis"}
    figure.update_layout(font=plain, legend={"font": plain | {"size": FONT_SIZE}, "title": {"font": plain}}, **axes)
    figure.update_traces(textfont=plain, selector={"type": "heatmap"})
    return figure


def note(text: str, x: object, y: object, **changes: object) -> dict[str, Any]:
    """Return one direct label: text at a point, without arrow."""
    base = {"text": text, "x": x, "y": y, "showarrow": False, "font": {"size": FONT_SIZE}}
    return base | changes
