"""What exactly each number means."""

from __future__ import annotations

import streamlit as st

from dashboard.measures import Measure, load_measures
from dashboard.ui.method_texts import AS_OF, CALENDAR_NOTES, DATA_POSITION, gap_rule, matching, meaning
from dashboard.ui.page import long_date, open_page
from dashboard.ui.view import current


def main() -> None:
    """Draw the page from top to bottom."""
    view = current()
    open_page(view, "Methods", "What exactly does this number mean?", period="all measures", place=view.organization)
    text = st.text_input("Search measures, their words and synonyms", key="search", bind="query-params")
    found = matching(load_measures().values(), text)
    st.caption(f"{len(found)} of {len(load_measures())} measures")
    if not found:
        st.write("No measure matches. Try another word, or clear the search to see all of them.")
    for measure in found:
        with st.expander(f"{measure.title} ({measure.id})", expanded=bool(text) and len(found) <= 3):
            _describe(measure)
    for heading, words in (
        ("The gap rule", gap_rule(view.gap_days)),
        ("Data through", AS_OF),
        ("Calendars", CALENDAR_NOTES),
        ("What the data are", DATA_POSITION),
    ):
        st.header(heading, anchor=False)
        st.markdown(words)
    st.caption(f"Data version {view.version}, data through {long_date(view.as_of)}.")


def _describe(measure: Measure) -> None:
    lines = [
        ("Counts", meaning(measure)),
        ("Why it matters", measure.why),
        ("Worked example", measure.example),
        ("Read with care", " ".join(measure.caveats)),
        ("Also called", ", ".join(measure.synonyms)),
        ("Definition version", measure.version),
    ]
    st.markdown("\n".join(f"- **{name}**: {text}" for name, text in lines if text))
