"""Whole tables: linear programs whose optimum is rounded by fixing ever more cells to the nearest whole number.

A table of half people convinces nobody, and an attacker knows that people are whole. The seed is fixed and nothing
depends on the clock, so that the same counts and policy give the same bytes.
"""

from __future__ import annotations

import highspy
import numpy as np

from pipelines.disclosure.problem import Floats, Ints, Problem, Relation
from pipelines.disclosure.secret import Secret
from pipelines.disclosure.solver import DUAL, INF, PRIMAL, TOLERANCE
from pipelines.disclosure.tables import Tables

UP, DOWN = 1, -1
_WORTH, _LEAST = 0.02, 4  # go on in random directions while one table settles so many of the open cells


class WholeTables:
    """Fills `tables` until every small cell is proved, for one choice of what is shown."""

    def __init__(
        self, problem: Problem, tables: Tables, equations: tuple[Relation, ...], *, one_by_one: bool = True
    ) -> None:
        """`one_by_one`: whether `settle` will be asked for cells; without it the programs are smaller."""
        self._problem, self._tables = problem, tables
        self._secret = Secret(problem, tables.state, equations, keep=tables.open_cells() if one_by_one else ())
        self._program = self._secret.program(DUAL)
        self._basis: highspy.HighsBasis | None = None
        self._every = np.arange(len(self._secret.cells))
        self._random = np.random.default_rng(1)
        reach = 2.0 * np.maximum(problem.need, problem.need.max(initial=0))[self._secret.cells]
        self._near = np.maximum(self._secret.lower, -reach), reach
        self._far = self._secret.lower, np.minimum(self._secret.upper, 1e3 + 100 * reach)

    def explore(self) -> None:
        """Push all open cells at once in random directions, while that settles enough of them."""
        before = len(self._tables.open_cells())
        while before:
            self._program.cost(self._aim())
            self._find(*self._near)
            after = len(self._tables.open_cells())
            if before - after < max(_LEAST, _WORTH * before):
                return
            before = after

    def _aim(self) -> Floats:
        """Draw a direction for every open cell."""
        cells = self._tables.open_cells()
        cost = self._random.choice([-1.0, 1.0], len(cells)) * (0.2 + self._random.random(len(cells)))
        return self._secret.cost(cells, cost)

    def settle(self, cell: int) -> bool:
        """Find two whole tables far enough apart at one cell; False if that fails."""
        for bounds in (self._near, self._far):
            for side in (UP, DOWN):
                if self._is_open(cell):
                    self._program.cost(self._aim())
                    self._find(*self._beyond(cell, side, *bounds))
        return not self._is_open(cell) or self._by_integer_program(cell)

    def _is_open(self, cell: int) -> bool:
        return bool(self._tables.high[cell] - self._tables.low[cell] < self._problem.need[cell])

    def _beyond(self, cell: int, side: int, lower: Floats, upper: Floats) -> tuple[Floats, Floats]:
        """Bound one cell to where it is far enough from the tables on its other side."""
        column, value, need = self._secret.column[cell], self._problem.values[cell], self._problem.need[cell]
        lower, upper = lower.copy(), upper.copy()
        if side == UP:
            lower[column] = self._tables.low[cell] + need - value
            upper[column] = max(upper[column], lower[column])
        else:
            upper[column] = self._tables.high[cell] - need - value
        return lower, upper

    def _find(self, lower: Floats, upper: Floats) -> None:
        """Solve within the bounds and keep the rounded table, if there is one."""
        if bool((lower > upper).any()):
            return
        self._program.bounds(self._every, lower, upper)
        move = self._first()
        whole = None if move is None else self._dive(move, lower.copy(), upper.copy())
        if whole is not None:
            self._tables.add(np.rint(self._secret.move(whole)).astype(np.int64))

    def _first(self) -> Floats | None:
        """Solve before anything is fixed, from where the last such program ended: mostly only the aim is another."""
        if self._basis is not None:
            self._program.start(self._basis)
        self._program.strategy(PRIMAL)
        move = self._program.run()
        self._program.strategy(DUAL)
        if move is not None:
            self._basis = self._program.basis()
        return move

    def _dive(self, move: Floats, lower: Floats, upper: Floats) -> Floats | None:
        """Fix the cells nearest to whole numbers, an eighth at a time, and solve again; None if that ends nowhere."""
        while True:
            gap = np.abs(move - np.rint(move))
            open_ = np.flatnonzero(gap > TOLERANCE)
            if not len(open_):
                return move
            order = open_[np.argsort(gap[open_], kind="stable")]
            found = self._fix(order[: max(1, len(order) // 8)], np.rint(move), lower, upper)
            if found is None and len(order) >= 16:
                found = self._fix(order[:1], np.rint(move), lower, upper)
            if found is None:  # the nearest whole number is impossible: try the one on the other side
                found = self._fix(order[:1], np.floor(move) + np.ceil(move) - np.rint(move), lower, upper)
            if found is None:
                return None
            move = found

    def _fix(self, columns: Ints, to: Floats, lower: Floats, upper: Floats) -> Floats | None:
        before = lower[columns], upper[columns]
        lower[columns] = upper[columns] = to[columns]
        self._program.bounds(columns, lower[columns], upper[columns])
        move = self._program.run()
        if move is None:
            lower[columns], upper[columns] = before
            self._program.bounds(columns, *before)
        return move

    def _by_integer_program(self, cell: int) -> bool:
        """Settle a cell by branch and bound: slow and rare."""
        for side in (UP, DOWN):
            if self._is_open(cell):
                program = self._secret.program(DUAL)
                program.whole_numbers()
                lower, upper = self._beyond(cell, side, self._secret.lower, np.full(len(self._every), INF))
                if bool((lower > upper).any()):
                    continue
                program.bounds(self._every, lower, upper)
                move = program.run()
                if move is not None:
                    self._tables.add(np.rint(self._secret.move(move)).astype(np.int64))
        return not self._is_open(cell)
