"""Delimited text: encoding, header line, and landing in DuckDB with exact line numbers.

The fast road is DuckDB's strict reader. Its line numbers are right only if every line is one row, so
lines are counted; when the count differs (quoted line breaks, blank lines), a row is empty, or the strict reader
objects, Python's `csv` reads the file exactly and says in which line what is wrong.
"""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import duckdb

from pipelines.errors import LoadError
from pipelines.load.file_bytes import FileBytes, look_through
from pipelines.load.headers import SEARCH_LINES, find_header, positions
from pipelines.profile import Input

# A first line longer than this is no header of a table anybody exported.
LONGEST_LINE = 1_000_000
BATCH_ROWS = 50_000
GROUP_ROWS = 61_440  # half of what DuckDB takes by itself: quicker to write, for smaller lists of distinct texts
_MARKS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_CURE = "Export again as CSV UTF-8 or XLSX; do not re-save it from a spreadsheet."


@dataclass(frozen=True, slots=True)
class TextFile:
    """A delimited file in UTF-8, with its header found."""

    path: Path
    label: str
    delimiter: str
    headers: tuple[str, ...]
    header_line: int  # 1 for the first line of the file
    columns: dict[str, int]
    broken_header: bool  # a cell up to the header holds a line break
    lines: int  # of the whole file
    short_rows: bool = False  # lines may have fewer cells than the header


def open_text(path: Path, found: FileBytes, source: Input, scratch: Path) -> TextFile:
    """Find encoding and header; a file in another encoding is transcoded into `scratch` first."""
    if path.stat().st_size == 0:
        raise LoadError("DQ05", path.name, "the file is empty.", "Export it again.")
    utf8, lines = _as_utf8(path, found, source, scratch)
    rows = _first_rows(utf8, source.delimiter, path.name)
    number = _header_of(rows, utf8, source, path.name)
    headers = tuple(str(cell) for cell in rows[number])
    if len(headers) == 1 and not source.header.find:
        raise _wrong_delimiter(path.name, next((mark for mark in _MARKS if mark in headers[0]), ""), source)
    broken = any(mark in cell for row in rows[: number + 1] for cell in row for mark in "\r\n")
    columns = positions(headers, path.name)
    return TextFile(utf8, path.name, source.delimiter, headers, number + 1, columns, broken, lines, source.short_rows)


def land_text(
    con: duckdb.DuckDBPyConnection, file: TextFile, table: str, wanted: Sequence[str], scratch: Path
) -> None:  # fmt: skip
    """Land the wanted columns as text in `table`, a view of a file in `scratch` where the fast road is open."""
    if file.broken_header or not _land_fast(con, file, table, wanted, scratch / f"{table}.parquet"):
        con.execute(f"DROP VIEW IF EXISTS {table}")
        _land_exactly(con, file, table, wanted)


def _land_fast(
    con: duckdb.DuckDBPyConnection, file: TextFile, table: str, wanted: Sequence[str], landed: Path
) -> bool:  # fmt: skip
    """Land by the strict reader; False if it objects, or if its rows are not the lines of the file.

    In a Parquet file, because it keeps each text of a column once: a quarter of the size, where a temporary table
    of ten million sessions outgrows two gigabytes of memory; and its statistics find empty rows without a scan.
    """
    select = ", ".join(f"c{file.columns[name]} AS {column_name(n)}" for n, name in enumerate(wanted))
    is_empty = " AND ".join(f"{column_name(n)} IS NULL" for n in range(len(wanted)))
    target = f"'{_sql_text(str(landed))}'"
    try:
        con.execute(
            f"COPY (SELECT {select} FROM {_reader(file)}) TO {target}"
            f" (FORMAT parquet, COMPRESSION uncompressed, ROW_GROUP_SIZE {GROUP_ROWS})",
            {"path": str(file.path)},
        )
        con.execute(
            f"CREATE TEMP VIEW {table} AS SELECT (file_row_number + {file.header_line + 1})::INTEGER AS source_row,"
            f" * EXCLUDE (file_row_number) FROM read_parquet({target}, file_row_number=true)"
        )
        ((rows, empty),) = con.execute(
            f"SELECT (SELECT count(*) FROM {table}), EXISTS (SELECT 1 FROM {table} WHERE {is_empty})"
        ).fetchall()
    except duckdb.Error:
        return False  # the exact reader says what is wrong, in words
    return bool(rows == file.lines - file.header_line and not empty)


def column_name(number: int) -> str:
    """Return the name of the landed column with this number; source headers never become SQL names."""
    return f"r{number}"


def _reader(file: TextFile) -> str:
    columns = ", ".join(f"'c{n}': 'VARCHAR'" for n in range(len(file.headers)))
    return (
        f"read_csv($path, auto_detect=false, header=false, skip={file.header_line}, quote='\"', escape='\"',"
        f" delim='{_sql_text(file.delimiter)}', strict_mode=true, columns={{{columns}}})"
    )


def _sql_text(text: str) -> str:
    return text.replace("'", "''")


def _land_exactly(con: duckdb.DuckDBPyConnection, file: TextFile, table: str, wanted: Sequence[str]) -> None:
    import pyarrow as pa  # and with it pandas: slow to import, and the fast road needs neither

    names = ["source_row", *(column_name(n) for n in range(len(wanted)))]
    schema = pa.schema([(names[0], pa.int32()), *((name, pa.string()) for name in names[1:])])
    types = ", ".join(f"{name} {'INTEGER' if name == 'source_row' else 'VARCHAR'}" for name in names)
    con.execute(f"CREATE TEMP TABLE {table} ({types})")
    for batch in _batches(file, [file.columns[name] for name in wanted]):
        landed = pa.Table.from_arrays([pa.array(c, t.type) for c, t in zip(batch, schema, strict=True)], schema=schema)
        con.register("landed_batch", landed)
        con.execute(f"INSERT INTO {table} SELECT * FROM landed_batch")
        con.unregister("landed_batch")


