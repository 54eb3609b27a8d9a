"""Cards and tables of a slide, in type that can be read from the back of a room."""

from __future__ import annotations

from typing import NamedTuple

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.slide import Slide as DeckSlide
from pptx.text.text import _Paragraph
from pptx.util import Emu, Inches, Length, Pt

from dashboard.reports.document import Card, Cards, Table
from dashboard.reports.renderers.look import BLUE, INK, OFFICE_FONT, PALE

VALUE_SIZE, LABEL_SIZE, TABLE_SIZE = 48, 20, 18
ROW_HEIGHT = Inches(0.5)
CRAMPED, LEAST_SIZE = Inches(0.4), 14  # rows lower than this have no margins; type of a table too long for 18 points
CARD_HEIGHT = Inches(3.4)
LONGEST_WORDS, LONGEST_NUMBER = 34, 12


class Box(NamedTuple):
    """A place on a slide."""

    left: Length
    top: Length
    width: Length
    height: Length


def add_cards(slide: DeckSlide, box: Box, cards: Cards) -> None:
    """Draw cards side by side: label, value, what it rests on, comparison in words."""
    gap = Inches(0.25)
    wide = Emu((box.width - gap * (len(cards.cards) - 1)) // len(cards.cards))
    for number, card in enumerate(cards.cards):
        left = Emu(box.left + number * (wide + gap))
        shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, left, box.top, wide, min(CARD_HEIGHT, box.height))
        shape.name = f"Card {card.label}"
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(PALE)
        shape.line.fill.background()
        shape.shadow.inherit = False
        frame = shape.text_frame
        frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
        for line, (text, size, color) in enumerate(_card_lines(card)):
            paragraph = frame.paragraphs[0] if line == 0 else frame.add_paragraph()
            paragraph.alignment = PP_ALIGN.LEFT
            write_line(paragraph, text, size, bold=size == VALUE_SIZE, color=color)


def _card_lines(card: Card) -> list[tuple[str, int, str]]:
    lines = [(card.label, LABEL_SIZE, INK), (card.value.text, VALUE_SIZE, BLUE)]
    return [*lines, *((text, LABEL_SIZE, INK) for text in (card.rests_on, card.comparison) if text)]


def add_table(slide: DeckSlide, box: Box, table: Table) -> None:
    """Add a native table with a header row."""
    rows, columns = len(table.rows) + 1, len(table.columns)
    height = Emu(min(box.height, ROW_HEIGHT * rows))
    high = Emu(height // rows)
    size = TABLE_SIZE if high >= Pt(TABLE_SIZE * 1.2) else LEAST_SIZE
    frame = slide.shapes.add_table(rows, columns, box.left, box.top, box.width, height)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", f"Table: {table.title}, {table.covers}")
    grid = frame.table
    grid.horz_banding = False
    words = [True, *(table.is_words(i) for i in range(columns - 1))]
    for number, width in enumerate(_widths(table, words, box.width)):
        grid.columns[number].width = width
    for line, texts in enumerate(table.grid):
        for column, (text, is_words) in enumerate(zip(texts, words, strict=True)):
            cell = grid.cell(line, column)
            cell.fill.solid()
            cell.fill.fore_color.rgb = rgb(PALE if line == 0 else "#FFFFFF")
            paragraph = cell.text_frame.paragraphs[0]
            if high < CRAMPED:
                cell.margin_top = cell.margin_bottom = Emu(0)
            write_line(paragraph, text, size, bold=line == 0)
            paragraph.alignment = PP_ALIGN.LEFT if is_words else PP_ALIGN.RIGHT


def _widths(table: Table, words: list[bool], room: Length) -> list[Emu]:
    columns = zip(zip(*table.grid, strict=True), words, strict=True)
    most = {True: LONGEST_WORDS, False: LONGEST_NUMBER}
    wanted = [min(max(max(map(len, texts)), 8), most[is_words]) for texts, is_words in columns]
    return [Emu(room * n // sum(wanted)) for n in wanted]


def write_line(paragraph: _Paragraph, text: str, size: int, *, bold: bool = False, color: str = INK) -> None:
    """Write one paragraph in the font of office files."""
    paragraph.text = text
    font = paragraph.font
    font.name, font.size, font.bold = OFFICE_FONT, Pt(size), bold
    font.color.rgb = rgb(color)
    paragraph.alignment = PP_ALIGN.LEFT


def rgb(color: str) -> RGBColor:
    """Read a color written as #RRGGBB."""
    red, green, blue = bytes.fromhex(color.lstrip("#"))
    return RGBColor(red, green, blue)
