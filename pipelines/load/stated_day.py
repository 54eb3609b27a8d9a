"""The last complete day as a report states it above its header, where the profile says how."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from pipelines.load.headers import SEARCH_LINES
from pipelines.load.reading import clean, parse_date
from pipelines.load.source_files import SourceFile
from pipelines.load.workbook import as_text
from pipelines.profile import Input


def stated_day(path: Path, source: Input) -> date | None:
    """Return the last complete day a file states, or None if it states none where the profile looks."""
    asked = source.as_of
    if asked is None:
        return None
    for line in _first_lines(path, source):
        place = line.casefold().find(asked.find.casefold())
        day = _day_at_start(line[place + len(asked.find) :], asked.formats) if place >= 0 else None
        if day:
            return day + timedelta(days=asked.offset_days)
    return None


def earliest_stated(files: Sequence[SourceFile]) -> tuple[date, str] | None:
    """Return the earliest day the files of one export state, and the name of that file."""
    found = [(day, file.path.name) for file in files for day in [stated_day(file.path, file.input)] if day]
    return min(found, default=None)


def _day_at_start(text: str, formats: Sequence[str]) -> date | None:
    """Read the day that follows; a time or other words may stand behind it."""
    words = clean(text).strip(" :,;\"'").split(" ")
    starts = (" ".join(words[:count]).rstrip(",;\"'") for count in range(min(len(words), 4), 0, -1))
    return next((day for start in starts for day in [parse_date(start, tuple(formats), None, None)] if day), None)


def _first_lines(path: Path, source: Input) -> list[str]:
    if path.suffix.lower() == ".xlsx":
        return _first_rows(path)
    if path.suffix.lower() == ".parquet":
        return []
    with path.open(encoding=source.encoding or "utf-8-sig", errors="replace") as handle:
        return [line.strip() for line in islice(handle, SEARCH_LINES)]


def _first_rows(path: Path) -> list[str]:
    try:
        book = CalamineWorkbook.from_path(str(path))
        rows = book.get_sheet_by_index(0).to_python(nrows=SEARCH_LINES)
    except (CalamineError, OSError, ValueError):
        return []  # the load itself says what is wrong with the file
    return [" ".join(as_text(cell) or "" for cell in row).strip() for row in rows]
