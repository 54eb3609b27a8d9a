"""Workbooks and Parquet files land like any other export."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from pipelines.errors import LoadError
from pipelines.load.workbook import Workbook, as_text, land_parquet, land_rows, open_workbook, parquet_columns
from pipelines.profile import Input
from pipelines.profile.model import Header

Cell = object


def made(path: Path, sheets: dict[str, list[list[Cell]]], hidden: tuple[str, ...] = ()) -> Path:
    with xlsxwriter.Workbook(str(path), {"default_date_format": "m/d/yy"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if cell is not None:
                        sheet.write(number, column, cell)
            if name in hidden:
                sheet.hide()
    return path


def opened(path: Path, sheet: str | None = None) -> Workbook:
    return open_workbook(path, Input(id="x", match="*", sheet=sheet, header=Header(find=("id", "day"))))


def landed(book: Workbook) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    with duckdb.connect() as con:
        for number, sheet in enumerate(book.sheets):
            land_rows(con, sheet, f"t{number}", ["id", "day"])
            found += con.execute(f"SELECT '{sheet.label}', source_row, r0, r1 FROM t{number}").fetchall()
    return found


HEAD = ["id", "day"]


def test_the_first_sheet_without_a_pattern(tmp_path: Path) -> None:
    path = made(tmp_path / "log.xlsx", {"A": [HEAD, [1, date(2026, 1, 5)]], "B": [HEAD, [2, None]]})
    assert landed(opened(path)) == [("log.xlsx[A]", 2, "1", "2026-01-05")]


def test_every_sheet_with_the_header_and_the_lines_a_person_sees(tmp_path: Path) -> None:
    path = made(
        tmp_path / "log.xlsx",
        {
            "Jan": [["A title"], [], HEAD, [1, "1/5/26"], [None, None], ["A2", "1/6/26"]],
            "codes": [["J", "got a job"]],
            "Feb": [["day", "other", "id"], ["2/1/26", "x", 3]],
        },
    )
    book = opened(path, "*")
    assert landed(book) == [
        ("log.xlsx[Jan]", 4, "1", "1/5/26"),
        ("log.xlsx[Jan]", 6, "A2", "1/6/26"),
        ("log.xlsx[Feb]", 2, "3", "2/1/26"),
    ]
    assert book.without_header == ("codes",)


def test_hidden_sheets_are_passed_over_and_named(tmp_path: Path) -> None:
    path = made(tmp_path / "log.xlsx", {"Jan": [HEAD, [1, "x"]], "Old": [HEAD, [2, "x"]]}, hidden=("Old",))
    book = opened(path, "*")
    assert [sheet.label for sheet in book.sheets] == ["log.xlsx[Jan]"]
    assert book.hidden == ("Old",)


def test_a_sheet_by_pattern(tmp_path: Path) -> None:
    path = made(tmp_path / "log.xlsx", {"Log 25": [HEAD, [1, "x"]], "Notes": [HEAD, [2, "x"]]})
    assert [sheet.label for sheet in opened(path, "log*").sheets] == ["log.xlsx[Log 25]"]
    with pytest.raises(LoadError, match="The sheets are: Log 25, Notes"):
        opened(path, "sessions*")


def test_a_drifted_header_is_suggested(tmp_path: Path) -> None:
    path = made(tmp_path / "log.xlsx", {"Jan": [["id", "dayy"], [1, "x"]]})
    with pytest.raises(LoadError, match='day: Did you mean "dayy"'):
        opened(path)


@pytest.mark.parametrize("share", [0.05, 0.3, 0.5, 0.7, 0.9, 0.99])
def test_a_cut_off_workbook_is_refused(tmp_path: Path, share: float) -> None:
    path = made(tmp_path / "log.xlsx", {"Jan": [HEAD, *[[n, "x"] for n in range(500)]]})
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(LoadError, match="cannot be opened") as error:
        opened(path)
    assert error.value.rule == "DQ05"


@pytest.mark.parametrize("content", [b"", b"id,day\n1,2\n", b"PK\x03\x04" + b"\0" * 200])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "log.xlsx"
    path.write_bytes(content)
    with pytest.raises(LoadError, match="cannot be opened"):
        opened(path)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, None),
        ("", None),
        (46211.0, "46211"),
        (1.5, "1.5"),
        (True, "true"),
        (date(2026, 7, 8), "2026-07-08"),
        (datetime(2026, 7, 8), "2026-07-08"),
        (datetime(2026, 7, 8, 14, 30), "2026-07-08T14:30:00"),
        (time(1, 30), "01:30:00"),
        ("=1+1", "=1+1"),
    ],
)
def test_cells_as_the_text_of_a_csv_export(cell: Cell, text: str | None) -> None:
    assert as_text(cell) == text


def test_parquet_lands_as_text_with_spreadsheet_lines(tmp_path: Path) -> None:
    path = tmp_path / "log.parquet"
    pq.write_table(pa.table({"day": [date(2026, 1, 5), None], "id": [7, 8], 'odd "name"': ["a", "b"]}), path)
    with duckdb.connect() as con:
        assert parquet_columns(con, path) == ("day", "id", 'odd "name"')
        land_parquet(con, path, "t", ["id", "day", 'odd "name"'])
        assert con.execute("SELECT source_row, r0, r1, r2 FROM t").fetchall() == [
            (2, "7", "2026-01-05", "a"),
            (3, "8", None, "b"),
        ]


def test_a_cut_off_parquet_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "log.parquet"
    pq.write_table(pa.table({"id": list(range(1000))}), path)
    path.write_bytes(path.read_bytes()[:500])
    with duckdb.connect() as con, pytest.raises(LoadError, match="cannot be opened"):
        parquet_columns(con, path)
