"""Cells that need no column of their own: an unreleased total is the sum of its parts, and nothing else bounds it.

Where most totals are not released, programs over what is left are a fifth of the size and many times as fast.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from scipy.sparse import csr_array

from pipelines.disclosure.problem import Floats, Ints, Problem, Relation, State

Sum = dict[int, int]  # cell -> how often it is in the sum


class Leaves:
    """Writes totals as sums of the cells they are made of.

    A total can go if it is unreleased and can be anything from 0 up: its parts are never negative, so that it is not
    either. `keep`: cells that must stay, because a program has to bound them one by one.
    """

    def __init__(self, problem: Problem, equations: Iterable[Relation], keep: Iterable[int] = ()) -> None:
        free = (problem.state == State.UNRELEASED) & (problem.lower == 0)
        free[list(keep)] = False
        negative = problem.lower < 0
        self._made_of: dict[int, list[tuple[int, ...]]] = {}
        for equation in equations:
            total, *parts = equation.cells
            if free[total] and _is_sum(equation) and not negative[parts].any():
                self._made_of.setdefault(total, []).append(tuple(parts))
        self.sums: dict[int, Sum] = {}
        for total in self._made_of:
            self._sum(total)
        self._matrix = _matrix(self.sums, len(problem.values))

    def _sum(self, cell: int) -> Sum:
        """Return a cell as a sum of cells that stay: itself, or the shortest sum of its parts."""
        if cell not in self._made_of:
            return {cell: 1}
        if cell not in self.sums:
            ways = [self._added(parts) for parts in self._made_of[cell]]
            self.sums[cell] = min(ways, key=len)
        return self.sums[cell]

    def _added(self, parts: Iterable[int]) -> Sum:
        found: Sum = {}
        for part in parts:
            for cell, times in self._sum(part).items():
                found[cell] = found.get(cell, 0) + times
        return found

    def rewritten(self, relations: Iterable[Relation]) -> list[Relation]:
        """Return relations between the cells that stay; those that say nothing any more are left out."""
        found = (self._rewritten(relation) for relation in relations)
        return [relation for relation in found if relation.cells]

    def _rewritten(self, relation: Relation) -> Relation:
        row: Sum = {}
        for cell, k in zip(relation.cells, relation.coefficients, strict=True):
            for part, times in self.sums.get(cell, {cell: 1}).items():
                row[part] = row.get(part, 0) + k * times
        row = {cell: k for cell, k in row.items() if k}
        return Relation(tuple(row), tuple(row.values()))

    def filled(self, move: Floats) -> Floats:
        """Fill in the moves of the totals that went, from those of their parts."""
        if self.sums:
            move[list(self.sums)] = self._matrix @ move
        return move

    def cost(self, cost: Floats) -> Floats:
        """Return the cost per cell that stays of a cost per cell."""
        if not self.sums:
            return cost
        every = cost.copy()
        every += self._matrix.T @ cost[list(self.sums)]
        return every


def _is_sum(equation: Relation) -> bool:
    return equation.coefficients[0] == 1 and set(equation.coefficients[1:]) == {-1}


def _matrix(sums: dict[int, Sum], cells: int) -> csr_array:
    values = np.array([k for one in sums.values() for k in one.values()], dtype=np.float64)
    columns: Ints = np.array([cell for one in sums.values() for cell in one], dtype=np.int64)
    starts = np.cumsum([0, *(len(one) for one in sums.values())])
    return csr_array((values, columns, starts), shape=(len(sums), cells))
