"""One number everywhere: each report × period × audience, in every format, read back by another reader."""

from __future__ import annotations

import csv
import io
import json
import os
from dataclasses import replace
from datetime import date

import docx
import openpyxl
import pptx
import pypdf
import pytest
from report_cases import BCOR, BOARD, SHARED, cases, tables_on
from streamlit.testing.v1 import AppTest

from dashboard.reports.checksum import checksum_of
from dashboard.reports.document import Cards
from dashboard.reports.renderers import FORMATS, formats_of
from dashboard.reports.renderers.excel_names import BESIDE
from dashboard.reports.verify import verify

# Three reports by default, one of each audience; all of them with OUTCOMES_SLOW=1.
EVERY = tuple(cases()) if os.environ.get("OUTCOMES_SLOW") else (BCOR, SHARED, BOARD)
each_case = pytest.mark.parametrize("case", EVERY, ids=str)


@each_case
def test_every_format_holds_the_numbers_of_the_document(case, document, tmp_path):
    report = document(case)
    for form in formats_of(report):
        for name, content in FORMATS[form].render(report).items():
            (tmp_path / name).write_bytes(content)
            found = verify(tmp_path / name)
            assert found.holds, f"{name}: {found}"
            assert found.found == report.checksum
            assert found.tables == len(report.tables)


def _page(report):
    from dashboard.ui.report_view import show_document

    show_document(report)


@each_case
def test_the_page_shows_every_table_as_it_is_printed(case, document):
    report = document(case)
    page = AppTest.from_function(_page, args=(report,), default_timeout=60).run()
    assert not page.exception
    parts = [*report.elements, *(element for slide in report.slides for element in slide.elements)]
    cards = [card for element in parts if isinstance(element, Cards) for card in element.cards]
    of_cards = [element.table for element in parts if isinstance(element, Cards)]
    assert tables_on(page) == [table.grid for table in report.tables if table not in of_cards]
    assert [(metric.label, metric.value) for metric in page.metric] == [(card.label, card.value.text) for card in cards]


@each_case
def test_a_report_says_whose_it_is(case, document):
    report = document(case)
    assert report.stamp.startswith("Restricted" if case.audience == "director" else "Protected")
    assert report.failing == ()
    assert (case.audience == "director") == (
        not any(c.is_hidden for t in report.tables for r in t.rows for c in r.cells)
    )


def test_excel_has_the_exact_numbers_where_its_own_reader_finds_them(bcor):
    (content,) = FORMATS["xlsx"].render(bcor).values()
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    sheets = workbook.worksheets[1:-1]
    assert len(sheets) == len(bcor.tables)
    for sheet, table in zip(sheets, bcor.tables, strict=True):
        rows = list(sheet.iter_rows(min_row=6, max_row=5 + len(table.rows), max_col=len(table.columns)))
        for read, row in zip(rows, table.rows, strict=True):
            values = [cell.value for cell in read[1:]]
            assert values == [cell.text if cell.number is None else cell.number for cell in row.cells]


def test_word_and_pdf_print_every_cell(bcor):
    (written,) = FORMATS["docx"].render(bcor).values()
    tables = docx.Document(io.BytesIO(written)).tables
    assert [tuple(tuple(c.text for c in row.cells) for row in t.rows) for t in tables] == [t.grid for t in bcor.tables]
    (printed,) = FORMATS["pdf"].render(bcor).values()
    text = "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(printed)).pages)
    for table in bcor.tables:
        for row in table.grid:
            assert all("".join(cell.split()) in text for cell in row)


def test_the_decks_charts_draw_the_numbers_of_its_tables(deck):
    (content,) = FORMATS["pptx"].render(deck).values()
    slides = pptx.Presentation(io.BytesIO(content)).slides
    drawn = 0
    for slide, own in zip(slides, deck.slides, strict=True):
        numbers = {c.number for e in own.elements for t in _tables(e) for row in t.rows for c in row.cells}
        for shape in slide.shapes:
            if shape.has_chart:
                values = [v for series in shape.chart.plots[0].series for v in series.values]
                assert set(values) <= numbers
                drawn += len(values)
    assert drawn > 5


def _tables(element):
    return [element.table] if hasattr(element, "table") else [element] if hasattr(element, "rows") else []


