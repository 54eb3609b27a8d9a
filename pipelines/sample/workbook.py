"""The coach spreadsheet of the small outpost: one sheet a month, handmade in every way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from pathlib import Path

import numpy as np
import xlsxwriter
from numpy.random import Generator

from pipelines.sample import vendor_words as words
from pipelines.sample.calibration import SOMERSET
from pipelines.sample.chunks import Chunk
from pipelines.sample.draws import code_of
from pipelines.sample.seasons import CALENDAR, CALENDAR_SHIFT
from pipelines.sample.timeline import COMPLETED
from pipelines.sample.topic_sets import topic_sets
from pipelines.schema import VOCABULARIES

SYNTHETIC = "SYNTHETIC DATA - made by a program, no real person is described"
HEADERS = (
    *("Date", "Who (ID)", "Where", "How", "How long"),
    *("What we worked on", "Good news!", "Hard news", "Co."),
)
GOOD_NEWS = {
    "got_job": "J",
    "found_housing": "H",
    "goal_met": "G",
    "reunited_with_child": "RC",
    "treatment_court_graduation": "TC",
}
CODES = (
    *(("J", "job"), ("H", "home"), ("G", "goal met"), ("RC", "reunited with child")),
    *(("TC", "treatment court graduation"), ("RTU", "return to use"), ("OD", "overdose, survived")),
)
_HOW = {"in_person": "F2F", "video": "zoom", "phone": "phone", "text": "text", "email": "text"}
_LENGTHS = {30: "½ hr", 45: "45m", 60: "1 hr", 90: "1.5 hrs", 75: "1:15", 15: "15 min"}
_COUNTY = ("Piscataquis", "Piscataquis", "Piscataquis Co", "PISCATAQUIS")
_NOT_REACHED = code_of("status", "attempted_no_contact")


@dataclass(frozen=True, slots=True)
class Line:
    """One contact as a coach noted it."""

    day: date
    cells: tuple[str | int, ...]  # everything after the date


def lines_of(rng: Generator, chunk: Chunk, people_before: int) -> list[Line]:
    """Return the contacts of the outpost; planned sessions that did not happen were never noted."""
    sessions = chunk.sessions
    noted = np.flatnonzero(np.isin(sessions.status, (COMPLETED, _NOT_REACHED)))
    return [_line(rng, chunk, int(row), people_before) for row in noted]


def write_workbook(path: Path, rng: Generator, lines: Iterable[Line]) -> None:
    """Write the workbook; its creation date is fixed so that the same seed gives the same bytes."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"title": SYNTHETIC, "created": datetime(2026, 10, 2)})
        formats = {
            "title": book.add_format({"bold": True}),
            "date": book.add_format({"num_format": "m/d/yy"}),
        }
        for _, month in groupby(lines, key=lambda line: (line.day.year, line.day.month)):
            _write_month(book, formats, rng, list(month))
        _write_codes(book)


def _line(rng: Generator, chunk: Chunk, row: int, people_before: int) -> Line:
    sessions = chunk.sessions
    person = int(sessions.person[row])
    cells = (
        f"PQ{people_before + person + 1:04d}",
        ("Dover-Foxcroft", "Milo", "library", "their place")[int(rng.integers(4))],
        _how(rng, chunk, row),
        _how_long(rng, int(sessions.minutes[row])),
        _topics(int(sessions.topics[row])),
        _good_news(chunk, row),
        "OD" if sessions.overdoses[row] else "RTU" if sessions.returns_to_use[row] else "",
        "Somerset" if sessions.county[row] == SOMERSET else _COUNTY[int(rng.integers(len(_COUNTY)))],
    )
    return Line(CALENDAR[int(sessions.day[row]) + CALENDAR_SHIFT], cells)


def _how(rng: Generator, chunk: Chunk, row: int) -> str:
    if chunk.sessions.status[row] == _NOT_REACHED:
        return "lm"
    how = _HOW.get(VOCABULARIES["mode"][chunk.sessions.mode[row]], "F2F")
    return "phone/text" if how == "phone" and rng.random() < 0.2 else how


def _how_long(rng: Generator, minutes: int) -> str | int:
    if minutes < 0:
        return ""
    if rng.random() < 0.01:
        return "all morning"
    if minutes == 90 and rng.random() < 0.5:
        return "1:30"
    return _LENGTHS.get(minutes, minutes) if rng.random() < 0.6 else minutes


def _topics(topics: int) -> str:
    chosen = topic_sets()[topics] if topics < len(topic_sets()) else ()
    return ", ".join(words.title(topic).lower() for topic in chosen)


def _good_news(chunk: Chunk, row: int) -> str:
    if chunk.sessions.goals_met[row]:
        return "G"
    win = int(chunk.sessions.win[row])
    return GOOD_NEWS.get(VOCABULARIES["milestone_code"][win], "") if win >= 0 else ""


def _write_month(book: xlsxwriter.Workbook, formats: dict[str, object], rng: Generator, lines: list[Line]) -> None:
    """Two merged title rows, an empty one, the header on line 4, the contacts, a total."""
    sheet = book.add_worksheet(lines[0].day.strftime("%b %y"))
    sheet.merge_range("A1:I1", SYNTHETIC, formats["title"])
    sheet.merge_range("A2:I2", f"Piscataquis outpost, coaching log, {lines[0].day:%B %Y}", formats["title"])
    sheet.write_row(3, 0, HEADERS, formats["title"])
    for row, line in enumerate(lines, start=4):
        _write_date(sheet, formats, row, line.day, rng.random())
        for column, cell in enumerate(line.cells, start=1):
            if cell != "":
                sheet.write(row, column, cell)
    sheet.write_row(len(lines) + 4, 0, ("Total", len(lines)), formats["title"])


def _write_date(
    sheet: xlsxwriter.worksheet.Worksheet, formats: dict[str, object], row: int, day: date, habit: float
) -> None:
    """Write a date, a date typed as text, or a bare serial number: each coach has a habit."""
    if habit < 0.35:
        sheet.write_string(row, 0, f"{day.month}/{day.day}/{day:%y}")
    elif habit < 0.9:
        sheet.write_datetime(row, 0, datetime(day.year, day.month, day.day), formats["date"])
    else:
        sheet.write_number(row, 0, (day - date(1899, 12, 30)).days)


def _write_codes(book: xlsxwriter.Workbook) -> None:
    """Write the hidden sheet that says what the codes mean."""
    sheet = book.add_worksheet("codes")
    sheet.write_string(0, 0, SYNTHETIC)
    for row, pair in enumerate(CODES, start=2):
        sheet.write_row(row, 0, pair)
    sheet.hide()
