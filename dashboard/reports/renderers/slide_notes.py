"""What a slide shows and what its speaker says: long words and every table go into the notes."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.reports.document import Cards, Chart, Element, Narrative, Paragraph, Slide, Table

NUMBERS = "Numbers on this slide: "
BETWEEN = " | "
MOST_PARAGRAPHS = 6  # on a slide; further ones are spoken


def on_slide(slide: Slide) -> list[Element]:
    """Return what is drawn: no small print, no table of a single chart twice, no empty field beside other things."""
    words = [e for e in slide.elements if isinstance(e, Paragraph) and e.tone != "quiet"][:MOST_PARAGRAPHS]
    shown = [e for e in slide.elements if not isinstance(e, Paragraph) or e in words]
    filled = [e for e in shown if not isinstance(e, Narrative) or e.text]
    return filled or shown


def marks_of(slide: Slide) -> str:
    """Say what a slide leaves out and what its marks mean; empty where it has neither."""
    tables = list(_tables(slide))
    return " ".join(
        dict.fromkeys([*(n for table in tables for n in table.notes), *(w for t in tables for w in t.legend)])
    )


def notes_of(slide: Slide) -> str:
    """Write the notes: what numbers rest on, fields still empty, small print, and every table in words."""
    drawn = on_slide(slide)
    spoken = [e.whole for e in slide.elements if isinstance(e, Paragraph) and e not in drawn]
    empty = [f"To be written: {e.prompt}" for e in slide.elements if isinstance(e, Narrative) and not e.text]
    parts = [*slide.notes, *empty, *spoken, *("\n".join(_lines(table)) for table in _tables(slide))]
    return "\n\n".join(parts)


def _tables(slide: Slide) -> Iterator[Table]:
    for element in slide.elements:
        match element:
            case Table():
                yield element
            case Chart() | Cards():
                yield element.table
            case _:
                pass


def _lines(table: Table) -> Iterator[str]:
    yield f"{NUMBERS}{table.title}"
    for row in table.grid:
        yield BETWEEN.join(text.replace("|", "/") for text in row)
