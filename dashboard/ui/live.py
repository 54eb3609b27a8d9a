"""Follow the data while a page is open: a new version brings a rerun, without a click."""

from __future__ import annotations

import streamlit as st

from dashboard.ui.cache import store
from pipelines.errors import OutcomesError

EVERY = "15s"


def version_now() -> str:
    """Return the version the pointer names now; empty while there is none."""
    try:
        return store().refresh()
    except OutcomesError:
        return ""


@st.fragment(run_every=EVERY)
def follow(version: str) -> None:
    """Rerun the whole page once the pointer names another version than the page shows."""
    if version_now() != version:
        st.rerun()
