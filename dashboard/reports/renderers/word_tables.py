"""A table of a Word file as XML, in one piece: python-docx needs a second for what a report holds."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from docx.oxml.ns import nsdecls

from dashboard.reports.document import Table
from dashboard.reports.renderers.look import PALE

CELL, NUMBER, SMALL = "Report cell", "Report number", "Report small print"  # paragraph styles
TEXT_WIDTH = 9650  # twentieths of a point: 6.7 inches
LONGEST_WORDS, LONGEST_NUMBER, SHORTEST = 34, 12, 6  # characters a column may ask room for
MARGIN = 3  # characters the margins of a cell take
SHORT = 14  # rows of a table that is not parted


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
        stays = line < last and (line == 0 or last <= SHORT)  # with the next row on one page
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
    """Share the text's width by the longest text of each column, within bounds."""
    columns = zip(zip(*table.grid, strict=True), words, strict=True)
    most = {True: LONGEST_WORDS, False: LONGEST_NUMBER}
    wanted = [min(max(max(map(len, texts)), SHORTEST), most[is_words]) + MARGIN for texts, is_words in columns]
    return [TEXT_WIDTH * n // sum(wanted) for n in wanted]


def _borders() -> str:
    """Thin lines between rows, none between columns."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    drawn = {"bottom", "insideH"}
    lines = (
        f'<w:{side} w:val="{"single" if side in drawn else "nil"}" w:sz="4" w:space="0" w:color="C8C8C8"/>'
        for side in sides
    )
    return f"<w:tblBorders>{''.join(lines)}</w:tblBorders>"
