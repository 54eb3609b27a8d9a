"""Rows of a result as typed objects, so that charts and cards name fields instead of guessing them."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.measures.result import Result

COLUMNS = [
    "period",
    "completeness",
    "numerator",
    "denominator",
    "value",
    "lower",
    "upper",
    "reason",
    "reliable",
    "left_out",
]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of `Result.frame`; NaN means "cannot be computed", and `reason` says why."""

    period: str
    completeness: str
    numerator: float
    denominator: float
    value: float
    lower: float
    upper: float
    reason: str
    reliable: bool
    left_out: float


def rows(frame: pd.DataFrame) -> list[Row]:
    """Return the rows of a result's frame, in its order."""
    # Column by column: ten times faster than to put a frame of these columns together first.
    return [Row(*values) for values in zip(*(frame[name].tolist() for name in COLUMNS), strict=True)]


def only_row(result: Result) -> Row:
    """Return the row of a result over one period that is not split."""
    return rows(result.frame)[0]


def row_of(result: Result, period: str) -> Row:
    """Return the row of the period labeled `period`, of a result that is not split."""
    return next(row for row in rows(result.frame) if row.period == period)
