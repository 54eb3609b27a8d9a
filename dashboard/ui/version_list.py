"""The versions of the data that are kept, for whoever wonders which one a number came from."""

from __future__ import annotations

import streamlit as st

from dashboard.ui.cache import store
from dashboard.ui.html_table import show_table
from dashboard.ui.loading.versions import versions_table
from pipelines.versions import versions


@st.fragment
def version_list() -> None:
    """Offer the list of versions; the files are looked at once somebody asks."""
    box = st.expander("Versions kept", key="versions", on_change="rerun")
    if box.open:
        with box:
            show_table(versions_table(versions(store().folder)), "Kept versions, newest first")
