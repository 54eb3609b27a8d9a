"""The frame of a page of published numbers: title, what it covers and for whom, cards, definitions."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.charts.scale import parts
from dashboard.measures import Measure, Result, headline, measure, value_text
from dashboard.measures.lookup import series
from dashboard.measures.result import Row
from dashboard.standing import DEATHS_IN_WORDS, DEATHS_OF_EVENTS, RESOURCES
from dashboard.ui.cards import Card
from dashboard.ui.method_texts import meaning
from dashboard.ui.page import long_date
from dashboard.ui.released.view import Shared

DATA_USE = (
    "Protected by the small-number rules described under Methods. Do not try to find out who stands behind a number, "
    "and do not combine these numbers with lists of people."
)


def open_page(view: Shared, name: str, words: str = "") -> None:
    """Show the title (a headline that shown numbers support, or else the page's name) and the line of scope."""
    if words and words != name:
        st.caption(name)
    st.title(words or name, anchor=False)
    st.markdown(f"Data through {long_date(view.as_of)} · {view.place_name} · **{view.stamp}**")
    st.caption(DATA_USE)


def spoken(view: Shared, name: str, days: int = 0) -> str:
    """Return the headline of the newest released period, with the same one a year before; empty without support."""
    if name not in view.gives(name):
        return ""
    result, level = series(view.published, name, view.place, days)
    if not level or result.frame["state"].iloc[-1] != "shown":
        return ""
    newest = result.query.periods[-1]
    before = [period for period in result.query.periods if period.is_year_before(newest)]
    kept = (*before, newest)
    frame = result.frame[result.frame["period"].isin([period.label for period in kept])]
    return headline(replace(result, query=replace(result.query, periods=kept), frame=frame.reset_index(drop=True)))


def card(view: Shared, name: str, days: int = 0) -> Card:
    """Make the card of the newest released period; a withheld value takes everything beside it along."""
    result, level = series(view.published, name, view.place, days)
    label = result.measure.short_title
    if not level:
        return Card(label, view.marks["not_released"], "not released for this place", help=_help(result))
    row: Row = next(iter(result.frame.tail(1).itertuples()))
    if row.state != "shown":
        return Card(label, view.marks["withheld"], str(row.period), help=_help(result))
    n_of = parts(result.measure, row)
    few = "" if row.reliable else "few: read as a count"
    detail = " · ".join(
        part for part in (f"{n_of} {result.measure.units}" if n_of else "", str(row.period), few) if part
    )
    return Card(label, value_text(result.measure, float(row.value)), detail, help=_help(result))


def own_measure(view: Shared, name: str) -> Measure:
    """Return the definition behind a name of the policy."""
    return measure(view.published.policy.measures[name].measure or name)


def freshness(view: Shared) -> Card:
    """Make the card that says how far the data reach and which release this is."""
    return Card("Data through", long_date(view.as_of), f"Release {view.published.cube.sequence}")


def _help(result: Result) -> str:
    return f"{meaning(result.measure)} {' '.join(result.measure.caveats)}"


def definitions(view: Shared, *names: str) -> None:
    """Show what the measures of the page mean, closed until asked for."""
    found = [own_measure(view, name) for name in view.gives(*names)]
    if found:
        with st.expander("Definitions used on this page"):
            st.markdown("\n\n".join(f"**{m.title}** ({m.id}). {meaning(m)} {' '.join(m.caveats)}" for m in found))


def deaths_and_support(view: Shared) -> None:
    """Say the same words about deaths whatever their number is, and where to find support."""
    st.write(DEATHS_IN_WORDS if view.has_contacts else DEATHS_OF_EVENTS)
    support(view)


def support(view: Shared) -> None:
    """Show the resources line, with the lines the program adds."""
    st.info("  \n".join((f"**{RESOURCES}**", *view.resources)))
