"""A report on a page: the very document its files are written from, element by element."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.reports.document import Cards, Chart, Document, Element, Heading, Narrative, Paragraph, Slide, Table
from dashboard.reports.renderers.drawing import SIZE, on_dark, svg
from dashboard.reports.renderers.lines import titled as with_titles
from dashboard.ui import html_table

PICTURE_WIDTH = 720
SLIDE_SIZE = 15.0  # of its text on a slide, beside cards
PICTURE_SIZE = 11.0  # of its text; larger than on paper, because a telephone halves it


def show_document(document: Document) -> None:
    """Show every element of a written report."""
    for element, title in with_titles(document):
        show_element(element, titled=bool(title))


def show_element(element: Element, *, wide: bool = False, titled: bool = True) -> None:
    """Show one element; `wide` is for a slide: charts as wide as the page, large cards, no small print."""
    match element:
        case Heading():
            (st.header if element.level == 1 else st.subheader)(element.text, anchor=False)
        case Paragraph():
            _paragraph(element)
        case Table():
            show_table(element, titled=titled)
        case Chart():
            if titled:
                st.subheader(element.title if wide else element.table.title, anchor=False)
            if element.drawn and not wide:
                st.caption(element.covers)
            # A copy without its fonts, because a picture cannot ask the page for them.
            in_line = SLIDE_SIZE if element.kind == "line" else SIZE  # bars keep room for long names
            drawing = svg(element, size=in_line if wide else PICTURE_SIZE)
            if st.context.theme.type == "dark":
                drawing = on_dark(drawing)
            st.image(drawing, width="stretch" if wide else PICTURE_WIDTH, alt=element.alt)
            if not wide:  # a slide shows its drawing alone; the table is on the page and in the notes
                with st.expander("Show as table"):
                    show_table(element.table, titled=False)
        case Cards():
            show_cards(element, large=wide)
        case Narrative():
            if titled:
                st.subheader(element.title, anchor=False)
            for fact in element.facts:
                st.caption(fact)
            st.write("\n\n".join(element.paragraphs) or f"*{element.prompt}*")
        case Slide():
            st.subheader(element.claim, anchor=False)
            for inner in element.elements:
                show_element(inner)


def show_cards(cards: Cards, *, large: bool = False) -> None:
    """Show headline numbers side by side: value, what it rests on, comparison in words."""
    with st.grid(columns=min(4, len(cards.cards)), min_column_width=180, border=True):
        for card in cards.cards:
            with st.container(gap="xxsmall"):
                if large:  # the label of a metric is cut where it does not fit one line
                    st.write(card.label)
                    st.title(card.value.text, anchor=False)
                else:
                    st.metric(card.label, card.value.text)
                for words in (card.rests_on, card.comparison):
                    if words:
                        st.caption(words)


def show_table(table: Table, *, titled: bool = True) -> None:
    """Show a table as printed, with its sums and notes."""
    if titled:
        st.subheader(table.title, anchor=False)
    if table.covers:
        st.caption(table.covers)
    html_table.show_table(pd.DataFrame(table.grid[1:], columns=list(table.columns)), table.title)
    if table.checks:
        (st.error if any(check.passes is False for check in table.checks) else st.caption)(table.sums)
    for note in table.below:
        st.caption(note)


def _paragraph(paragraph: Paragraph) -> None:
    if paragraph.tone == "quiet":
        st.caption(f"**{paragraph.lead}** {paragraph.text}" if paragraph.lead else paragraph.text)
    else:
        st.markdown(f"**{paragraph.text}**" if paragraph.tone == "strong" else paragraph.text)
