"""Names inside a workbook: sheets that Excel accepts, and the ranges that hold the tables."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlsxwriter.utility import xl_range_abs
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboard.reports.document import Table

RANGE = "report_table_"
BESIDE = "report_chart_"  # cells of a chart over time, beside its table
LONGEST = 31
_REFUSED = re.compile(r"[\[\]:*?/\\']")


def sheet_names(tables: Sequence[Table]) -> list[str]:
    """Return one name per table: at most 31 characters, none that Excel refuses, none twice."""
    taken = {"report", "texts"}
    names = []
    for table in tables:
        bare = " ".join(_REFUSED.sub(" ", table.title).split())[:LONGEST].strip() or "Table"
        name, number = bare, 2
        while name.casefold() in taken:
            name = f"{bare[: LONGEST - 3].strip()} {number}"
            number += 1
        taken.add(name.casefold())
        names.append(name)
    return names


def define(workbook: Workbook, sheet: Worksheet, name: str, where: tuple[int, int, int, int]) -> None:
    """Name cells (first row and column, last row and column), so that `verify` finds them whatever is around."""
    quoted = sheet.get_name().replace("'", "''")
    workbook.define_name(name, f"='{quoted}'!{xl_range_abs(*where)}")
