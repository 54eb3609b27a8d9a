"""PPTX: six to eight slides, one short claim each, native charts, notes that say what numbers rest on."""

from __future__ import annotations

import io

import pptx
import pytest
from pptx.util import Pt
from report_cases import cases

from dashboard.reports.definitions import board
from dashboard.reports.document import Cell, Chart, Narrative, Row, Slide, Table
from dashboard.reports.renderers import FORMATS
from dashboard.reports.renderers.slide_notes import marks_of
from dashboard.reports.renderers.slides import FOOT_SIZE, MARKS_SIZE

DECKS = [case for case in cases() if case.kind == "board"]


@pytest.fixture(scope="module")
def slides(deck):
    (content,) = FORMATS["pptx"].render(deck).values()
    return pptx.Presentation(io.BytesIO(content))


@pytest.mark.parametrize("case", DECKS, ids=str)
def test_a_deck_has_six_to_eight_slides_with_one_short_claim_each(case, document):
    deck = document(case)
    assert 6 <= len(deck.slides) <= 8
    assert all(1 <= len(slide.claim.split()) <= 12 for slide in deck.slides)
    assert len({slide.key for slide in deck.slides}) == len(deck.slides)
    (losses,) = [slide for slide in deck.slides if slide.key == "losses"]
    assert losses.claim == board.LOSSES


def test_slides_are_wide_and_titled(slides, deck):
    assert round(slides.slide_width / slides.slide_height, 2) == 1.78
    titles = [slide.shapes.title.text_frame.text.replace("\u00a0", " ") for slide in slides.slides]
    assert titles == [slide.claim for slide in deck.slides]


def test_charts_are_native_editable_and_described(slides, deck):
    frames = [shape for slide in slides.slides for shape in slide.shapes if shape.has_chart]
    drawn = [e for slide in deck.slides for e in slide.elements if isinstance(e, Chart)]
    assert len(frames) == len(drawn) >= 2
    for frame, chart in zip(frames, drawn, strict=True):
        assert frame._element.nvGraphicFramePr.cNvPr.get("descr") == chart.alt
        workbook = frame.chart.part.chart_workbook.xlsx_part
        assert workbook is not None


def test_interval_bars_are_the_distances_to_the_limits(slides, deck):
    frames = [shape.chart for slide in slides.slides for shape in slide.shapes if shape.has_chart]
    drawn = [e for slide in deck.slides for e in slide.elements if isinstance(e, Chart)]
    pairs = [(f, c) for f, c in zip(frames, drawn, strict=True) if c.series[0].lower]
    assert pairs
    for frame, chart in pairs:
        series = chart.series[0]
        plus = [float(v.text) for v in frame._chartSpace.iter("{*}plus") for v in v.iter("{*}v")]
        expected = [u - v for u, v in zip(series.upper, series.values, strict=True) if v == v]
        assert plus == pytest.approx(expected)


def test_notes_carry_definitions_and_every_table(slides, deck):
    for slide, own in zip(slides.slides, deck.slides, strict=True):
        notes = slide.notes_slide.notes_text_frame.text
        assert all(note in notes for note in own.notes)
    first = slides.slides[0].notes_slide.notes_text_frame.text
    assert " of " in first
    assert "of these" not in first
    assert "Counts" in first


def test_nothing_on_a_slide_is_too_small_or_outside(slides):
    for slide in slides.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= slides.slide_width
            assert shape.top + shape.height <= slides.slide_height
            frames = [shape.text_frame] if shape.has_text_frame else []
            for paragraph in (p for frame in frames for p in frame.paragraphs if p.text):
                assert paragraph.font.size >= Pt(18) or paragraph.font.size in {Pt(FOOT_SIZE), Pt(MARKS_SIZE)}


def test_an_empty_story_leaves_no_hole_and_a_written_one_stands_there(document, store):
    from report_cases import made

    case = DECKS[0]
    with_story = _texts(document(case))
    without = _texts(made(store, case, texts={}).document)
    assert any("coffee" in text for text in with_story)
    assert not any("consent" in text for text in without)


def _texts(deck):
    (content,) = FORMATS["pptx"].render(deck).values()
    slides = pptx.Presentation(io.BytesIO(content)).slides
    return [shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame]


def test_the_asks_slide_says_what_is_to_be_written(store):
    from report_cases import made

    deck = made(store, DECKS[0], texts={}).document
    (asks,) = [e for s in deck.slides if s.key == "asks" for e in s.elements if isinstance(e, Narrative)]
    assert f"[{asks.prompt}]" in _texts(deck)


def test_a_slide_says_what_its_chart_leaves_out():
    table = Table(
        "t", "People", "", ("Part of life", "People"), (Row("Work", (Cell("3", 3.0),)),), (), ("Not released: Home.",)
    )
    assert marks_of(Slide("wins", "Life wins", "One in three", (table,), ())) == "Not released: Home."
