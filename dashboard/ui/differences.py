"""What is different from usual: signals and named changes of the last three months, with their pages."""

from __future__ import annotations

import streamlit as st

from dashboard.measures.chart_prose import TOO_LITTLE, note_words
from dashboard.measures.periods import periods_of
from dashboard.measures.signal_prose import MOST_DIFFERENCES, dated_differences, nothing_different
from dashboard.measures.trends import Trend
from dashboard.ui.trends import monthly_trend, noted
from dashboard.ui.view import View, remembered

PAGES = "_pages"  # address -> page, kept by the entry script
HEADING = "What is different from usual"
RECENT = 3  # months
WATCHED = {  # measure -> address of the page with its chart or card
    "people_served": "overview",
    "second_contact": "engagement",
    "engaged": "engagement",
    "missed_sessions": "engagement",
    "contacts": "engagement",
    "in_touch": "engagement",
    "people_with_win": "life-wins",
}


def differences_list(view: View) -> None:
    """Show the list: at most five, newest first, each leading to its page."""
    st.header(HEADING, anchor=False)
    found, otherwise = _differences(view)
    with st.container(key="differences", gap="small"):
        for sentence, address in found:
            page = st.session_state.get(PAGES, {}).get(address)
            if page is None:
                st.markdown(sentence)
            else:
                st.page_link(page, label=sentence)
        if otherwise:
            st.markdown(otherwise)


@remembered
def _differences(view: View) -> tuple[tuple[tuple[str, str], ...], str]:
    """Return (sentence, address of the page) of each difference, and what is said if there is no signal."""
    trends = _trends(view)
    signals = [(day, words, WATCHED[name]) for day, name, words in dated_differences(trends)]
    since = periods_of("month", view.data_start, view.last_day)[-RECENT:][0].start
    told = [note for note in noted(view) if since <= note.day <= view.last_day]
    named = [(note.day, f"{note_words(note)}.", WATCHED.get(note.measure, "")) for note in told]
    newest = sorted([*signals, *named], key=lambda one: one[0], reverse=True)[:MOST_DIFFERENCES]
    otherwise = "" if signals else nothing_different(trends) or TOO_LITTLE
    return tuple((words, address) for _, words, address in newest), otherwise


def _trends(view: View) -> list[Trend]:
    held = (name for name in WATCHED if name != "people_with_win" or "life_win" in view.records)
    return [monthly_trend(view, name) for name in held]
