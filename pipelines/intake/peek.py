"""The first rows of a file, read without a profile: every sheet of a workbook, text of any usual delimiter."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from pipelines.errors import LoadError
from pipelines.identifiers import fold
from pipelines.load.text_file import LONGEST_LINE
from pipelines.load.workbook import as_text, parquet_columns
from pipelines.profile.compose import EVERY_SHEET

ROWS = 2_000  # enough to tell what a column holds
SEARCH_ROWS = 40  # where a header may stand
DELIMITERS = ",;\t|"
TEXT_CURE = "Export again as CSV UTF-8 or XLSX."


@dataclass(frozen=True, slots=True)
class Peek:
    """One table as far as it was read: `rows` are texts, the header among them at `header`."""

    file: str
    sheet: str  # empty for what is no workbook
    rows: tuple[tuple[str, ...], ...]
    header: int
    delimiter: str = ","
    encoding: str = ""  # empty for what the loader finds out for itself

    @property
    def headers(self) -> tuple[str, ...]:
        """The header guessed, as written."""
        return self.rows[self.header] if self.rows else ()

    def column(self, position: int) -> list[str]:
        """Return the texts below the guessed header in one column, blanks included."""
        return [row[position] if position < len(row) else "" for row in self.rows[self.header + 1 :]]


def peek(path: Path) -> tuple[Peek, ...]:
    """Return the tables of a file. Raises LoadError (DQ05) if it is none of the formats that can be read."""
    match path.suffix.lower():
        case ".xlsx":
            return _workbook(path)
        case ".parquet":
            return (_parquet(path),)
        case _:
            return (_text(path),)


def together(tables: Sequence[Peek]) -> Peek | None:
    """Return the sheets of one header as one table, such as the months of a log; None if no two are alike."""
    headers = [tuple(map(fold, table.headers)) for table in tables]
    alike = [table for table, header in zip(tables, headers, strict=True) if header == max(headers, key=headers.count)]
    if len(alike) < 2:
        return None
    rows = [row for table in alike for row in table.rows[table.header + 1 :]]
    return Peek(alike[0].file, EVERY_SHEET, (alike[0].headers, *rows), 0)


def _workbook(path: Path) -> tuple[Peek, ...]:
    try:
        book = CalamineWorkbook.from_path(str(path))
        visible = [item.name for item in book.sheets_metadata if item.visible == SheetVisibleEnum.Visible]
        sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=ROWS) for name in visible}
    except (CalamineError, OSError, ValueError) as error:
        what = f"the workbook cannot be opened ({type(error).__name__}); it may be cut off or not be XLSX."
        raise LoadError("DQ05", path.name, what, "Save it again as .xlsx and choose that copy.") from None
    found = {name: tuple(tuple(as_text(cell) or "" for cell in row) for row in rows) for name, rows in sheets.items()}
    return tuple(Peek(path.name, name, rows, guess_header(rows)) for name, rows in found.items() if any(map(any, rows)))


def _parquet(path: Path) -> Peek:
    with duckdb.connect() as con:
        headers = parquet_columns(con, path)
        sql = f"SELECT * FROM (SELECT COLUMNS(*)::VARCHAR FROM read_parquet($path)) LIMIT {ROWS}"
        rows = con.execute(sql, {"path": str(path)}).fetchall()
    texts = tuple(tuple(str(cell or "") for cell in row) for row in rows)
    return Peek(path.name, "", (headers, *texts), 0)


def _text(path: Path) -> Peek:
    text, encoding = _head(path)
    delimiter = max(DELIMITERS, key=lambda mark: _evenness(_split(text, mark, SEARCH_ROWS)))
    rows = _split(text, delimiter, ROWS)
    if not rows:
        raise LoadError("DQ05", path.name, "the file is empty.", "Export it again.")
    return Peek(path.name, "", rows, guess_header(rows), delimiter, encoding)


def _head(path: Path) -> tuple[str, str]:
    """Return the beginning of a text file, whole lines only, and its encoding where it is not UTF-8."""
    with path.open("rb") as handle:
        data = handle.read(LONGEST_LINE)
        cut = bool(handle.read(1))
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text, encoding = data[: len(data) // 2 * 2].decode("utf-16", "replace"), ""
    elif b"\0" in data:
        raise LoadError("DQ05", path.name, "this is a binary file, not text.", TEXT_CURE)
    else:
        text, encoding = _decoded(data)
    return (text[: text.rfind("\n") + 1] if cut else text), encoding


def _decoded(data: bytes) -> tuple[str, str]:
    try:
        return codecs.getincrementaldecoder("utf-8-sig")().decode(data), ""
    except UnicodeDecodeError:
        return data.decode("windows-1252", "replace"), "windows-1252"


def _split(text: str, delimiter: str, most: int) -> tuple[tuple[str, ...], ...]:
    rows = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(tuple(row))
            if len(rows) == most:
                break
    except csv.Error:
        pass  # what was read so far tells enough; the loader says what is wrong with the rest
    return tuple(rows)


def _evenness(rows: Sequence[Sequence[str]]) -> float:
    """Say how much rows look like a table: the commonest width above one, times its share."""
    widths = Counter(len(row) for row in rows if any(row))
    if not widths:
        return 0.0
    width, times = widths.most_common(1)[0]
    return (width - 1) * times / sum(widths.values())


def guess_header(rows: Sequence[Sequence[str]]) -> int:
    """Return the first row that names columns: filled as wide as the table, no name twice, none with digits alone."""
    head = rows[:SEARCH_ROWS]
    widest = max((_filled(row) for row in head), default=0)
    for number, row in enumerate(head):
        names = [cell.strip().casefold() for cell in row if cell.strip()]
        if len(names) >= max(2, 0.6 * widest) and len(set(names)) == len(names) and all(map(_is_name, names)):
            return number
    return 0


def _filled(row: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in row)


def _is_name(text: str) -> bool:
    return any(mark.isalpha() for mark in text) and len(text) <= 80
