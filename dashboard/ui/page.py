"""The frame of every page: headline and line of scope on top, what was left out and support at the bottom."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard.measures import Measure, Period
from dashboard.measures.filling_prose import still_to_come
from dashboard.standing import RESOURCES, STAMPS
from dashboard.ui.cache import store
from dashboard.ui.definitions import definitions_in_use
from dashboard.ui.method_texts import meaning, plain
from dashboard.ui.view import View, current, remembered

STAMP = STAMPS["director"]


def open_page(view: View, name: str, headline: str = "", *, period: str = "", place: str = "") -> None:
    """Show the title (the headline, or else the page's name) and what the page covers."""
    if headline and headline != name:
        st.caption(name)
    st.title(headline or name, anchor=False)
    covers = (f"Data through {long_date(view.as_of)}", period or view.period.label, place or view.place)
    st.markdown(f"{' · '.join(covers)} · **{STAMP}**")
    if view.is_old:
        with st.container(border=True):
            st.markdown(f"**Data through {long_date(view.as_of)}.** What happened since is not in these numbers yet.")
    if view.period.end > view.as_of and not period:
        st.caption(f"{view.period.label} is not complete. Its numbers will still grow and are not compared.")
    elif not period and (words := _still_to_come(view)):
        st.caption(words)


@remembered
def _still_to_come(view: View) -> str:
    return still_to_come(store(), view.period)


@st.fragment
def notes(view: View, *names: str, period: Period | None = None) -> None:
    """Offer what was left out of the page's measures in `period` (the chosen one); counted once somebody asks."""
    box = st.expander("What was left out", key="left-out", on_change="rerun")
    if box.open:
        lines = _left_out(view, names, period) or ("Nothing was left out.",)
        box.markdown("\n".join(f"- {line}" for line in lines))


@remembered
def _left_out(view: View, names: tuple[str, ...], period: Period | None) -> tuple[str, ...]:
    results = [view.ask_alone(name, period or view.period) for name in names]
    lines = (f"{result.measure.title}: {note}" for result in results for note in result.provenance.notes)
    return tuple(dict.fromkeys(lines))


def definitions(*names: str) -> None:
    """Show what the measures of the page mean, closed until asked for."""
    _definitions(current().version, names)


@st.cache_resource(max_entries=200, show_spinner=False)
def _definitions(version: str, names: tuple[str, ...]) -> None:
    known = definitions_in_use(version)
    with st.expander("Definitions used on this page"):
        st.markdown("\n\n".join(_definition(known[name]) for name in names))


def _definition(m: Measure) -> str:
    return plain(f"**{m.title}** ({m.id}). {meaning(m)} {' '.join(m.caveats)}")


def resources(view: View) -> None:
    """Show the resources line, with the lines the program adds (pages.md section 7)."""
    st.info("  \n".join((f"**{RESOURCES}**", *view.resources)))


def long_date(day: date) -> str:
    """Write a day as people read it: 30 Sep 2026."""
    return f"{day.day} {day:%b %Y}"
