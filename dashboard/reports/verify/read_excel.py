"""Tables of a workbook: the named ranges, each number printed by its own number format."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell

from dashboard.reports.cells import printed
from dashboard.reports.renderers.excel_names import RANGE
from dashboard.reports.verify import Contents


def read(path: Path) -> Contents:
    """Read every table in the order of its name."""
    workbook = load_workbook(path)
    grids = []
    for name in sorted(name for name in workbook.defined_names if name.startswith(RANGE)):
        ((sheet, where),) = workbook.defined_names[name].destinations
        grids.append([[_text(cell) for cell in row] for row in workbook[sheet][where]])
    texts = [str(cell) for row in workbook.worksheets[0].iter_rows(values_only=True) for cell in row if cell]
    return Contents(tuple(grids), "\n".join(texts))


def _text(cell: Cell) -> str:
    value = cell.value
    if isinstance(value, int | float):
        return printed(float(value), is_percent="%" in cell.number_format)
    return "" if value is None else str(value)
