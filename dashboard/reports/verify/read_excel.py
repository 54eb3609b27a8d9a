"""Tables of a workbook: the named ranges, each number printed by its own number format.

Bars of a chart read the table's cells; charts over time read cells beside it, which must agree with the table.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell

from dashboard.reports.cells import DIGITS, printed
from dashboard.reports.renderers.excel_names import BESIDE, RANGE
from dashboard.reports.verify import Contents

Cells: TypeAlias = Any  # rows of cells; openpyxl carries no types


def read(path: Path) -> Contents:
    """Read every table in the order of its name."""
    workbook = load_workbook(path)
    tables = {name.removeprefix(RANGE): cells for name, cells in _named(workbook, RANGE)}
    grids = {number: [[_text(cell) for cell in row] for row in cells] for number, cells in tables.items()}
    wrong = [
        f"chart of {cells[0][0].parent.title}: {words}"
        for name, cells in _named(workbook, BESIDE)
        for words in _disagreeing(grids[name.removeprefix(BESIDE)], cells)
    ]
    texts = [str(cell) for row in workbook.worksheets[0].iter_rows(values_only=True) for cell in row if cell]
    return Contents(tuple(grids.values()), "\n".join(texts), tuple(wrong))


def _named(workbook: Workbook, prefix: str) -> Iterator[tuple[str, Cells]]:
    """Yield the named ranges of one kind in the order of their numbers, with their cells."""
    for name in sorted(name for name in workbook.defined_names if name.startswith(prefix)):
        ((sheet, where),) = workbook.defined_names[name].destinations
        yield name, workbook[sheet][where]


def _disagreeing(grid: list[list[str]], cells: Cells) -> Iterator[str]:
    """Name the rows whose drawn value or limits are not those of the table: value, then distances down and up."""
    head, *lines = cells
    value_column, low, high = (str(head[place].value) for place in range(3))
    for (label, *texts), line in zip(grid[1:], lines, strict=False):
        known = dict(zip(grid[0][1:], texts, strict=True))
        for start in range(0, len(line), 3):
            value, minus, plus = (cell.value for cell in line[start : start + 3])
            if value is None:
                continue
            shown = {value_column: value}
            shown |= {} if minus is None or plus is None else {low: value - minus, high: value + plus}
            is_percent = "%" in line[start].number_format
            if any(printed(round(n, DIGITS), is_percent=is_percent) != known.get(c) for c, n in shown.items()):
                yield label


def _text(cell: Cell) -> str:
    value = cell.value
    if isinstance(value, int | float):
        return printed(float(value), is_percent="%" in cell.number_format)
    return "" if value is None else str(value)
