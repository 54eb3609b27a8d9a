"""How much of an answer is the rule behind it: one dot per gap rule on a line."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboard.charts.look import BLUE, GRAY, PERCENTS, Trace, axis, figure, note

LEVELS = (-26, 26, -50, 50)
EDGE = 0.2


def gap_dots(values: Sequence[tuple[int, float]], chosen: int) -> go.Figure:
    """Draw the 90-day share under each gap rule, (days, share), on one line; the rule in use is filled."""
    known = [(days, share) for days, share in values if share == share]
    traces: list[Trace] = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "x": [100 * share for _, share in known],
            "y": [0] * len(known),
            "line": {"color": GRAY, "width": 1},
            "marker": {
                "size": 14,
                "color": BLUE,
                "symbol": ["circle" if days == chosen else "circle-open" for days, _ in known],
                "line": {"width": 2},
            },
            "hovertext": [f"{days}-day rule: {100 * share:.0f} %" for days, share in known],
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
    ]
    # Labels take turns below and above, at growing distance, so that close values stay readable.
    labels = [
        note(f"{days} days: {100 * share:.0f} %", 100 * share, 0, yshift=LEVELS[i % len(LEVELS)], xanchor=_side(share))
        for i, (days, share) in enumerate(sorted(known, key=lambda pair: pair[1]))
    ]
    return figure(
        traces,
        190,
        xaxis=axis(range=[-2, 102], **PERCENTS),
        yaxis=axis(range=[-1, 1], visible=False),
        annotations=labels,
    )


def _side(share: float) -> str:
    """Return the side a label hangs from, so that it is not cut off at the edge of a small screen."""
    return "left" if share < EDGE else "right" if share > 1 - EDGE else "center"
