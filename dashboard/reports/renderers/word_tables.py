"""A table of a Word file as XML, in one piece: python-docx needs a second for what a report holds."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from docx.oxml.ns import nsdecls

from dashboard.reports.document import Table
from dashboard.reports.renderers.look import PALE

CELL, NUMBER, SMALL = "Report cell", "Report number", "Report small print"  # paragraph styles
TEXT_WIDTH = 9650  # twentieths of a point: 6.7 inches
LONGEST_WORDS, LONGEST_NUMBER, SHORTEST = 34, 11, 4  # characters a column may ask room for
LETTER, MARGINS = 108, 230  # twentieths of a point of a letter and of the margins of a cell
LEAST_WORDS = 0.25  # of the text's width, for all columns of words
SHORT = 18  # rows of a table that is not parted


def table_xml(table: Table) -> str:
    """Return the `w:tbl` element: header row repeated on every page, no row broken, numbers to the right."""
    words = [True, *(table.is_words(i) for i in range(len(table.columns) - 1))]
    widths = _widths(table, words)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{_borders()}'
        f'<w:tblLayout w:type="fixed"/><w:tblCaption w:val={quoteattr(table.title)}/>'
        f"<w:tblDescription w:val={quoteattr(table.covers)}/></w:tblPr>"
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(_rows(table, words, widths))}</w:tbl>"
    )


def _rows(table: Table, words: list[bool], widths: list[int]) -> Iterator[str]:
    bold = [True, *(row.is_total for row in table.rows)]
    last = len(table.rows)
    for line, (texts, is_bold) in enumerate(zip(table.grid, bold, strict=True)):
        stays = (line < last or bool(table.sums or table.below)) and (line == 0 or last <= SHORT)  # on one page
        cells = (
            _cell(text, width, is_words=is_words, is_bold=is_bold, is_head=line == 0, stays=stays)
            for text, is_words, width in zip(texts, words, widths, strict=True)
        )
        head = "<w:tblHeader/>" if line == 0 else ""
        yield f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(text: str, width: int, *, is_words: bool, is_bold: bool, is_head: bool, stays: bool) -> str:
    style = (CELL if is_words else NUMBER).replace(" ", "")
    shade = f'<w:shd w:val="clear" w:fill="{PALE.lstrip("#")}"/>' if is_head else ""
    keep = "<w:keepNext/>" if stays else ""
    bold = "<w:rPr><w:b/></w:rPr>" if is_bold else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr><w:p><w:pPr><w:pStyle w:val="{style}"/>'
        f'{keep}</w:pPr><w:r>{bold}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p></w:tc>'
    )


def _widths(table: Table, words: list[bool]) -> list[int]:
    """Give numbers the room they need, and share the rest among words by their longest text."""
    texts = list(zip(*table.grid, strict=True))
    most = int(TEXT_WIDTH * (1 - LEAST_WORDS))
    for longest in (LONGEST_NUMBER, SHORTEST):  # headers on few lines, or else on as many as they have words
        numbers = [0 if w else _room(column, longest) for column, w in zip(texts, words, strict=True)]
        if sum(numbers) <= most:
            break
    if sum(numbers) > most:
        numbers = [n * most // sum(numbers) for n in numbers]
    wanted = [min(max(map(len, c)), LONGEST_WORDS) if w else 0 for c, w in zip(texts, words, strict=True)]
    rest = TEXT_WIDTH - sum(numbers)
    return [n or rest * w // sum(wanted) for n, w in zip(numbers, wanted, strict=True)]


def _room(column: tuple[str, ...], longest: int) -> int:
    """Return the width of a column of numbers: its longest word, or its longest text up to `longest` letters."""
    word = max(len(word) for text in column for word in text.split() or [""])
    return LETTER * max(word, min(max(map(len, column)), longest), SHORTEST) + MARGINS


def _borders() -> str:
    """Thin lines between rows, none between columns."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    drawn = {"bottom", "insideH"}
    lines = (
        f'<w:{side} w:val="{"single" if side in drawn else "nil"}" w:sz="4" w:space="0" w:color="C8C8C8"/>'
        for side in sides
    )
    return f"<w:tblBorders>{''.join(lines)}</w:tblBorders>"
