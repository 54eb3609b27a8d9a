"""A report on a page: the very document its files are written from, element by element."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.reports.document import Cards, Chart, Document, Element, Heading, Narrative, Paragraph, Slide, Table
from dashboard.reports.renderers.drawing import svg
from dashboard.reports.renderers.lines import titled as with_titles

PICTURE_WIDTH = 720


def show_document(document: Document) -> None:
    """Show every element of a written report."""
    for element, title in with_titles(document):
        show_element(element, titled=bool(title))


def show_element(element: Element, *, wide: bool = False, titled: bool = True) -> None:
    """Show one element; `wide` draws charts as wide as the page and cards large."""
    match element:
        case Heading():
            (st.header if element.level == 1 else st.subheader)(element.text, anchor=False)
        case Paragraph():
            _paragraph(element)
        case Table():
            show_table(element, titled=titled)
        case Chart():
            if titled:
                st.subheader(element.table.title, anchor=False)
            if element.drawn:
                st.caption(element.covers)
            # A copy without its fonts, because a picture cannot ask the page for them.
            st.image(svg(element), width="stretch" if wide else PICTURE_WIDTH, alt=element.alt)
            with st.expander("Show as table"):
                show_table(element.table, titled=False)
        case Cards():
            show_cards(element, large=wide)
        case Narrative():
            st.subheader(element.title, anchor=False)
            for fact in element.facts:
                st.caption(fact)
            st.write(element.text or f"*{element.prompt}*")
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
    frame = pd.DataFrame([row[1:] for row in table.grid[1:]], columns=list(table.columns[1:]))
    frame.insert(0, _label(table), [row.label for row in table.rows], allow_duplicates=True)
    st.table(frame, hide_index=True, border="horizontal", alt=f"Table: {table.title}")
    if table.checks:
        (st.error if any(check.passes is False for check in table.checks) else st.caption)(table.sums)
    for note in table.below:
        st.caption(note)


def _label(table: Table) -> str:
    """Return the header of the label column, apart from a column of the same name."""
    label = table.columns[0]
    return f"{label} " if label in table.columns[1:] else label


def _paragraph(paragraph: Paragraph) -> None:
    if paragraph.tone == "quiet":
        st.caption(f"**{paragraph.lead}** {paragraph.text}" if paragraph.lead else paragraph.text)
    else:
        st.markdown(f"**{paragraph.text}**" if paragraph.tone == "strong" else paragraph.text)
