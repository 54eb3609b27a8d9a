"""A table whose cells are shaded by their percent, with the percent printed in each."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboard.charts.look import axis, figure

ROW = 40
GROUND = "rgba(118,118,118,0.18)"


def heat(rows: Sequence[str], columns: Sequence[str], percents: Sequence[Sequence[float]], empty: str) -> go.Figure:
    """Draw `percents` (0 to 100, NaN = `empty`) with rows from the top; shade says no more than the number."""
    known = [[0.0 if p != p else p for p in row] for row in percents]
    texts = [[empty if p != p else f"{p:.0f} %" for p in row] for row in percents]
    trace = {
        "type": "heatmap",
        "x": list(columns),
        "y": list(rows),
        "z": known,
        "zmin": 0,
        "zmax": 100,
        "text": texts,
        "texttemplate": "%{text}",
        "textfont": {"size": 14},
        "colorscale": [[0, GROUND], [1, "rgba(0,114,178,0.6)"]],
        "showscale": False,
        "xgap": 3,
        "ygap": 3,
        "hovertemplate": "%{y}, %{x}: %{text}<extra></extra>",
    }
    return figure(
        [trace],
        len(rows) * ROW + 60,
        xaxis=axis(showgrid=False, side="top", type="category"),
        yaxis=axis(showgrid=False, autorange="reversed", type="category"),
    )