def test_plain_files_hold_numbers_and_words(bcor):
    (text,) = FORMATS["csv"].render(bcor).values()
    lines = [line for line in csv.reader(io.StringIO(text.decode("utf-8-sig"))) if not line[0].startswith("#")][1:]
    cells = [cell for table in bcor.tables for row in table.rows for cell in row.cells]
    assert [float(line[4]) for line in lines if line[4]] == [cell.number for cell in cells if cell.number is not None]
    (text,) = FORMATS["json"].render(bcor).values()
    tables = json.loads(text)["tables"]
    assert [c["number"] for t in tables for r in t["rows"] for c in r["cells"]] == [cell.number for cell in cells]


def test_the_checksum_is_that_of_the_numbers_alone(bcor):
    later = replace(bcor, version="000000000000", made_on=date(2027, 1, 1), stamp="another")
    assert later.checksum == bcor.checksum
    grids = [table.grid for table in bcor.tables]
    assert checksum_of(grids[1:]) != checksum_of(grids)
    assert checksum_of([[("County", "People"), ("Knox", "7")]]) != checksum_of([[("County", "People"), ("Knox", "8")]])
    assert checksum_of([[("a", "44 %")]]) == checksum_of(
        [[("a", "44\u00a0%\n")]]
    )  # formats break lines where they like


def _change_excel(content: bytes) -> bytes:
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    cell = next(c for row in workbook.worksheets[2].iter_rows() for c in row if isinstance(c.value, float | int))
    cell.value += 1
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _change_word(content: bytes) -> bytes:
    word = docx.Document(io.BytesIO(content))
    word.tables[1].rows[1].cells[1].text = "999"
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("form", "change"),
    [
        ("xlsx", _change_excel),
        ("docx", _change_word),
        ("csv", lambda content: content.replace(b",New people,", b",Old people,", 1)),
        ("json", lambda content: content.replace(b'"label": "New people"', b'"label": "Old people"')),
    ],
)
def test_a_changed_number_is_found_in_the_file(form, change, bcor, tmp_path):
    ((name, content),) = FORMATS[form].render(bcor).items()
    path = tmp_path / name
    path.write_bytes(change(content))
    assert not verify(path).holds


def test_a_workbook_saved_again_still_holds(bcor, tmp_path):
    ((name, content),) = FORMATS["xlsx"].render(bcor).items()
    openpyxl.load_workbook(io.BytesIO(content)).save(tmp_path / name)
    assert verify(tmp_path / name).holds


@pytest.mark.parametrize("part", ["val", "plus", "minus"])
def test_a_value_or_an_interval_changed_in_a_deck_is_found(part, deck, tmp_path):
    (content,) = FORMATS["pptx"].render(deck).values()
    slides = pptx.Presentation(io.BytesIO(content))
    charts = [s.chart for slide in slides.slides for s in slide.shapes if s.has_chart]
    point = next(v for c in charts for values in c._chartSpace.iter(f"{{*}}{part}") for v in values.iter("{*}v"))
    point.text = "0.98"
    slides.save(tmp_path / "deck.pptx")
    found = verify(tmp_path / "deck.pptx")
    assert found.disagreeing
    assert not found.holds


def test_interval_bars_taken_out_of_a_deck_are_missed(deck, tmp_path):
    (content,) = FORMATS["pptx"].render(deck).values()
    slides = pptx.Presentation(io.BytesIO(content))
    bars = [
        b
        for slide in slides.slides
        for s in slide.shapes
        if s.has_chart
        for b in s.chart._chartSpace.iter("{*}errBars")
    ]
    for number in [v for b in bars for v in b.iter("{*}pt")][:1]:
        number.getparent().remove(number)
    slides.save(tmp_path / "deck.pptx")
    assert not verify(tmp_path / "deck.pptx").holds


@pytest.mark.parametrize("offset", [0, 1, 2])
def test_a_value_or_an_interval_changed_beside_a_table_is_found(offset, bcor, tmp_path):
    """Charts over time of a workbook are drawn from cells of their own: value, down to the limit, up to it."""
    ((name, content),) = FORMATS["xlsx"].render(bcor).items()
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    beside = next(n for n in workbook.defined_names if n.startswith(BESIDE))
    ((sheet, where),) = workbook.defined_names[beside].destinations
    row = next(row for row in workbook[sheet][where][1:] if row[0].value is not None)
    row[offset].value += 0.2
    workbook.save(tmp_path / name)
    found = verify(tmp_path / name)
    assert found.printed == found.found
    assert found.disagreeing
    assert not found.holds
