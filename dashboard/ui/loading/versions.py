"""The versions there are: what was loaded when, from which file, what it changed, and the way back."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard.measures.effect import Effect, effect
from dashboard.measures.quality_lists import kept_out
from dashboard.settings import read_settings
from dashboard.store import Store
from dashboard.ui.downloads import csv_button
from dashboard.ui.html_table import show_table
from dashboard.ui.loading.at_work import do
from dashboard.ui.loading.numbers import show_numbers
from dashboard.ui.page import long_date
from pipelines.fix_list import fix_list_csv
from pipelines.versions import Version, rollback, versions


def show_versions() -> None:
    """List the kept versions and offer to look at one, and to make it live again."""
    known = versions(read_settings().store)
    if not known:
        return
    st.header("Versions", anchor=False)
    show_table(versions_table(known), "Kept versions, newest first")
    names = {item.version: _name(item) for item in known}
    # Keyed by the newest version: once another is published the newest is looked at again.
    chosen = st.selectbox(
        "Look at a version", tuple(names), format_func=names.__getitem__, key=f"version-looked-at-{known[0].version}"
    )
    place = tuple(names).index(chosen)
    if st.checkbox("Compare its numbers with the version before", key="version-compare"):
        _compare(chosen, known[place + 1].version if place + 1 < len(known) else "")
    csv_button(lambda: _fix_list(chosen), f"fix-list-{chosen}", "Download the fix list of this version")
    _make_live(known[place])


def versions_table(known: Sequence[Version]) -> pd.DataFrame:
    """Return one row per version: when it was built, how far it reaches, what it holds and where that came from."""
    return pd.DataFrame(
        {
            "Version": [item.version + (" (live)" if item.is_live else "") for item in known],
            "Built": [f"{long_date(item.built_at.date())} {item.built_at:%H:%M}" for item in known],
            "Data through": [long_date(pd.Timestamp(item.as_of).date()) for item in known],
            "Sessions": [f"{item.sessions:,}" for item in known],
            "Milestones": [f"{item.milestones:,}" for item in known],
            "Loaded from": [", ".join(item.loaded) for item in known],
        }
    )


def _name(item: Version) -> str:
    return f"{item.version}, built {long_date(item.built_at.date())} {item.built_at:%H:%M}"


def _compare(version: str, before: str) -> None:
    found = _effect(before, version)
    show_numbers(found, "Version before", "This version", "Headline numbers of two versions")


def _fix_list(version: str) -> str:
    """Return the rows kept out of a version, with what to do."""
    store = Store(read_settings().store, version=version)
    try:
        return fix_list_csv(kept_out(store))
    finally:
        store.close()


@st.cache_resource(max_entries=20, show_spinner="Working out the numbers of both versions")
def _effect(before: str, version: str) -> Effect:
    """Versions never change, so their names are the whole key."""
    folder = read_settings().store
    stores = [Store(folder, version=name) for name in (before, version) if name]
    try:
        return effect(stores[0] if before else None, stores[-1])
    finally:
        for store in stores:
            store.close()


def _make_live(item: Version) -> None:
    if item.is_live:
        st.caption("This version is live.")
        return
    sure = st.checkbox("Every open page should show this version instead.", key=f"sure-{item.version}")
    if st.button("Make this version live", disabled=not sure):
        do(lambda: rollback(read_settings().store, item.version))
