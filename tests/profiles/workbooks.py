"""Workbooks from text: a folder `log.xlsx.sheets` holds one CSV per sheet ("1 Jan 26.csv" is the first, "Jan 26")."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import xlsxwriter


def write_workbook(folder: Path, target: Path) -> None:
    """Write the sheets of `folder` as one workbook; a file named "… hidden.csv" becomes a hidden sheet."""
    with xlsxwriter.Workbook(str(target)) as book:
        day = book.add_format({"num_format": "m/d/yy"})
        for path in sorted(folder.glob("*.csv")):
            name = path.stem.partition(" ")[2]
            sheet = book.add_worksheet(name.removesuffix(" hidden"))
            with path.open(encoding="utf-8", newline="") as handle:
                for number, row in enumerate(csv.reader(handle)):
                    for column, text in enumerate(row):
                        _write_cell(sheet, number, column, text, day)
            if name.endswith(" hidden"):
                sheet.hide()


def _write_cell(sheet: object, row: int, column: int, text: str, day: object) -> None:
    if text.startswith("date:"):  # a real date cell
        sheet.write_datetime(row, column, date.fromisoformat(text.removeprefix("date:")), day)
    elif re.fullmatch(r"\d+", text):  # a number cell; a bare serial among them
        sheet.write_number(row, column, int(text))
    elif text:
        sheet.write_string(row, column, text)
