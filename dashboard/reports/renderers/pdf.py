"""PDF: a tagged report set with typst, or for a deck its one-page scorecard in Letter and A4."""

from __future__ import annotations

from typing import Any

from dashboard.reports.document import Cards, Chart, Document, Element, Heading, Narrative, Paragraph, Slide, Table
from dashboard.reports.renderers.drawing import svg
from dashboard.reports.renderers.lines import checksum, covers, footer, small_print, titled
from dashboard.reports.renderers.typesetting import pdf

LONGEST_WORDS, LONGEST_NUMBER, SHORTEST = 36, 15, 11  # characters a column may ask room for
PAPERS = {"letter": "us-letter", "a4": "a4"}


def render(document: Document) -> dict[str, bytes]:
    """Return the report on US Letter; for a deck the scorecard on both papers."""
    if document.slides:
        return {f"{document.name}-{name}.pdf": scorecard(document, name) for name in PAPERS}
    return {f"{document.name}.pdf": report(document, "letter")}


def report(document: Document, paper: str) -> bytes:
    """Return a written report on one paper."""
    elements = [
        _element(element) | ({"title": title} if title or _has_table(element) else {})
        for element, title in titled(document)
    ]
    data = {**head(document, paper), "elements": elements}
    return pdf("report.typ", data, document.made_on)


def scorecard(document: Document, paper: str) -> bytes:
    """Return every number of a deck on one page."""
    slides = [_slide(slide) for slide in document.slides]
    last = document.slides[-1].elements
    notes = [e.text for e in last if isinstance(e, Paragraph) and e.tone != "quiet"]
    data = {**head(document, paper), "slides": slides, "notes": notes, "size": _size(document)}
    return pdf("scorecard.typ", data, document.made_on)


def _size(document: Document) -> float:
    """Return the size of the type, in points, with which everything fits one page."""
    rows = sum(len(table.rows) for table in document.tables)
    return 9.4 if rows <= 36 else 8.2


def head(document: Document, paper: str) -> dict[str, Any]:
    """Return what every page says about itself."""
    return {
        "paper": PAPERS[paper],
        "title": document.title,
        "subtitle": document.subtitle,
        "organization": document.organization,
        "stamp": document.stamp,
        "covers": covers(document),
        "checksum": checksum(document),
        "footer": footer(document),
        "small_print": small_print(document),
    }


def _has_table(element: Element) -> bool:
    return isinstance(element, Table | Chart | Cards)


def _slide(slide: Slide) -> dict[str, Any]:
    return {"key": slide.key, "claim": slide.claim, "elements": [_element(element) for element in slide.elements]}


def _element(element: Element) -> dict[str, Any]:
    match element:
        case Heading():
            return {"type": "heading", "text": element.text, "level": element.level}
        case Paragraph():
            return {"type": "paragraph", "text": element.text, "tone": element.tone, "lead": element.lead}
        case Narrative():
            facts, prompt = list(element.facts), element.prompt
            text = list(element.paragraphs)
            return {"type": "narrative", "title": element.title, "prompt": prompt, "facts": facts, "text": text or ""}
        case Chart():
            return {**_table(element.table), "covers": element.covers, "svg": svg(element), "alt": element.alt}
        case Cards():
            return _table(element.table)
        case Table():
            return _table(element)
        case Slide():
            return _slide(element)


def _table(table: Table) -> dict[str, Any]:
    words = [True, *(table.is_words(i) for i in range(len(table.columns) - 1))]
    return {
        "type": "table",
        "key": table.key,
        "title": table.title,
        "covers": table.covers,
        "columns": list(table.columns),
        "words": words,
        "widths": _widths(table, words),
        "rows": [
            {"cells": [row.label, *(cell.text for cell in row.cells)], "total": row.is_total} for row in table.rows
        ],
        "sums": table.sums,
        "notes": list(table.below),
    }


def _widths(table: Table, words: list[bool]) -> list[int]:
    """Return shares of the width, by the longest text of each column within bounds."""
    longest = [max(len(text) for text in column) for column in zip(*table.grid, strict=True)]
    most = {True: LONGEST_WORDS, False: LONGEST_NUMBER}
    return [min(max(n, SHORTEST), most[is_words]) for n, is_words in zip(longest, words, strict=True)]
