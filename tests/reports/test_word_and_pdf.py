"""DOCX and PDF: repeated headers, described pictures, tags, fonts, and one page where one page is promised."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pypdf
import pytest

from dashboard.reports.document import Chart, Heading, Narrative, Table
from dashboard.reports.renderers import FORMATS, pdf

NS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def word(bcor):
    (content,) = FORMATS["docx"].render(bcor).values()
    return docx.Document(io.BytesIO(content))


@pytest.fixture(scope="module")
def reader(bcor):
    (content,) = FORMATS["pdf"].render(bcor).values()
    return pypdf.PdfReader(io.BytesIO(content))


def test_every_word_table_repeats_its_header_and_breaks_no_row(word):
    for table in word.tables:
        rows = list(table._tbl.iter(f"{NS}tr"))
        assert [row.find(f".//{NS}tblHeader") is not None for row in rows] == [True] + [False] * (len(rows) - 1)
        assert all(row.find(f".//{NS}cantSplit") is not None for row in rows)


def test_every_picture_is_described(word, bcor):
    charts = [element for element in bcor.elements if isinstance(element, Chart)]
    described = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    assert described == [chart.alt for chart in charts]


def test_a_word_file_says_what_it_is(word, bcor):
    assert word.core_properties.title == bcor.title
    assert word.core_properties.language == "en-US"
    footer = "".join(p.text for p in word.sections[0].footer.paragraphs)
    assert bcor.checksum in footer
    assert bcor.stamp in footer
    assert "PAGE" in word.sections[0].footer._element.xml


def test_headings_are_headings(word, bcor):
    styles = [p.text for p in word.paragraphs if p.style.name == "Heading 1"]
    assert styles == [e.text for e in bcor.elements if isinstance(e, Heading) and e.level == 1]


def test_the_authors_text_keeps_its_paragraphs(word):
    texts = [p.text for p in word.paragraphs]
    assert "=SUM(1,2) We opened a second room." in texts
    assert "It is warm." in texts


def test_the_pdf_is_tagged_titled_and_universal(reader, bcor):
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-US"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == bcor.title
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_pictures_of_the_pdf_have_alternative_texts(reader, bcor):
    figures = [e for e in _elements(reader.trailer["/Root"]["/StructTreeRoot"]) if e.get("/S") == "/Figure"]
    charts = [element for element in bcor.elements if isinstance(element, Chart)]
    assert [figure["/Alt"] for figure in figures] == [chart.alt for chart in charts]


def _elements(element):
    below = element.get("/K", [])
    below = below if isinstance(below, list) else [below]
    for child in (c.get_object() for c in below):
        if isinstance(child, dict):
            yield child
            yield from _elements(child)


def test_tables_of_the_pdf_have_header_cells(reader, bcor):
    tables = [e for e in _elements(reader.trailer["/Root"]["/StructTreeRoot"]) if e.get("/S") == "/Table"]
    heads = [sum(e.get("/S") == "/TH" for e in _elements(table)) for table in tables]
    assert heads == [len(table.columns) for table in bcor.tables]


def test_only_our_own_fonts_are_used_and_all_are_embedded(reader):
    names = set()
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            below = font["/DescendantFonts"][0]
            names.add(str(below["/BaseFont"]).split("+")[1])
            assert "/FontFile3" in below["/FontDescriptor"] or "/FontFile2" in below["/FontDescriptor"]
    assert names == {"SourceSansPro-Regular", "SourceSansPro-Semibold"}


def test_equal_documents_give_equal_pdfs(bcor, deck):
    for report in (bcor, deck):
        assert FORMATS["pdf"].render(report) == FORMATS["pdf"].render(report)


def test_every_page_says_whose_it_is(reader, bcor):
    for number, page in enumerate(reader.pages, 1):
        text = " ".join(page.extract_text().split())
        assert bcor.checksum in text
        assert bcor.stamp in text
        assert f"Page {number} of {len(reader.pages)}" in text


def test_a_scorecard_is_one_page_on_both_papers(deck):
    files = FORMATS["pdf"].render(deck)
    assert sorted(files) == [f"{deck.name}-a4.pdf", f"{deck.name}-letter.pdf"]
    sizes = []
    for content in files.values():
        reader = pypdf.PdfReader(io.BytesIO(content))
        assert len(reader.pages) == 1
        sizes.append((round(reader.pages[0].mediabox.width), round(reader.pages[0].mediabox.height)))
    assert sizes == [(612, 792), (595, 842)]


def test_a_scorecard_with_the_most_rows_is_still_one_page(deck):
    """Twelve counties with long names, long texts and every target."""
    full = replace(deck, elements=tuple(_crowded(slide) for slide in deck.slides))
    for content in FORMATS["pdf"].render(full).values():
        assert len(pypdf.PdfReader(io.BytesIO(content)).pages) == 1


def _crowded(slide):
    elements = tuple(_longer(e.table if isinstance(e, Chart) else e) for e in slide.elements)
    return replace(slide, elements=elements)


def _longer(element):
    if isinstance(element, Table) and element.key == "reach":
        row = replace(element.rows[0], label="Prince of Wales-Hyder Census Area")
        return replace(element, rows=(row,) * 14)
    if isinstance(element, Table) and element.key == "targets":
        return replace(element, rows=element.rows[:1] * 6)
    if isinstance(element, Narrative):
        return replace(element, text="A sentence of a usual length about one thing. " * 6)
    return element


def test_losses_come_first_on_the_scorecard(deck):
    content = FORMATS["pdf"].render(deck)[f"{deck.name}-letter.pdf"]
    text = " ".join(pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text().split())
    assert 0 < text.index("Deaths of people") < text.index("988") < text.index("People supported")


def test_a_report_can_be_set_on_a4(bcor):
    page = pypdf.PdfReader(io.BytesIO(pdf.report(bcor, "a4"))).pages[0]
    assert round(page.mediabox.width) == 595
