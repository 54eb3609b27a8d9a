"""Present mode: one slide fills the window, in large type, without the sidebar; arrow keys turn the slides."""

from __future__ import annotations

import streamlit as st

from dashboard.reports.document import Chart, Document, Element, Narrative, Slide
from dashboard.reports.renderers.slide_notes import marks_of, on_slide
from dashboard.ui.report_view import show_element

AT = "_slide"
# Streamlit has no full-window page of its own; these rules only hide what is around the slide.
STYLE = """<style>
[data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stExpandSidebarButton"] { display: none; }
[data-testid="stMainBlockContainer"] { max-width: 100%; padding: 2vh 5vw 15vh; min-height: 96vh; font-size: 1.6rem; }
[data-testid="stMainBlockContainer"] h1 { font-size: 3rem; }
[data-testid="stMainBlockContainer"] h3 { font-size: 1.6rem; }
[data-testid="stMainBlockContainer"] p, [data-testid="stMainBlockContainer"] td,
[data-testid="stMainBlockContainer"] th { font-size: 1.6rem; }
[data-testid="stMainBlockContainer"] button p, [data-testid="stCaptionContainer"] p { font-size: 1.2rem; }
[data-testid="stImage"] img { max-height: 48vh; object-fit: contain; object-position: left; }
.st-key-present-bar { position: fixed; inset: auto 0 0 0; padding: 1vh 5vw; width: auto; z-index: 1;
  backdrop-filter: blur(8px); }
</style>"""


def is_presenting() -> bool:
    """Whether a deck is being shown."""
    return AT in st.session_state


def begin() -> None:
    """Start at the first slide."""
    st.session_state[AT] = 0


def present(document: Document) -> None:
    """Show the current slide and the buttons that turn it: arrow keys, and Escape to close."""
    slides = document.slides
    at = min(st.session_state[AT], len(slides) - 1)
    st.html(STYLE)
    _slide(document, slides[at])
    with st.container(horizontal=True, vertical_alignment="center", key="present-bar"):
        st.button("Back", on_click=_turn, args=(at - 1,), disabled=at == 0, shortcut="Left", key="present-back")
        last = at == len(slides) - 1
        st.button("Next", on_click=_turn, args=(at + 1,), disabled=last, shortcut="Right", key="present-next")
        st.button("Close", on_click=_close, shortcut="Escape", key="present-close")
        st.caption(f"Slide {at + 1} of {len(slides)} · {document.stamp} · Checksum of the numbers: {document.checksum}")


def _slide(document: Document, slide: Slide) -> None:
    st.caption(f"{slide.name} · {document.period}" if slide.name != slide.claim else document.period)
    st.title(slide.claim, anchor=False)
    _elements(on_slide(slide), slide.claim)
    if marks_of(slide):
        st.caption(marks_of(slide))


def _elements(elements: list[Element], claim: str) -> None:
    """Show a chart to the left of what goes with it; anything else from top to bottom."""
    chart = next((element for element in elements if isinstance(element, Chart)), None)
    others = [element for element in elements if element is not chart]
    if chart is None or not others:
        for element in elements:
            show_element(element, wide=True, titled=_titled(element, claim))
        return
    left, right = st.columns([3, 2])
    with left:
        show_element(chart, wide=True)
    with right:
        for element in others:
            show_element(element, wide=True, titled=False)


def _titled(element: Element, claim: str) -> bool:
    """Whether an element needs a title of its own below the claim."""
    return not (isinstance(element, Narrative) and element.title == claim)


def _turn(to: int) -> None:
    st.session_state[AT] = to


def _close() -> None:
    del st.session_state[AT]
