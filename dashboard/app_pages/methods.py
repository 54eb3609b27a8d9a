"""What exactly each number means."""

from __future__ import annotations

import streamlit as st

from dashboard.ui.definitions import definitions_in_use, settings_in_use
from dashboard.ui.method_texts import (
    AS_OF,
    CALENDAR_NOTES,
    DATA_POSITION,
    LIMITS,
    SMALL_NUMBERS,
    describe,
    gap_rule,
    matching,
    settings_list,
)
from dashboard.ui.page import long_date, open_page
from dashboard.ui.version_list import version_list
from dashboard.ui.view import View, current, remembered


def main() -> None:
    """Draw the page from top to bottom."""
    view = current()
    open_page(view, "Methods", "What exactly does this number mean?", period="all measures", place=view.organization)
    _measures(view)
    _sections(view)
    st.caption(f"Data version {view.version}, data through {long_date(view.as_of)}.")
    version_list()


def _measures(view: View) -> None:
    text = st.text_input("Search measures, their words and synonyms", key="search", bind="query-params")
    known = definitions_in_use(view.version)
    found = matching(known.values(), text)
    st.caption(f"{len(found)} of {len(known)} measures")
    if not found:
        st.write("No measure matches. Try another word, or clear the search to see all of them.")
    for measure in found:
        with st.expander(f"{measure.title} ({measure.id})", expanded=bool(text) and len(found) <= 3):
            st.markdown(describe(measure))


@remembered
def _sections(view: View) -> None:
    for heading, words in (
        ("The gap rule", gap_rule(view.gap_days)),
        ("When a number is too uncertain to be more than a count", LIMITS),
        ("Settings behind the definitions", settings_list(settings_in_use(view.version))),
        ("Data through", AS_OF),
        ("Calendars", CALENDAR_NOTES),
        ("Small numbers", SMALL_NUMBERS),
        ("What the data are", DATA_POSITION),
    ):
        st.header(heading, anchor=False)
        st.markdown(words)
