"""The cheapest cells to withhold so that one small cell can move as far as it needs.

One linear program over moves: cells that are withheld anyway move for free, a shown cell pays its weight for
each unit. The shown cells that move are withheld (a flow patch, after Cox 1980 and Kelly, Golden & Assad 1992).
"""

from __future__ import annotations

import numpy as np

from pipelines.disclosure.problem import Floats, Ints, Problem, ProtectionError, Relation, State
from pipelines.disclosure.solver import DUAL, INF, TOLERANCE, Columns, Program


class Patch:
    """The program for one problem; its columns are cells, then the downward moves of cells that may be withheld."""

    def __init__(self, problem: Problem, state: Ints, equations: tuple[Relation, ...]) -> None:
        self._problem = problem
        may = (state == State.SHOWN) & (problem.state == State.OPEN) & np.isfinite(problem.weight)
        may &= problem.values >= problem.lower  # a zero that is always shown would show itself by being withheld
        self._may = np.flatnonzero(may)
        self._down = {int(c): len(problem.values) + n for n, c in enumerate(self._may)}
        self._columns = self._start(state)
        room = -np.array([limit.at(problem.values) for limit in problem.limits], dtype=np.float64)
        sums, limits = ([self._both_ways(r) for r in rows] for rows in (equations, problem.limits))
        self._program = Program(sums, limits, room, self._columns, DUAL)
        self._program.run()
        self._still = self._program.basis()

    def _both_ways(self, relation: Relation) -> Relation:
        down = [
            (self._down[c], -k) for c, k in zip(relation.cells, relation.coefficients, strict=True) if c in self._down
        ]
        return Relation(
            relation.cells + tuple(c for c, _ in down), relation.coefficients + tuple(k for _, k in down)
        )  # fmt: skip

    def _start(self, state: Ints) -> Columns:
        problem, cells = self._problem, len(self._problem.values)
        cost, lower, upper = (np.zeros(cells + len(self._may)) for _ in range(3))
        secret = state >= State.WITHHELD
        floor = problem.lower - problem.values
        lower[:cells][secret] = np.where(np.isfinite(floor), floor, -INF)[secret]
        upper[:cells][secret] = INF
        cost[self._may] = cost[cells:] = problem.weight[self._may]
        upper[self._may] = INF
        upper[cells:] = -floor[self._may]
        return Columns(cost, lower, upper)

    def cheapest(self, cell: int, target: float) -> tuple[Floats, Ints]:
        """Return a table with `cell` at least `target` above its true count, and the shown cells it moves.

        The cells returned are free from then on. Raises ProtectionError if no choice of cells lets it move so far.
        """
        floor = self._columns.lower[cell]
        self._program.start(self._still)  # from rest, not from the last cell's answer: half the iterations
        self._bound(cell, target, INF)
        solution = self._program.run()
        self._bound(cell, floor, INF)
        if solution is None:
            raise ProtectionError("cells", "a small count cannot be protected.", "Release fewer or coarser tables.")
        cells = len(self._problem.values)
        move = solution[:cells].copy()
        move[self._may] -= solution[cells:]
        moved = np.array([c for c in self._may if abs(move[c]) > TOLERANCE and c in self._down], dtype=np.int64)
        self.withhold(moved)
        return move, moved

    def withhold(self, moved: Ints) -> None:
        """Let cells that are now withheld move for free."""
        for cell in moved.tolist():
            down = self._down.pop(cell)
            floor = self._problem.lower[cell] - self._problem.values[cell]
            self._columns.lower[cell] = floor if np.isfinite(floor) else -INF
            self._bound(cell, self._columns.lower[cell], INF)
            self._bound(down, 0.0, 0.0)
            self._columns.cost[[cell, down]] = 0.0
        self._program.cost(self._columns.cost)

    def _bound(self, column: int, lower: float, upper: float) -> None:
        self._program.bounds(np.array([column]), np.array([lower]), np.array([upper]))