def _batches(file: TextFile, picks: Sequence[int]) -> Iterator[list[list[object]]]:
    batch: list[list[object]] = [[] for _ in range(len(picks) + 1)]
    for line, cells in _exact_rows(file):
        batch[0].append(line)
        for column, pick in zip(batch[1:], picks, strict=True):
            column.append(cells[pick] or None)
        if len(batch[0]) >= BATCH_ROWS:
            yield batch
            batch = [[] for _ in range(len(picks) + 1)]
    yield batch


def _exact_rows(file: TextFile) -> Iterator[tuple[int, list[str]]]:
    """Yield (row a person sees in a spreadsheet, cells); a row of the wrong width stops the load."""
    with file.path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.reader(_short_lines(handle, file.label), delimiter=file.delimiter, strict=True)
        number = 0
        try:
            for number, cells in enumerate(reader, start=1):
                if number <= file.header_line or not any(cells):
                    continue
                if file.short_rows:
                    cells += [""] * (len(file.headers) - len(cells))
                if len(cells) != len(file.headers):
                    what = f"line {number} has {len(cells)} cells, the header has {len(file.headers)}."
                    raise LoadError("DQ05", file.label, what, _CURE)
                yield number, cells
        except csv.Error as error:
            raise LoadError("DQ05", file.label, f"line {number + 1} cannot be read ({error}).", _CURE) from None


def _short_lines(handle: TextIO, label: str) -> Iterator[str]:
    """Yield lines; one that never ends would fill the memory before it could be refused."""
    while line := handle.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise LoadError("DQ05", label, "a line is over a million characters long; this is no table.", _CURE)
        yield line


def _first_rows(path: Path, delimiter: str, label: str) -> list[list[str]]:
    rows: list[list[str]] = []
    with path.open(encoding="utf-8-sig", newline="") as handle:
        head = handle.read(LONGEST_LINE)
    if "\n" not in head and "\r" not in head and len(head) == LONGEST_LINE:
        raise LoadError("DQ05", label, "the first line is over a million characters long; this is no table.", _CURE)
    try:
        for row in csv.reader(io.StringIO(head, newline=""), delimiter=delimiter):
            rows.append(row)
            if len(rows) > SEARCH_LINES:
                break
    except csv.Error as error:
        raise LoadError("DQ05", label, f"line {len(rows) + 1} cannot be read ({error}).", _CURE) from None
    return rows


def _header_of(rows: Sequence[Sequence[str]], path: Path, source: Input, label: str) -> int:
    """Find the header; where another mark than the profile's separates its names, say so rather than "not there"."""
    try:
        return find_header(rows, source, label)
    except LoadError:
        for mark in _MARKS:
            if mark != source.delimiter and _holds_header(path, mark, source, label):
                raise _wrong_delimiter(label, mark, source) from None
        raise


def _holds_header(path: Path, delimiter: str, source: Input, label: str) -> bool:
    try:
        return find_header(_first_rows(path, delimiter, label), source, label) >= 0
    except LoadError:
        return False


def _wrong_delimiter(label: str, found: str, source: Input) -> LoadError:
    """Build the error for columns separated by `found` (empty: by nothing known)."""
    expected = _MARKS.get(source.delimiter, source.delimiter)
    if not found:
        return LoadError("DQ05", label, f"only one column is found when split at {expected}.", _CURE)
    what = f"the columns are separated by {_MARKS[found]}, the profile expects {expected}."
    shown = "\\t" if found == "\t" else found
    cure = f'Export it with {expected}, or write delimiter = "{shown}" below [[input]] in a profile of your own.'
    return LoadError("DQ05", label, what, cure)


def _as_utf8(path: Path, found: FileBytes, source: Input, scratch: Path) -> tuple[Path, int]:
    """Return a file in UTF-8, the given one if it is, and the number of its lines.

    Bytes that are not UTF-8, and of which nobody says otherwise, are Windows-1252, which old spreadsheets write.
    """
    encoding = _declared_encoding(path, source)
    if not encoding:
        _refuse_binary(found, path.name)
        if found.is_utf8:
            return path, found.lines
    copy = scratch / f"{path.name}.{len(list(scratch.iterdir()))}.utf8"
    encoding = encoding or "windows-1252"
    with path.open(encoding=encoding, newline="") as old, copy.open("w", encoding="utf-8", newline="") as new:
        try:
            shutil.copyfileobj(old, new)
        except UnicodeError:
            raise LoadError("DQ05", path.name, f"the file is not {encoding} text.", _CURE) from None
    written = look_through(copy)
    _refuse_binary(written, path.name)
    return copy, written.lines


def _declared_encoding(path: Path, source: Input) -> str:
    """Return the encoding a byte order mark or the profile names, unless it is UTF-8, which is checked."""
    with path.open("rb") as handle:
        head = handle.read(4)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    is_utf8 = source.encoding and source.encoding.replace("-", "").casefold() in ("utf8", "utf8sig")
    return "" if is_utf8 or not source.encoding else source.encoding


def _refuse_binary(found: FileBytes, label: str) -> None:
    if found.is_binary:
        raise LoadError("DQ05", label, "this is a binary file, not text.", _CURE)
