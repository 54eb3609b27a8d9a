"""PPTX: 16:9 slides with native, editable charts; speaker notes with what every number rests on."""

from __future__ import annotations

import io
from datetime import datetime, time

from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide as DeckSlide
from pptx.util import Emu, Inches, Length, Pt

from dashboard.reports.document import Cards, Chart, Document, Element, Narrative, Paragraph, Slide, Table
from dashboard.reports.renderers.lines import footer, small_print
from dashboard.reports.renderers.slide_charts import add_chart
from dashboard.reports.renderers.slide_notes import marks_of, notes_of, on_slide
from dashboard.reports.renderers.slide_tables import Box, add_cards, add_table, rgb, write_line

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
TITLE = Box(Inches(0.6), Inches(0.62), Inches(12.1), Inches(1.25))
NAME = Box(Inches(0.6), Inches(0.28), Inches(12.1), Inches(0.4))
BODY = Box(Inches(0.6), Inches(1.85), Inches(12.1), Inches(4.3))
MARKS = Box(Inches(0.6), Inches(6.17), Inches(12.1), Inches(0.6))  # two lines
FOOT = Box(Inches(0.6), Inches(6.8), Inches(12.1), Inches(0.5))
CHART_SHARE = 0.62  # of the width, where something stands beside a chart
TITLE_SIZE, TEXT_SIZE, SMALL_SIZE, MARKS_SIZE, FOOT_SIZE = 32, 22, 18, 14, 11  # points; the foot is no reading matter
QUIET = "#595959"
TITLE_ONLY = 5  # layout of the default template


def render(document: Document) -> dict[str, bytes]:
    """Return the deck."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    made = datetime.combine(document.made_on, time())
    about = deck.core_properties
    about.title, about.author, about.subject = document.title, document.organization, document.subtitle
    about.language, about.created, about.modified = "en-US", made, made
    for number, slide in enumerate(document.slides, 1):
        _slide(deck, document, slide, number)
    buffer = io.BytesIO()
    deck.save(buffer)
    return {f"{document.name}.pptx": buffer.getvalue()}


def _slide(deck: Deck, document: Document, content: Slide, number: int) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    for placeholder in list(slide.placeholders):
        if placeholder.placeholder_format.idx > 0:
            placeholder._element.getparent().remove(placeholder._element)
    _claim(slide, document, content)
    _body(slide, on_slide(content))
    marks = marks_of(content)
    if marks:
        _paragraphs(slide, MARKS, (marks,), MARKS_SIZE, color=QUIET)
    places = f"{footer(document)} · slide {number} of {len(document.slides)}"
    _paragraphs(slide, FOOT, (places, small_print(document)), FOOT_SIZE, color=QUIET)
    notes = slide.notes_slide.notes_text_frame
    if notes is not None:
        notes.text = notes_of(content)


def _claim(slide: DeckSlide, document: Document, content: Slide) -> None:
    title = slide.shapes.title
    assert title is not None
    title.left, title.top, title.width, title.height = TITLE
    frame = title.text_frame
    frame.word_wrap, frame.auto_size, frame.vertical_anchor = True, MSO_AUTO_SIZE.NONE, MSO_ANCHOR.TOP
    claim = content.claim.replace(" %", "\u00a0%")  # a number stays with its sign
    write_line(frame.paragraphs[0], claim, TITLE_SIZE, bold=True)
    name = content.name if content.name != content.claim else document.organization
    _paragraphs(slide, NAME, (f"{name} · {document.period}",), SMALL_SIZE, color=QUIET)


def _body(slide: DeckSlide, elements: list[Element]) -> None:
    """Set a chart or a table to the left of what goes with it; anything else from top to bottom."""
    main = next((element for element in elements if isinstance(element, Chart | Table)), None)
    others = [element for element in elements if element is not main]
    if main is None:
        _stack(slide, BODY, others)
        return
    wide = Emu(int(BODY.width * CHART_SHARE)) if others else BODY.width
    if isinstance(main, Chart):
        add_chart(slide, main, BODY._replace(width=wide))
    else:
        add_table(slide, BODY._replace(width=wide), main)
    gap = Inches(0.3)
    rest = BODY._replace(left=Emu(BODY.left + wide + gap), width=Emu(BODY.width - wide - gap))
    _stack(slide, rest, others)


def _stack(slide: DeckSlide, box: Box, elements: list[Element]) -> None:
    """Set elements one below the other, words as high as their lines."""
    top = box.top
    for element in elements:
        height = _height(element, box)
        _element(slide, box._replace(top=top, height=height), element)
        top = Emu(top + height)


def _height(element: Element, box: Box) -> Length:
    match element:
        case Cards():
            return box.height
        case Paragraph():
            return _lines_height(box, (element.text,))
        case Narrative():
            return _lines_height(box, _written(element))
        case _:
            raise TypeError(f"a slide cannot show {type(element).__name__}")


def _lines_height(box: Box, texts: tuple[str, ...]) -> Length:
    """Estimate the height of paragraphs; a letter is about half as wide as it is high."""
    letters = box.width / Pt(TEXT_SIZE * 0.5)
    lines = sum(-(-len(text) // int(letters)) for text in texts)
    return Emu(int(Pt(TEXT_SIZE) * (1.25 * lines + 0.9 * len(texts))))


def _element(slide: DeckSlide, box: Box, element: Element) -> None:
    match element:
        case Cards():
            add_cards(slide, box, element)
        case Paragraph():
            size = TEXT_SIZE if len(element.text) < 200 else SMALL_SIZE
            _paragraphs(slide, box, (element.text,), size, bold=element.tone == "strong")
        case Narrative():
            _paragraphs(slide, box, _written(element), TEXT_SIZE if len(element.text) < 300 else SMALL_SIZE)
        case _:
            raise TypeError(f"a slide cannot show {type(element).__name__}")


def _written(field: Narrative) -> tuple[str, ...]:
    return field.paragraphs or (f"[{field.prompt}]",)


def _paragraphs(
    slide: DeckSlide, box: Box, texts: tuple[str, ...], size: int, *, color: str = "", bold: bool = False
) -> None:
    frame = slide.shapes.add_textbox(*box).text_frame
    frame.word_wrap = True
    for number, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        write_line(paragraph, text, size, bold=bold)
        paragraph.space_after = Pt(size * 0.4 if size > FOOT_SIZE else 0)
        if color:
            paragraph.font.color.rgb = rgb(color)
