"""The versions of the data that are kept, as `outcomes versions` lists them."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from dashboard.ui.cache import store
from dashboard.ui.html_table import show_table
from dashboard.ui.page import long_date
from dashboard.ui.view import View
from pipelines.versions import versions

COLUMNS = ("Version", "Loaded", "Data through", "Sessions", "Milestones", "")


@st.fragment
def version_list(view: View) -> None:
    """Offer the list of versions; the files are looked at once somebody asks."""
    box = st.expander("Versions kept", key="versions", on_change="rerun")
    if box.open:
        with box:
            show_table(_table(view.version), "Versions kept")


def _table(version: str) -> pd.DataFrame:
    """Return one row per kept version, the newest first; `version` is the one the page shows."""
    rows = [
        (
            kept.version,
            f"{long_date(kept.built_at.date())}, {kept.built_at:%H:%M}",
            long_date(date.fromisoformat(kept.as_of)),
            f"{kept.sessions:,}",
            f"{kept.milestones:,}",
            "on this page" if kept.version == version else "",
        )
        for kept in versions(store().folder)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))
