"""DOCX: styles, repeated header rows, described pictures; texts of the author stay easy to edit."""

from __future__ import annotations

import io
from datetime import datetime, time

import docx
from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Inches, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from dashboard.reports.document import Cards, Chart, Document, Element, Heading, Narrative, Paragraph, Table
from dashboard.reports.renderers.drawing import WIDTH, svg
from dashboard.reports.renderers.lines import checksum, covers, footer, small_print, titled
from dashboard.reports.renderers.look import OFFICE_FONT
from dashboard.reports.renderers.typesetting import png
from dashboard.reports.renderers.word_tables import CELL, NUMBER, SMALL, table_xml

PICTURE_WIDTH = Inches(6.5)
QUIET = RGBColor(0x59, 0x59, 0x59)


def render(document: Document) -> dict[str, bytes]:
    """Return the report as a Word file."""
    word = docx.Document()
    _set_up(word, document)
    word.add_heading(document.title, 0)
    word.add_paragraph(document.subtitle, "Subtitle")
    for text in (document.organization, document.stamp):
        word.add_paragraph().add_run(text).bold = text == document.stamp
    for text in (covers(document), checksum(document)):
        _quiet(word, text)
    elements = list(titled(document))
    for place, (element, title) in enumerate(elements, 1):
        if title:
            word.add_heading(title, 2)
        following = elements[place][0] if place < len(elements) else None
        _write(word, element)
        if isinstance(element, Paragraph) and isinstance(following, Table | Chart):
            word.paragraphs[-1].paragraph_format.keep_with_next = True  # a sentence stays with its table
    buffer = io.BytesIO()
    word.save(buffer)
    return {f"{document.name}.docx": buffer.getvalue()}


def _set_up(word: WordFile, document: Document) -> None:
    """Set paper, fonts, language, properties and the line at the foot of every page."""
    made = datetime.combine(document.made_on, time())
    properties = word.core_properties
    properties.title, properties.author, properties.subject = document.title, document.organization, document.subtitle
    properties.language, properties.created, properties.modified = "en-US", made, made
    for name, size in (("Normal", 10), ("Title", 22), ("Subtitle", 13), ("Heading 1", 15), ("Heading 2", 12)):
        style = word.styles[name]
        style.font.name, style.font.size = OFFICE_FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:hAnsi"), OFFICE_FONT)
        if name != "Normal":
            style.font.color.rgb, style.font.italic = RGBColor(0x1A, 0x1A, 0x1A), False
    _own_styles(word)
    section = word.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = Inches(0.9)
    section.top_margin, section.bottom_margin = Inches(0.8), Inches(0.8)
    line = section.footer.paragraphs[0]
    line.style = word.styles[SMALL]
    line.add_run(f"{footer(document)} · page ")
    _field(line, "PAGE")
    line.add_run(" of ")
    _field(line, "NUMPAGES")
    section.footer.add_paragraph(small_print(document), word.styles[SMALL])


def _own_styles(word: WordFile) -> None:
    """Add the styles of cells and of small print, so that a reader can change them in one place."""
    for name, size in ((CELL, 9.5), (NUMBER, 9.5), (SMALL, 8.5)):
        style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = word.styles["Normal"]
        style.font.size = Pt(size)
        style.paragraph_format.space_after = Pt(3 if name == SMALL else 0)
    word.styles[NUMBER].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    word.styles[SMALL].font.color.rgb = QUIET


def _write(word: WordFile, element: Element) -> None:
    match element:
        case Heading():
            word.add_heading(element.text, element.level)
        case Paragraph():
            if element.tone == "quiet":
                _quiet(word, element.text, lead=element.lead)
            else:
                word.add_paragraph().add_run(element.text).bold = element.tone == "strong"
        case Narrative():
            _narrative(word, element)
        case Chart():
            _quiet(word, element.covers, keep=True)
            _picture(word, element)
            _table(word, element.table)
        case Cards():
            _table(word, element.table)
        case Table():
            if element.covers:
                _quiet(word, element.covers, keep=True)
            _table(word, element)


def _narrative(word: WordFile, field: Narrative) -> None:
    word.add_heading(field.title, 2)
    for fact in field.facts:
        word.add_paragraph(fact, "List Bullet")
    for part in field.paragraphs or (f"[{field.prompt}]",):
        word.add_paragraph(part)


def _picture(word: WordFile, chart: Chart) -> None:
    """Add the chart as a picture with its description for people who cannot see it."""
    picture = word.add_picture(io.BytesIO(png(svg(chart, WIDTH))), width=PICTURE_WIDTH)
    properties = picture._inline.docPr
    properties.set("descr", chart.alt)
    properties.set("title", chart.table.title)
    word.paragraphs[-1].paragraph_format.keep_with_next = True


def _table(word: WordFile, table: Table) -> None:
    """Add a table, its sums and its notes."""
    word.element.body.sectPr.addprevious(parse_xml(table_xml(table)))
    notes = [*filter(None, (table.sums, *table.below))]
    for place, note in enumerate(notes, 1):
        _quiet(word, note, keep=place < len(notes))
    _quiet(word, "")


def _quiet(word: WordFile, text: str, *, keep: bool = False, lead: str = "") -> None:
    paragraph = word.add_paragraph(style=word.styles[SMALL])
    if lead:
        paragraph.add_run(f"{lead} ").bold = True
    paragraph.add_run(text)
    if keep:
        paragraph.paragraph_format.keep_with_next = True


def _field(paragraph: WordParagraph, code: str) -> None:
    """Add a field that the word processor fills in, such as the page number."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)
