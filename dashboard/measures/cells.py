"""Counted rows to cells: every period with every combination that occurs, zero where nothing was counted.

Arrays by column name, one entry per cell, periods in the order asked and combinations sorted within them; a month
without rows is then seen as such.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from dashboard.measures.counting import NOT_ADDED

Columns: TypeAlias = dict[str, NDArray[Any]]
# What no rows mean where it is not zero: nobody has several events, and there is no median.
_NOTHING = {"widening": 1.0, **dict.fromkeys(NOT_ADDED, np.nan)}


def cells(counted: Columns, by: tuple[str, ...], periods: int) -> Columns:
    """Return `period` (its number), the codes of `by` and the counted columns, one entry per cell."""
    found, place = combinations(counted, by)
    cell = counted["period"] * len(found) + place
    size = periods * len(found)
    codes = np.array(found, dtype=object).reshape(len(found), len(by))
    filled = {name: _in_cells(name, values, cell, size) for name, values in counted.items() if values.dtype.kind == "f"}
    return {
        "period": np.repeat(np.arange(periods), len(found)),
        **{name: np.tile(codes[:, n], periods) for n, name in enumerate(by)},
        **filled,
    }


def combinations(counted: Columns, by: tuple[str, ...]) -> tuple[list[tuple[str, ...]], NDArray[np.int64]]:
    """Return the combinations of codes that occur, sorted, and the number of that of each row."""
    if not by:
        return [()], np.zeros(len(counted["period"]), dtype=np.int64)
    rows = list(zip(*(counted[name] for name in by), strict=True))
    found = sorted(set(rows))
    number = {combination: n for n, combination in enumerate(found)}
    return found, np.array([number[row] for row in rows], dtype=np.int64)


def _in_cells(name: str, values: NDArray[Any], cell: NDArray[np.int64], size: int) -> NDArray[np.float64]:
    if name not in _NOTHING:  # rows of one cell add up: nothing recorded and "unknown" are one code
        return np.bincount(cell, weights=values, minlength=size).astype(np.float64)
    filled = np.full(size, _NOTHING[name])
    filled[cell] = values
    return filled
