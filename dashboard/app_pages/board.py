"""The board deck: which few numbers the board needs, and what is asked of it."""

from __future__ import annotations

import streamlit as st

from dashboard.reports.definitions import Order
from dashboard.reports.document import Document, Narrative
from dashboard.reports.funders import funder_names, read_funder
from dashboard.reports.offered import DECK_CALENDARS, first_choice, offered
from dashboard.reports.period_codes import ReportPeriod
from dashboard.reports.source import Source
from dashboard.ui.page import long_date
from dashboard.ui.present import begin, is_presenting, present
from dashboard.ui.report_view import show_element
from dashboard.ui.reports import downloads, folder_of, prepared, source_of, write_texts
from pipelines.errors import OutcomesError

NO_FUNDER = "No targets"


def main() -> None:
    """Draw the page from top to bottom; in present mode nothing but one slide."""
    top = st.container()
    try:
        source = source_of("board")
    except OutcomesError as error:
        _refused(error)
        return
    periods = {period.code: period for period in offered(source, DECK_CALENDARS)}
    if not periods:
        st.title("Board presentation", anchor=False)
        st.info("What was published holds no quarter and no year with numbers for the board.")
        return
    period, funder = _chosen() if is_presenting() else _choose(source, periods)
    kept = folder_of("board", period.code)
    order = Order(period, read_funder(funder) if funder else None, "shareable", counties=len(source.options("county")))
    try:
        document = prepared("board", order, source, kept).document
    except OutcomesError as error:
        _refused(error)
        return
    if is_presenting():
        present(document)
        return
    with top:
        st.title("Board presentation", anchor=False)
        st.markdown(f"Data through {long_date(source.as_of)} · {period.period.label} · **{document.stamp}**")
    st.button("Present", on_click=begin, type="primary", help="Arrow keys turn the slides, Escape closes.")
    reason = st.text_input("Why these numbers leave the house", key="board-reason", placeholder="Board meeting")
    downloads(document, reason)
    st.header("What only you can write", anchor=False)
    st.caption("A story stands here only with the consent of the person it is about.")
    write_texts(kept, _fields(document), story="story")
    _preview(document)


def _refused(error: OutcomesError) -> None:
    st.title("Board presentation", anchor=False)
    st.write("A deck for the board is made of protected numbers only, because its charts can be opened by anyone.")
    st.info(f"{error.what} {error.cure}")


def _choose(source: Source, periods: dict[str, ReportPeriod]) -> tuple[ReportPeriod, str]:
    """Show the period, and the funder whose targets the deck takes; remember both for present mode."""
    left, right = st.columns(2)
    first = first_choice(source, tuple(periods.values()))
    code = left.selectbox("Period of the deck", list(periods), index=first, format_func=lambda c: _words(periods, c))
    funders = {"": NO_FUNDER, **{name: read_funder(name).title for name in funder_names()}}
    funder = right.selectbox("Targets of", list(funders), format_func=lambda name: funders[name])
    st.session_state["_deck"] = (periods[str(code)], str(funder))
    return _chosen()


def _chosen() -> tuple[ReportPeriod, str]:
    chosen: tuple[ReportPeriod, str] = st.session_state["_deck"]
    return chosen


def _words(periods: dict[str, ReportPeriod], code: str) -> str:
    label = periods[code].period.label if code in periods else code
    return label if label == code else f"{label} ({code})"


def _fields(document: Document) -> tuple[tuple[str, str, str], ...]:
    """Return the fields the author writes, from the slides themselves."""
    fields = (element for slide in document.slides for element in slide.elements if isinstance(element, Narrative))
    return tuple((field.key, field.title, field.prompt) for field in fields)


def _preview(document: Document) -> None:
    st.header("Slides", anchor=False)
    for number, slide in enumerate(document.slides, 1):
        with st.expander(f"{number}. {slide.claim}", expanded=number <= 3):
            for element in slide.elements:
                show_element(element)
            for note in slide.notes:
                st.caption(note)
