"""XLSX sheets and Parquet files, landed as text like any other export."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

import duckdb
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from pipelines.errors import LoadError
from pipelines.load.headers import find_header, positions
from pipelines.load.text_file import column_name
from pipelines.profile import Input


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet with its header found; `rows` are the data rows below it."""

    label: str
    headers: tuple[str, ...]
    header_line: int
    columns: dict[str, int]
    rows: list[list[object]]


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets that fit the input, and those that were passed over, by name."""

    sheets: tuple[Sheet, ...]
    hidden: tuple[str, ...]
    without_header: tuple[str, ...] = ()


def open_workbook(path: Path, source: Input) -> Workbook:
    """Read the visible sheets that match; with a sheet pattern, sheets without the header are passed over."""
    try:
        book = CalamineWorkbook.from_path(str(path))
    except (CalamineError, OSError, ValueError) as error:
        what = f"the workbook cannot be opened ({type(error).__name__}); it may be cut off or not be XLSX."
        raise LoadError("DQ05", path.name, what, "Save it again as .xlsx and load that copy.") from None
    hidden = tuple(s.name for s in book.sheets_metadata if s.visible != SheetVisibleEnum.Visible)
    visible = [s.name for s in book.sheets_metadata if s.name not in hidden]
    names = [n for n in visible if fnmatch(n.casefold(), source.sheet.casefold())] if source.sheet else visible[:1]
    if not names:
        what = f'no visible sheet is called "{source.sheet}".'
        raise LoadError("DQ05", path.name, what, f"The sheets are: {', '.join(visible)}.")
    found = {name: _sheet(book, name, path.name, source, len(names) > 1) for name in names}
    sheets = [sheet for sheet in found.values() if sheet]
    if not sheets:
        wanted = ", ".join(source.header.find)
        raise LoadError("DQ03", path.name, f"no sheet has the columns {wanted}.", "Check the header line.")
    return Workbook(tuple(sheets), hidden, tuple(name for name, sheet in found.items() if sheet is None))


def land_rows(con: duckdb.DuckDBPyConnection, sheet: Sheet, table: str, wanted: Sequence[str]) -> None:
    """Land the wanted columns of a sheet with their row in the spreadsheet."""
    import pyarrow as pa  # and with it pandas: slow to import, and only workbooks need them

    numbered = [(n, row) for n, row in enumerate(sheet.rows, start=sheet.header_line + 1) if any(map(_filled, row))]
    arrays = [pa.array([n for n, _ in numbered], pa.int32())]
    for name in wanted:
        position = sheet.columns[name]
        arrays.append(pa.array([as_text(row[position]) for _, row in numbered], pa.string()))
    names = ["source_row", *(column_name(n) for n in range(len(wanted)))]
    con.register("landed_sheet", pa.Table.from_arrays(arrays, names=names))
    con.execute(f"CREATE TEMP TABLE {table} AS SELECT * FROM landed_sheet")
    con.unregister("landed_sheet")


def as_text(cell: object) -> str | None:
    """Write a cell as the text a CSV export would hold; whole numbers without a decimal point."""
    match cell:
        case None | "":
            return None
        case bool():
            return "true" if cell else "false"
        case float() if cell.is_integer():
            return str(int(cell))
        case dt.datetime() if cell.time() == dt.time():
            return cell.date().isoformat()
        case dt.date() | dt.datetime() | dt.time():
            return cell.isoformat()
        case dt.timedelta():
            minutes = int(cell.total_seconds() // 60)
            return f"{minutes // 60}:{minutes % 60:02d}"
        case _:
            return str(cell)


def _filled(cell: object) -> bool:
    return cell not in (None, "")


def _sheet(book: CalamineWorkbook, name: str, file: str, source: Input, several: bool) -> Sheet | None:
    label = f"{file}[{name}]"
    rows: list[list[object]] = [list(row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
    try:
        number = find_header(rows, source, label)
    except LoadError:
        if several:
            return None  # a sheet of codes or notes among the sheets of data
        raise
    if number >= len(rows):
        raise LoadError("DQ05", label, "the sheet is empty.", "Export it again.")
    headers = tuple("" if cell is None else str(cell) for cell in rows[number])
    return Sheet(label, headers, number + 1, positions(headers, label), rows[number + 1 :])


def parquet_columns(con: duckdb.DuckDBPyConnection, path: Path) -> tuple[str, ...]:
    """Return the column names of a Parquet file."""
    try:
        rows = con.execute("DESCRIBE SELECT * FROM read_parquet($path)", {"path": str(path)}).fetchall()
    except duckdb.Error:
        what = "the Parquet file cannot be opened; it may be cut off."
        raise LoadError("DQ05", path.name, what, "Export it again.") from None
    return tuple(str(row[0]) for row in rows)


def land_parquet(con: duckdb.DuckDBPyConnection, path: Path, table: str, wanted: Sequence[str]) -> None:
    """Land the wanted columns of a Parquet file as text; rows are numbered as in a sheet with one header row."""
    select = ", ".join(f'"{_quoted(name)}"::VARCHAR AS {column_name(n)}' for n, name in enumerate(wanted))
    con.execute(
        f"CREATE TEMP TABLE {table} AS SELECT (file_row_number + 2)::INTEGER AS source_row, {select}"
        " FROM read_parquet($path, file_row_number=true)",
        {"path": str(path)},
    )


def _quoted(name: str) -> str:
    return name.replace('"', '""')
