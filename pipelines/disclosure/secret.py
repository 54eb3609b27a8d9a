"""The cells an attacker does not see, as columns of a linear program over moves away from the true counts."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from pipelines.disclosure.leaves import Leaves
from pipelines.disclosure.problem import Floats, Ints, Problem, Relation, State
from pipelines.disclosure.solver import INF, Columns, Program


class Secret:
    """Columns for the cells not shown; shown ones do not move and need none, nor do totals of their parts.

    `keep`: cells that get a column in any event.
    """

    def __init__(
        self, problem: Problem, state: Ints, equations: tuple[Relation, ...], keep: Iterable[int] = ()
    ) -> None:
        self.problem = problem
        self._leaves = Leaves(problem, problem.equations, keep)
        hidden = state != State.SHOWN
        hidden[list(self._leaves.sums)] = False
        self.cells = np.flatnonzero(hidden)
        self.column = np.full(len(state), -1, dtype=np.int64)
        self.column[self.cells] = np.arange(len(self.cells))
        self._equations, self._limits = (self._leaves.rewritten(rows) for rows in (equations, problem.limits))
        self._room = -np.array([limit.at(problem.values) for limit in self._limits], dtype=np.float64)
        self._rows_of: dict[int, list[tuple[int, int]]] | None = None
        floor = problem.lower - problem.values
        self._floor = np.where(np.isfinite(floor), floor, -INF)

    @property
    def lower(self) -> Floats:
        """Return the lowest move of each column."""
        return self._floor[self.cells]

    @property
    def upper(self) -> Floats:
        """Return the highest move of each column: there is no limit."""
        return np.full(len(self.cells), INF)

    def program(self, strategy: int) -> Program:
        """Build a program on these columns, without cost."""
        equations, limits = ([self._of_columns(r) for r in rows] for rows in (self._equations, self._limits))
        columns = Columns(np.zeros(len(self.cells)), self.lower, self.upper)
        return Program(equations, limits, self._room, columns, strategy)

    def _of_columns(self, relation: Relation) -> Relation:
        kept = [(int(self.column[c]), k) for c, k in zip(relation.cells, relation.coefficients, strict=True)
                if self.column[c] >= 0]  # fmt: skip
        return Relation(tuple(c for c, _ in kept), tuple(k for _, k in kept))

    def withhold(self, cells: Ints, program: Program) -> None:
        """Give newly withheld cells a column each, here and in a program that goes on."""
        if self._rows_of is None:
            self._rows_of = {}
            for number, relation in enumerate((*self._equations, *self._limits)):
                for cell, k in zip(relation.cells, relation.coefficients, strict=True):
                    self._rows_of.setdefault(cell, []).append((number, k))
        for cell in cells.tolist():
            self.column[cell] = len(self.cells)
            self.cells = np.append(self.cells, cell)
            rows = np.array(self._rows_of.get(cell, []), dtype=np.int64).reshape(-1, 2)
            program.add_column(rows[:, 0], rows[:, 1].astype(np.float64), float(self._floor[cell]), INF)

    def cost(self, cells: Ints, cost: Floats) -> Floats:
        """Return the cost per column of a cost of some cells."""
        every = np.zeros(len(self.problem.values))
        every[cells] = cost
        return self._leaves.cost(every)[self.cells]

    def move(self, solution: Floats) -> Floats:
        """Return a solution as moves of all cells."""
        every = np.zeros(len(self.problem.values))
        every[self.cells] = solution
        return self._leaves.filled(every)
