"""Whole tables near tables in fractions, for attacker A2.

Columns next to a whole number are held there, some at a time, and the program is solved again. What is found is a
table of whole numbers that keeps every row, or nothing; then a solver by branch and bound has the last word.
"""

from __future__ import annotations

import highspy
import numpy as np

from pipelines.audit.smaller import Smaller
from pipelines.audit.system import Vector

FAR = 1e7  # stands for "no upper end"; counts of people stay far below
DUAL, PRIMAL = 1, 4  # simplex strategies: for changes of bounds, and of the objective
_NEAR, _SHARE = 1e-6, 4


class Rounding:
    """One search on the columns of a solver, which has its own bounds again afterward."""

    def __init__(self, highs: highspy.Highs, small: Smaller) -> None:
        self._highs, self._small = highs, small
        self._columns = np.arange(len(small.kept), dtype=np.int32)

    def table(self, column: int, value: int) -> Vector | None:
        """Return a whole table with one column at a value; None if none was found."""
        lower, upper = self._small.least.copy(), np.full(len(self._columns), FAR)
        lower[column] = upper[column] = value
        self._highs.setOptionValue("simplex_strategy", DUAL)
        self._highs.changeColsCost(len(self._columns), self._columns, np.zeros(len(self._columns)))
        try:
            return self._search(lower, upper)
        finally:
            self._highs.changeColsBounds(
                len(self._columns), self._columns, self._small.least, np.full(len(self._columns), FAR)
            )
            self._highs.setOptionValue("simplex_strategy", PRIMAL)

    def _search(self, lower: Vector, upper: Vector) -> Vector | None:
        found = self._solved(lower, upper)
        while found is not None:
            off = np.abs(found - np.rint(found))
            left = np.flatnonzero(off > _NEAR)
            if not len(left):
                return np.rint(found)
            nearest = left[np.argsort(off[left], kind="stable")]
            found = self._held(nearest[: len(left) // _SHARE + 1], found, lower, upper)
        return None

    def _held(
        self, columns: np.ndarray[tuple[int], np.dtype[np.int64]], found: Vector, lower: Vector, upper: Vector
    ) -> Vector | None:
        """Hold columns at the nearest whole number; if nothing fits, only the first, at either side."""
        low, high = np.floor(found[columns[0]]), np.ceil(found[columns[0]])
        tries = [(columns, np.rint(found[columns])), (columns[:1], np.array([low])), (columns[:1], np.array([high]))]
        for held, values in tries:
            before = lower[held].copy(), upper[held].copy()
            lower[held] = upper[held] = values
            fitting = self._solved(lower, upper)
            if fitting is not None:
                return fitting
            lower[held], upper[held] = before
        return None

    def _solved(self, lower: Vector, upper: Vector) -> Vector | None:
        self._highs.changeColsBounds(len(self._columns), self._columns, lower, upper)
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return np.asarray(self._highs.getSolution().col_value, dtype=np.float64)
