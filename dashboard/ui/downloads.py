"""The button that hands out the very frame on screen as CSV."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st


def csv_button(text: Callable[[], str], name: str, label: str = "Download CSV") -> None:
    """Show a button whose file is written on the click; the page does not rerun."""
    # A byte order mark lets spreadsheets read dashes and names right.
    st.download_button(
        label,
        data=lambda: text().encode("utf-8-sig"),
        file_name=f"{name}.csv",
        mime="text/csv",
        key=f"csv-{name}",
        on_click="ignore",
        type="tertiary",
    )
