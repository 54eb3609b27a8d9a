"""XLSX: one sheet per table, numbers as numbers, native charts; no text ever becomes a formula or a link."""

from __future__ import annotations

import io
from datetime import datetime, time
from math import ceil

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboard.reports.document import Card, Cards, Chart, Document, Element, Heading, Narrative, Paragraph, Table
from dashboard.reports.renderers.excel_charts import LEAST_WIDTH, add_chart
from dashboard.reports.renderers.excel_names import RANGE, define, sheet_names
from dashboard.reports.renderers.excel_rows import beyond, height, pieces, widths
from dashboard.reports.renderers.lines import checksum, covers, footer

FIRST_SHEET = (40, 32, 46)  # widths of its columns, in characters
TEXT_WIDTH = 96
PIXELS, ROW_PIXELS, EMPTY_PIXELS = 7, 20, 64  # of a character, a row, a column nobody set
TITLE_SHARE = 2  # a title is half as wide again as a line of as many letters
LARGER = 6  # points a heading is higher than a line
HEADER_ROWS = 4  # title, what it covers, stamp, an empty line
LETTER = 1


def render(document: Document) -> dict[str, bytes]:
    """Return the workbook: a first sheet with the checks, one sheet per table, one with the texts."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(buffer, options)
    made = datetime.combine(document.made_on, time())  # no clock: equal documents give equal bytes
    workbook.set_properties({"title": document.title, "company": document.organization, "created": made})
    formats = _Formats(workbook)
    names = sheet_names(document.tables)
    _first_sheet(workbook, document, formats, names)
    for number, element in enumerate(_with_tables(document.elements)):
        table = element if isinstance(element, Table) else element.table
        sheet = _sheet(workbook, document, names[number])
        below = _table(workbook, sheet, document, table, formats, number)
        if isinstance(element, Chart):
            _chart(workbook, sheet, element, below, number, _beside(document, table))
    _texts(workbook, document, formats)
    workbook.close()
    return {f"{document.name}.xlsx": buffer.getvalue()}


def _chart(workbook: Workbook, sheet: Worksheet, chart: Chart, place: int, number: int, least: int) -> None:
    """Put a chart below its table and print both on one upright page, so that the chart is never split."""
    wide = sum(widths(chart.table)) * PIXELS
    high = add_chart(workbook, sheet, chart, HEADER_ROWS, place, number, wide)
    sheet.set_portrait()
    sheet.fit_to_pages(1, 1)
    beside = max(least, ceil(max(0, LEAST_WIDTH - wide) / EMPTY_PIXELS))  # columns beyond a narrow table
    sheet.print_area(0, 0, place + high // ROW_PIXELS + 1, len(chart.table.columns) - 1 + beside)


def _beside(document: Document, table: Table) -> int:
    """Return the columns beside a table that its title and its stamp reach into; the print must not cut them."""
    title = table.title + " " * (len(table.title) // TITLE_SHARE)
    return beyond((title, table.covers or document.subtitle, document.stamp), widths(table))


class _Formats:
    """The few cell formats a report has; the number formats print what the document prints."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[str, bool], Format] = {}
        self.title = workbook.add_format({"bold": True, "font_size": 15})
        self.quiet = workbook.add_format({"font_color": "#595959"})
        self.note = workbook.add_format({"font_color": "#595959", "text_wrap": True, "valign": "top"})
        self.stamp = workbook.add_format({"bold": True, "font_color": "#595959"})
        self.head = workbook.add_format(
            {"bold": True, "bg_color": "#E8EEF4", "bottom": 1, "text_wrap": True, "valign": "top"}
        )
        self.head_right = workbook.add_format(
            {"bold": True, "bg_color": "#E8EEF4", "bottom": 1, "text_wrap": True, "valign": "top", "align": "right"}
        )
        self.heading = workbook.add_format({"bold": True, "font_size": 13, "top": 1})
        self.wrap = workbook.add_format({"text_wrap": True, "valign": "top"})
        self.bold_wrap = workbook.add_format({"text_wrap": True, "valign": "top", "bold": True})

    def cell(self, number_format: str, is_total: bool) -> Format:
        """Return the format of a cell; a total is bold under a line."""
        key = (number_format, is_total)
        if key not in self._made:
            look = {"bold": True, "top": 1} if is_total else {}
            right = {"align": "right"} if number_format else {"text_wrap": True}
            self._made[key] = self._workbook.add_format({"num_format": number_format, "valign": "top", **look, **right})
        return self._made[key]


def _sheet(workbook: Workbook, document: Document, name: str) -> Worksheet:
    """Add a sheet that prints on one page's width with title, stamp, checksum, date and page number."""
    sheet = workbook.add_worksheet(name)
    sheet.set_paper(LETTER)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.8)
    sheet.set_footer(f"&L&8{_plain(footer(document))}\n{_plain(document.stamp)}&R&8Page &P of &N\n{checksum(document)}")
    sheet.hide_gridlines(2)
    return sheet


