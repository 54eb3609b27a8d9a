"""One chart as every page shows it: heading, subtitle, chart, the same numbers as a table and as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard.charts import in_ink
from dashboard.measures import Result, alt_text, title
from dashboard.ui.downloads import csv_button, result_csv, table_csv
from dashboard.ui.tables import readable
from dashboard.ui.view import View

CONFIG = {"displayModeBar": False}


def chart_block(
    view: View,
    result: Result,
    figure: go.Figure,
    kind: str,
    *,
    heading: str = "",
    subtitle: str = "",
    table: pd.DataFrame | None = None,
    config: Mapping[str, object] = MappingProxyType({}),
    place: str = "",
) -> None:
    """Show `figure` of `result` under its heading; `kind` is the kind of chart in words, for the alt text.

    `heading` is a finding; without one it is the measure's title. `table` replaces the frame of `result`
    where the chart puts several results together.
    """
    place = place or view.place
    _heading(result, heading, subtitle, place)
    shown = readable(result) if table is None else table
    if shown.empty or not _has_values(result):
        st.write(nothing(view, result))
        return
    key = _key(result, kind)
    alt = alt_text(kind, result, place)
    in_ink(figure, st.context.theme.type)
    st.plotly_chart(figure, key=f"chart-{key}", alt=alt, config={**CONFIG, **config}, theme="streamlit")
    with st.container(horizontal=True):
        with st.expander("Show as table", key=f"table-{key}", type="compact"):
            st.table(shown, hide_index=True, border="horizontal", alt=f"Table: {result.measure.title}")
        csv_button(_file(result, place, table), result.measure.name, key)


def table_block(
    view: View, result: Result, table: pd.DataFrame, *, heading: str = "", subtitle: str = "", place: str = ""
) -> None:
    """Show a table with its heading and its file where a chart would say no more."""
    place = place or view.place
    _heading(result, heading, subtitle, place)
    if table.empty:
        st.write(nothing(view, result))
        return
    st.table(table, hide_index=True, border="horizontal", alt=f"Table: {heading or result.measure.title}")
    csv_button(_file(result, place, table), result.measure.name, _key(result, "table"))


def span(result: Result) -> str:
    """Return the periods of a result in words."""
    labels = list(dict.fromkeys(period.label for period in result.query.periods))
    return labels[0] if len(labels) == 1 else f"{labels[0]} to {labels[-1]}"


def nothing(view: View, result: Result) -> str:
    """Say that nothing is recorded here, and how to widen the filter."""
    widen = " Choose all counties and programs, or another period, in the filters." if view.filtered else ""
    return f"No {result.measure.units} recorded for {view.place} in {span(result)}.{widen}"


def _heading(result: Result, heading: str, subtitle: str, place: str) -> None:
    st.subheader(heading or result.measure.title, anchor=False)
    by = ", ".join(title(name).lower() for name in result.query.by)
    measure = f"{result.measure.title}{f' by {by}' if by else ''}" if heading else f"By {by}" if by else ""
    st.caption(" · ".join(part for part in (measure, place, span(result), subtitle) if part))


def _has_values(result: Result) -> bool:
    return len(result.frame) > 0 and bool(result.frame["value"].notna().any())


def _key(result: Result, kind: str) -> str:
    parts = (result.measure.name, *result.query.by, *(str(value) for _, value in result.query.settings), kind)
    return "-".join(parts).replace(" ", "-").lower()


def _file(result: Result, place: str, table: pd.DataFrame | None) -> Callable[[], str]:
    if table is None:
        return lambda: result_csv(result, place)
    about = [("measure", result.measure.title), ("period", span(result)), ("place", place)]
    return lambda: table_csv(table, about, result.provenance)
