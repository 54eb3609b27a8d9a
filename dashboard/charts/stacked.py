"""Parts of a monthly total as a stacked area, at most four of them."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.look import BLUE, GRAY, GRID, ORANGE, SERIES, SKY, Trace, figure, note
from dashboard.charts.scale import value_axis, words
from dashboard.charts.trend import time_axis
from dashboard.measures import Result
from dashboard.measures.wording import COMPLETENESS

HATCH = {BLUE: "", SKY: "/", ORANGE: ".", GRAY: "x"}


def stacked(result: Result) -> go.Figure:
    """Draw a count by period in parts of the first dimension: the three largest, the rest as "other"."""
    wide = largest_parts(result)
    order = result.frame.drop_duplicates("period_start").sort_values("period_start")
    traces: list[Trace] = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": part,
            "x": list(wide.index),
            "y": [float(v) for v in wide[part]],
            "stackgroup": "parts",
            "line": {"width": 0.5, "color": color},
            "fillcolor": color,
            "fillpattern": {"shape": HATCH[color], "fgcolor": color, "fillmode": "replace", "solidity": 0.4}
            if HATCH[color]
            else {},
            "hovertemplate": "%{y:,.0f} " + part.lower() + "<extra></extra>",
        }
        for part, color in zip(wide.columns, SERIES, strict=False)
    ]
    return figure(
        traces,
        320,
        xaxis=time_axis(order),
        yaxis=value_axis(result.measure, list(wide.sum(axis=1))),
        **_still_filling(order),
        margin={"r": 36},
        hovermode="x unified",
        showlegend=True,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "traceorder": "normal"},
    )


def _still_filling(order: pd.DataFrame) -> dict[str, Any]:
    """Return shade and words over the periods whose records still come in."""
    late = order[order["completeness"] == "filling"]
    if late.empty:
        return {}
    before = order[order["period_start"] < late["period_start"].min()]
    # From the last settled point on the area is drawn toward values that will change.
    x0 = before["period_start"].max() if len(before) else late["period_start"].min()
    place = {"x0": x0, "x1": late["period_start"].max(), "y0": 0, "y1": 1, "yref": "paper"}
    shade = {"type": "rect", "fillcolor": GRID, "line": {"width": 1, "dash": "dot", "color": GRAY}, **place}
    words = note(COMPLETENESS["filling"], place["x1"], 1, yref="paper", xanchor="right", yanchor="top")
    return {"shapes": [shade], "annotations": [words]}


def largest_parts(result: Result, most: int = len(SERIES)) -> pd.DataFrame:
    """Return periods as rows and at most `most` parts as columns, largest first, the rest summed as "Other"."""
    frame = result.frame[result.frame["completeness"] != "incomplete"]
    frame = frame.assign(part=words(result, frame[result.query.by[0]]))
    totals = frame.groupby("part")["value"].sum().sort_values(ascending=False)
    totals = totals[totals > 0]
    kept = list(totals.index if len(totals) <= most else totals.index[: most - 1])
    frame = frame.assign(part=[part if part in kept else "Other" for part in frame["part"]])
    wide = frame.pivot_table(index="period_start", columns="part", values="value", aggfunc="sum", fill_value=0)
    return wide[[*kept, *(["Other"] if "Other" in wide.columns and "Other" not in kept else [])]]
