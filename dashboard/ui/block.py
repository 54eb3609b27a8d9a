"""One chart or table as every page shows it, with the same numbers as a table and as a file.

`chart` and `table` make a block without drawing anything, so that a page can remember it; `show` draws it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from types import MappingProxyType
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard.charts import in_ink
from dashboard.measures import Result, alt_text, title
from dashboard.measures.definition import CURVES
from dashboard.measures.export import result_csv, table_csv
from dashboard.measures.wording import COMPLETENESS
from dashboard.ui.downloads import csv_button
from dashboard.ui.html_table import show_table
from dashboard.ui.tables import readable
from dashboard.ui.view import ALL_COUNTIES, View

CONFIG = {"displayModeBar": False}
NO_CONFIG: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, what it covers, a chart (or none), its table and its file; `nothing` replaces empty ones."""

    key: str
    heading: str
    covers: str
    figure: go.Figure | None
    alt: str
    table: Callable[[], pd.DataFrame]  # worked out once it is opened
    file: Callable[[], str]
    nothing: str = ""
    says: str = ""  # a sentence under the heading
    config: Mapping[str, Any] = field(default_factory=dict)
    download: str = "Download CSV"  # what its button says
    number: int = field(default_factory=count().__next__)  # no two blocks of a process share one


def chart(
    view: View,
    result: Result,
    figure: go.Figure,
    kind: str,
    *,
    heading: str = "",
    about: str = "",
    subtitle: str = "",
    table: pd.DataFrame | None = None,
    config: Mapping[str, Any] = NO_CONFIG,
    place: str = "",
    says: str = "",
    nothing: str = "",
) -> Block:
    """Make the block of `figure`, drawn from `result`; `kind` is the kind of chart in words, for the alt text.

    `heading` is a finding; without one it is the measure's title, which `about` replaces in the subtitle.
    `table` replaces the frame of `result` where the chart puts several results together. `says` is a sentence
    above the chart; `nothing` stands in its place where it cannot be drawn.
    """
    place = place or view.place
    has_values = len(result.frame) > 0 and bool(result.frame["value"].notna().any())
    return Block(
        key=_key(result, kind),
        heading=heading or _heading(result),
        covers=_covers(result, heading, about, subtitle, place),
        figure=in_ink(figure, view.ground),
        alt=alt_text(kind, result, place),
        table=(lambda: readable(result)) if table is None else (lambda: table),
        file=_file(result, place, table),
        nothing=nothing or ("" if has_values else _nothing(view, result)),
        config=config,
        says=says,
    )


def table(
    view: View,
    result: Result,
    rows: pd.DataFrame,
    *,
    heading: str = "",
    about: str = "",
    subtitle: str = "",
    place: str = "",
    says: str = "",
) -> Block:
    """Make the block of a table where a chart would say no more; words as for `chart`."""
    place = place or view.place
    return Block(
        key=_key(result, "table"),
        heading=heading or _heading(result),
        covers=_covers(result, heading, about, subtitle, place),
        figure=None,
        alt=f"Table: {heading or result.measure.title}, {place}",
        table=lambda: rows,
        file=_file(result, place, rows),
        nothing="" if len(rows) else _nothing(view, result),
        says=says,
    )


def absent(heading: str, needed: str) -> Block:
    """Make the block of records that were not loaded: neither an error nor a zero."""
    missing = f"Needs {needed}. Not loaded."
    return Block(heading, heading, "", None, "", pd.DataFrame, str, nothing=missing)


def show(block: Block) -> None:
    """Draw a block: heading, subtitle, chart, then its table and its file once they are opened."""
    _still(block)
    if block.nothing:
        return
    if block.figure is None:
        _show_table(block)
    else:
        _beside(block)


def show_if(block: Block | None) -> None:
    """Draw a block if there is one."""
    if block:
        show(block)


# Streamlit sends again what a cached function drew, without building and checking the figure again.
drawn_once = st.cache_resource(max_entries=400, show_spinner=False, hash_funcs={Block: lambda block: block.number})


@drawn_once
def _still(block: Block) -> None:
    """Draw what no click inside the block changes."""
    covers = f"\n:small[{block.covers}]" if block.covers else ""
    st.markdown(f"## {block.heading}{covers}", anchors=False)
    if block.nothing or block.says:
        st.write(block.nothing or block.says)
    if block.nothing:
        return
    if block.figure is not None:
        config = {**CONFIG, **block.config}
        st.plotly_chart(block.figure, key=f"chart-{block.key}", alt=block.alt, config=config)


@st.fragment
def _beside(block: Block) -> None:
    """Offer table and file of a chart: opening them reruns nothing else, and closed they cost next to nothing."""
    box = st.expander("Show as table or download", key=f"table-{block.key}", type="compact", on_change="rerun")
    if box.open:
        with box:
            _show_table(block)


def _show_table(block: Block) -> None:
    _table(block)
    csv_button(block.file, block.key, block.download)


@drawn_once
def _table(block: Block) -> None:
    show_table(block.table(), block.heading)


def span(result: Result) -> str:
    """Return the periods of a result in words."""
    labels = list(dict.fromkeys(period.label for period in result.query.periods))
    return labels[0] if len(labels) == 1 else f"{labels[0]} to {labels[-1]}"


def _heading(result: Result) -> str:
    """Return the measure's title, and what it is split by unless the title says so itself."""
    by = ", ".join(title(name).lower() for name in result.query.by)
    named = not by or " by " in result.measure.title
    return result.measure.title if named else f"{result.measure.title} by {by}"


def _covers(result: Result, heading: str, about: str, subtitle: str, place: str) -> str:
    measure = _heading(result) if heading else ""
    return " · ".join(part for part in (about or measure, place, span(result), _standing(result), subtitle) if part)


def _standing(result: Result) -> str:
    """Say of a result of one period that it is not complete, or still filling; charts over time mark it themselves."""
    if len(result.query.periods) > 1 or result.frame.empty or result.measure.kind in CURVES:  # a curve ends in time
        return ""
    return COMPLETENESS[result.frame["completeness"].iloc[0]]


def _nothing(view: View, result: Result) -> str:
    """Say that nothing is recorded here, and how to widen the filter."""
    widen = " Choose all counties and programs, or another period, in the filters." if view.filtered else ""
    place = view.place[:1].lower() + view.place[1:] if view.place.startswith(ALL_COUNTIES) else view.place
    return f"No {result.measure.units} to count for {place} in {span(result)}.{widen}"


def _key(result: Result, kind: str) -> str:
    parts = (result.measure.name, *result.query.by, *(str(value) for _, value in result.query.settings), kind)
    return "-".join(parts).replace(" ", "-").replace(",", "").lower()


def _file(result: Result, place: str, rows: pd.DataFrame | None) -> Callable[[], str]:
    if rows is None:
        return lambda: result_csv(result, place)
    about = [("measure", result.measure.title), ("period", span(result)), ("place", place)]
    return lambda: table_csv(rows, about, result.provenance)
