"""A coach's log as people keep it: a sheet a month, merged titles, totals, days and counties written in many ways."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import xlsxwriter

HEADER = ("Date", "Who (code)", "Name", "How it went", "How", "How long", "Notes", "Co.")
JANUARY = (
    ("1/5/26", "QX1001", "Canary Smith", "Came", "F2F", "1.5 hrs", "canary talked about work", "Hancock Co"),
    (46034, "QX1001", "Canary Smith", "Came", "phone/text", 15, "", "Hancock"),  # 12 January, as a bare number
    (date(2026, 1, 19), "QX1002", "Canary Jones", "came ", "Zoom", "½ hr", "", "Wash."),
    (None,) * 8,
    ("1/20/26", "QX1002", "Canary Jones", "Stood up", "F2F", None, "", "WASHINGTON"),
    ("0/0/0000", "QX1003", "Canary Brown", "Came", "F2F", 60, "", "Hancock"),
    ("Jan 22", "QX1003", "Canary Brown", "Came", "F2F", "45m", "", "hancock county, ME"),
    ("wk of 1/26", "QX1002", "Canary Jones", "Came", "F2F", "all morning", "", "Ellsworth"),
    ("1.27.26", "QX1004", "Canary Green", "Came", "F2F", "1:30", "", "Hancock"),
    ("Total", 8, None, None, None, None, None, None),
)
FEBRUARY = (
    ("2/2/26", "QX1001", "Canary Smith", "Came", "F2F", 30, "", "Hancock"),
    ("2/3/2026", "QX1004", "Canary Green", "Stood up", "F2F", None, "", "Hancock"),
    ("Grand total", 2, None, None, None, None, None, None),
)
OLD = (("3/3/25", "QX1009", "Canary Old", "Came", "F2F", 60, "", "Hancock"),)


def write_log(path: Path) -> Path:
    """Write the workbook: two months, a sheet of codes, a hidden sheet of the year before."""
    with xlsxwriter.Workbook(str(path)) as book:
        title = book.add_format({"bold": True, "align": "center", "bg_color": "#ffe599"})
        day = book.add_format({"num_format": "m/d/yy"})
        _sheet(book.add_worksheet("Jan 26"), "Recovery center log", JANUARY, title, day)
        _sheet(book.add_worksheet("Feb 26"), "Recovery center log, February", FEBRUARY, title, day)
        codes = book.add_worksheet("codes")
        codes.write_row(0, 0, ("Code", "Meaning"))
        codes.write_row(1, 0, ("F2F", "face to face"))
        hidden = book.add_worksheet("Mar 25")
        _sheet(hidden, "Old", OLD, title, day)
        hidden.hide()
    return path


def _sheet(sheet: object, words: str, rows: tuple, title: object, day: object) -> None:
    sheet.merge_range(0, 0, 0, len(HEADER) - 1, words, title)
    sheet.merge_range(1, 0, 1, 3, "Please fill in every day!", title)
    sheet.write_row(3, 0, HEADER)
    for number, row in enumerate(rows, start=4):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, column, cell, day)
            elif cell is None:
                sheet.write_blank(number, column, None, title)  # a colored cell with nothing in it
            else:
                sheet.write(number, column, cell)