def _plain(text: str) -> str:
    """Double the sign that begins a code in headers and footers, and keep below Excel's limit of 255."""
    return text.replace("&", "&&")[:90]


def _table(
    workbook: Workbook, sheet: Worksheet, document: Document, table: Table, formats: _Formats, number: int
) -> int:
    """Write title, table, sums and notes; return the first free row below."""
    sheet.write_string(0, 0, table.title, formats.title)
    sheet.write_string(1, 0, table.covers or document.subtitle, formats.quiet)
    sheet.write_string(2, 0, document.stamp, formats.stamp)
    for column, words in enumerate(table.columns):
        is_text = column == 0 or table.is_words(column - 1)
        sheet.write_string(HEADER_ROWS, column, words, formats.head if is_text else formats.head_right)
    room = widths(table)
    for line, texts in enumerate(table.grid, HEADER_ROWS):
        sheet.set_row(line, height(texts, room))
    for line, row in enumerate(table.rows, HEADER_ROWS + 1):
        sheet.write_string(line, 0, row.label, formats.cell("", row.is_total))
        for column, cell in enumerate(row.cells, 1):
            if cell.number is None:
                look = "" if table.is_words(column - 1) else "@"
                sheet.write_string(line, column, cell.text, formats.cell(look, row.is_total))
            else:
                sheet.write_number(line, column, cell.number, formats.cell(number_format(cell.text), row.is_total))
    last = HEADER_ROWS + len(table.rows)
    last_column = len(table.columns) - 1
    define(workbook, sheet, f"{RANGE}{number + 1:02}", (HEADER_ROWS, 0, last, last_column))
    for column, wide in enumerate(room):
        sheet.set_column(column, column, wide)
    sheet.freeze_panes(HEADER_ROWS + 1, 1)
    sheet.repeat_rows(HEADER_ROWS)
    notes = [*filter(None, [table.sums]), *table.below]
    for line, note in enumerate(notes, last + 2):
        sheet.merge_range(line, 0, line, last_column, note, formats.note)
        sheet.set_row(line, height([note], [sum(room)]))
    sheet.print_area(0, 0, last + 2 + len(notes), last_column + _beside(document, table))
    return last + 3 + len(notes)


def number_format(text: str) -> str:
    """Return the number format that prints a number as the document does: percent, or its own decimals."""
    if text.endswith("%"):
        return "0 %" if text[0].isdigit() or text[0] == "-" else f'"{text}"'
    decimals = len(text.partition(".")[2])
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _first_sheet(workbook: Workbook, document: Document, formats: _Formats, names: list[str]) -> None:
    sheet = _sheet(workbook, document, "Report")
    for column, wide in enumerate(FIRST_SHEET):
        sheet.set_column(column, column, wide)
    top = (
        document.title,
        document.subtitle,
        document.organization,
        document.stamp,
        covers(document),
        checksum(document),
    )
    for line, text in enumerate(top):
        sheet.write_string(line, 0, text, formats.title if line == 0 else formats.stamp if line == 3 else formats.quiet)
    line = len(top) + 1
    for column, words in enumerate(("Table", "Sheet", "Sums")):
        sheet.write_string(line, column, words, formats.head)
    for table, name in zip(document.tables, names, strict=True):
        line += 1
        texts = (table.title, name, table.verdict)
        for column, text in enumerate(texts):
            sheet.write_string(line, column, text, formats.wrap)
        sheet.set_row(line, height(texts, FIRST_SHEET))


def _texts(workbook: Workbook, document: Document, formats: _Formats) -> None:
    """Write headings, sentences, the author's texts and definitions on the last sheet."""
    sheet = _sheet(workbook, document, "Texts")
    sheet.set_portrait()
    sheet.set_column(0, 0, TEXT_WIDTH)
    line = 0
    for element in document.elements:
        for text, look in _sentences(element, formats):
            for piece in pieces(text):
                sheet.write_string(line, 0, piece, look)
                sheet.set_row(line, height([piece], [TEXT_WIDTH]) + (LARGER if look is formats.heading else 0))
                line += 1


def _sentences(element: Element, formats: _Formats) -> list[tuple[str, Format]]:
    match element:
        case Heading():
            return [(element.text, formats.heading)]
        case Paragraph():
            return [(element.whole, formats.bold_wrap if element.tone == "strong" else formats.wrap)]
        case Narrative():
            facts = [(fact, formats.wrap) for fact in element.facts]
            return [(element.title, formats.bold_wrap), *facts, (element.text or f"[{element.prompt}]", formats.wrap)]
        case Cards():
            return [(_card(card), formats.wrap) for card in element.cards]
        case _:
            return []


def _card(card: Card) -> str:
    return " · ".join(part for part in (f"{card.label}: {card.value.text}", card.rests_on, card.comparison) if part)


def _with_tables(elements: tuple[Element, ...]) -> list[Table | Chart | Cards]:
    return [element for element in elements if isinstance(element, Table | Chart | Cards)]
