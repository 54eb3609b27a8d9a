"""XLSX: safe, printable, with native charts."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from report_cases import Case

from dashboard.reports.document import Cell, Row, Table
from dashboard.reports.renderers import FORMATS, excel
from dashboard.reports.renderers.excel_names import sheet_names
from dashboard.reports.renderers.excel_rows import beyond
from dashboard.reports.renderers.plain_csv import bare, safe

RISKY = ("=SUM(A1:A9)", "+1+1", "-2+3", "@cmd", "=HYPERLINK(1)", "http://example.org", "\t=1")


def book(document):
    (content,) = FORMATS["xlsx"].render(document).values()
    return openpyxl.load_workbook(io.BytesIO(content)), content


@pytest.fixture(scope="module")
def risky(bcor):
    rows = tuple(Row(text, (Cell(text),)) for text in RISKY)
    return replace(
        bcor, elements=(Table("t", "=A [table]: with *odd* name/and a long one", "", ("County", "@x"), rows),)
    )


def test_no_text_becomes_a_formula_or_a_link(risky):
    workbook, content = book(risky)
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" and cell.hyperlink is None for cell in row)
    assert [cell.value for cell in workbook.worksheets[1]["A"][5:]] == list(RISKY)
    parts = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert not any("externalLink" in part or "vbaProject" in part for part in parts)


def test_no_text_of_a_csv_file_begins_like_a_formula(risky):
    (content,) = FORMATS["csv"].render(risky).values()
    cells = [cell.strip('"') for line in content.decode("utf-8-sig").splitlines() for cell in line.split(",")]
    assert not any(cell.startswith(("=", "+", "@")) for cell in cells)
    assert [bare(safe(text)) for text in RISKY] == list(RISKY)
    assert safe("-5") == "-5"


def test_sheets_are_set_up_for_print_and_reading(bcor):
    workbook, _ = book(bcor)
    for sheet in workbook.worksheets:
        assert sheet.sheet_properties.pageSetUpPr.fitToPage  # one page wide
        # As many pages high as it takes, but one where a chart would be split.
        assert (sheet.page_setup.fitToHeight is None) == bool(sheet._charts)
        assert bcor.checksum in sheet.oddFooter.right.text
        assert "Restricted" in sheet.oddFooter.left.text
    for sheet in workbook.worksheets[1:-1]:
        assert sheet.freeze_panes == "B6"
        assert sheet.print_title_rows == "$5:$5"


def test_charts_are_native_and_described(bcor):
    workbook, content = book(bcor)
    charts = [chart for sheet in workbook.worksheets for chart in sheet._charts]
    drawn = [element for element in bcor.elements if hasattr(element, "series")]
    assert len(charts) == len(drawn) >= 5
    parts = zipfile.ZipFile(io.BytesIO(content))
    drawings = "".join(parts.read(n).decode() for n in parts.namelist() if n.startswith("xl/drawings/drawing"))
    assert drawings.count('descr="') == len(charts)


def test_equal_documents_give_equal_workbooks(bcor):
    assert FORMATS["xlsx"].render(bcor) == FORMATS["xlsx"].render(bcor)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1,362", "#,##0"), ("46.4", "#,##0.0"), ("1.94", "#,##0.00"), ("44 %", "0 %"), ("under 1 %", '"under 1 %"')],
)
def test_a_number_is_formatted_as_it_is_printed(text, expected):
    assert excel.number_format(text) == expected


def test_names_of_sheets_are_short_allowed_and_different():
    tables = [Table("t", "People served by race and ethnicity and more", "", ("a",), ())] * 3
    tables += [Table("t", "a/b:c*d?e[f]'", "", ("a",), ()), Table("t", "Report", "", ("a",), ())]
    names = sheet_names(tables)
    assert len({name.casefold() for name in names}) == len(names)
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in names)
    assert "Report" not in names


def test_the_authors_text_is_in_the_workbook(document):
    report = document(Case("grant", "samhsa_bcor", "2026-FFQ3", "director"))
    workbook, _ = book(report)
    texts = [cell.value for cell in workbook.worksheets[-1]["A"]]
    assert any(text and "We opened a second room" in text for text in texts)


def test_a_stamp_wider_than_its_table_is_printed_whole():
    assert beyond(["Restricted: exact numbers, only for the funder named here"], [20, 11, 11]) == 3  # 57 bold letters
    assert beyond(["Protected"], [20, 11]) == 0


def test_a_narrow_sheet_prints_its_stamp(bcor):
    workbook, _ = book(bcor)
    (sheet,) = [s for s in workbook.worksheets if s["A1"].value == "Services by way of contact"]
    assert sheet.max_column == 3
    assert openpyxl.utils.range_boundaries(sheet.print_area.split("!")[1])[2] > 3
