"""The attack in fractions, which says whether a small cell can be wide enough at all.

Only objectives change between the programs, so that each starts warm from the last one (primal simplex).
"""

from __future__ import annotations

import numpy as np

from pipelines.disclosure.problem import Floats, Ints, Problem, Relation
from pipelines.disclosure.secret import Secret
from pipelines.disclosure.solver import PRIMAL, TOLERANCE
from pipelines.disclosure.tables import Tables


class Attack:
    """Least and most each cell has taken in any solution so far; starts from whole tables already found.

    Only cells that are open now can be asked about.
    """

    def __init__(self, problem: Problem, tables: Tables, equations: tuple[Relation, ...]) -> None:
        self._need = problem.need
        self._secret = Secret(problem, tables.state, equations, keep=tables.open_cells())
        self._program = self._secret.program(PRIMAL)
        self._values = problem.values
        self._low, self._high = (
            (tables.low - problem.values).astype(float),
            (tables.high - problem.values).astype(float),
        )

    def is_wide(self, cell: int) -> bool:
        """Say whether some two solutions differ enough at the cell; solve up to two programs to find them."""
        for side in (1, -1):
            if self._width(cell) >= self._need[cell] - TOLERANCE:
                return True
            cost = np.zeros(len(self._secret.cells))
            cost[self._secret.column[cell]] = -side
            # Enough is enough: without this bound a cell outside every equation would never stop.
            self._stop_at_need(cell)
            self._program.cost(cost)
            solution = self._program.run()
            assert solution is not None  # the truth is one
            self.note(self._secret.move(solution))
        return bool(self._width(cell) >= self._need[cell] - TOLERANCE)

    def _stop_at_need(self, cell: int) -> None:
        column = self._secret.column[[cell]]
        room = 2.0 * self._need[cell]
        self._program.bounds(column, np.maximum(self._secret.lower[column], -room), np.array([room]))

    def _width(self, cell: int) -> float:
        return float(self._high[cell] - self._low[cell])

    def lowest(self, cell: int) -> float:
        """Return the lowest move of the cell in any solution so far."""
        return float(self._low[cell])

    def note(self, move: Floats) -> None:
        """Learn from a solution."""
        np.minimum(self._low, move, out=self._low)
        np.maximum(self._high, move, out=self._high)

    def withhold(self, cells: Ints) -> None:
        """Let newly withheld cells move; everything seen so far stays possible."""
        self._secret.withhold(cells, self._program)
