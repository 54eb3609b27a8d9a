"""CSV files of the very frame on screen, with lines on top that say what it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pandas as pd
import streamlit as st

from dashboard.measures.result import Provenance, Result

STAMP = "Internal: exact numbers, do not share"


def result_csv(result: Result, place: str) -> str:
    """Return a result as CSV: header lines with measure, periods, place, as_of and version, then its frame."""
    measure = result.measure
    labels = list(dict.fromkeys(period.label for period in result.query.periods))
    spans = labels[0] if len(labels) == 1 else f"{labels[0]} to {labels[-1]}" if labels else ""
    about = [
        ("measure", f"{measure.title} ({measure.id}, definition version {measure.version})"),
        ("numerator", measure.numerator),
        ("denominator", measure.denominator),
        ("period", spans),
        ("place", place),
    ]
    return table_csv(result.frame, about, result.provenance)


def table_csv(frame: pd.DataFrame, about: list[tuple[str, str]], provenance: Provenance) -> str:
    """Return `frame` as CSV below lines of `about` and of the data's own `as_of` and version."""
    lines = [
        *((name, text) for name, text in about if text),
        ("as_of", provenance.as_of.isoformat()),
        ("gap rule", f"{provenance.gap_days} days"),
        ("data version", provenance.version),
        ("audience", STAMP),
    ]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([f"# {name}", text] for name, text in lines)
    frame.to_csv(out, index=False, date_format="%Y-%m-%d", lineterminator="\n")
    return out.getvalue()


def csv_button(text: Callable[[], str], name: str) -> None:
    """Show a button whose file is written on the click; the page does not rerun."""
    # A byte order mark lets spreadsheets read dashes and names right.
    st.download_button(
        "Download CSV",
        data=lambda: text().encode("utf-8-sig"),
        file_name=f"{name}.csv",
        mime="text/csv",
        key=f"csv-{name}",
        on_click="ignore",
        type="tertiary",
    )
