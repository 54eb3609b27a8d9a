"""Attackers A1 and A2: the least and the most each unknown cell can be, in fractions and in whole numbers."""

from __future__ import annotations

import highspy
import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from pipelines.audit.rounding import FAR, PRIMAL, Rounding
from pipelines.audit.smaller import Smaller, smaller
from pipelines.audit.system import System, Vector
from pipelines.errors import OutcomesError

_SMALL = 1e-6
_ROUNDS = 60


class Ranges:
    """Ranges of one system's unknown cells.

    `seen_low` and `seen_high` are values some solution really takes (so the true range is at least as wide);
    `interval` is exact.
    """

    def __init__(self, system: System) -> None:
        self._least = system.least
        self._small = smaller(system)
        self._highs = _solver(self._small)
        self._columns = np.arange(len(self._small.kept), dtype=np.int32)
        self._random = np.random.default_rng(7)
        first = self._solve(np.zeros(len(system.cells)))
        if first is None:
            raise OutcomesError("audit", "the published numbers contradict each other.", "Do not publish them.")
        self.seen_low, self.seen_high = first.copy(), first.copy()
        self.whole_low, self.whole_high = np.full(len(first), np.inf), np.full(len(first), -np.inf)
        self._learn(first)

    def _solve(self, cost: Vector) -> Vector | None:
        """Minimize; None if there is no solution. An unbounded direction is reported by a very large value."""
        if not len(self._columns):
            return self._small.offset.copy()  # everything follows
        self._highs.changeColsCost(len(self._columns), self._columns, self._small.matrix.T @ cost)
        self._highs.run()
        status = self._highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise OutcomesError("audit", f"the solver ended with {status.name}.", "Run the audit again.")
        return self._every(np.asarray(self._highs.getSolution().col_value, dtype=np.float64))

    def _every(self, kept: Vector) -> Vector:
        """Return the values of all unknowns from those of the kept ones."""
        return np.asarray(self._small.matrix @ kept + self._small.offset)

    def look_around(self, wanted: Vector) -> None:
        """Solve in random directions while that still widens cells narrower than `wanted`."""
        narrow = self._narrow(wanted)
        for _ in range(_ROUNDS):
            if not len(narrow):
                return
            cost = np.zeros(len(self.seen_low))
            cost[narrow] = self._random.choice([-1.0, 1.0], len(narrow)) * self._random.random(len(narrow))
            self._learn(self._solve(cost))
            left = self._narrow(wanted)
            if len(narrow) - len(left) < max(2, len(narrow) // 50):
                return
            narrow = left

    def _narrow(self, wanted: Vector) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return np.flatnonzero(self.seen_high - self.seen_low < wanted - _SMALL)

    def _learn(self, solution: Vector | None) -> None:
        if solution is None:
            return
        self.seen_low = np.minimum(self.seen_low, solution)
        self.seen_high = np.maximum(self.seen_high, solution)
        if np.abs(solution - np.rint(solution)).max() < _SMALL:
            self.whole_low = np.minimum(self.whole_low, np.rint(solution))
            self.whole_high = np.maximum(self.whole_high, np.rint(solution))

    def interval(self, cell: int) -> tuple[float, float]:
        """Return the exact range of one cell, in fractions (A1); the upper end can be inf."""
        self._push(cell, -1)
        self._push(cell, 1)
        high = float(self.seen_high[cell])
        return float(self.seen_low[cell]), np.inf if high > FAR / 2 else high

    def _push(self, cell: int, side: int) -> None:
        """Take a cell to one end of its range."""
        if side < 0 and self.seen_low[cell] <= self._least[cell] + _SMALL:
            return  # it cannot be lower
        cost = np.zeros(len(self.seen_low))
        cost[cell] = -side
        self._learn(self._solve(cost))

    def whole_interval(self, cell: int) -> tuple[int, float]:
        """Return the exact range of one cell in whole numbers (A2)."""
        low, high = self.interval(cell)
        lowest = self._whole_end(cell, -1, int(np.ceil(low - _SMALL)))
        return lowest, high if np.isinf(high) else self._whole_end(cell, 1, int(np.floor(high + _SMALL)))

    def _whole_end(self, cell: int, side: int, end: int) -> int:
        """Return the farthest whole value of a cell, which is `end` at most (at least, downward)."""
        seen = self.whole_high[cell] if side > 0 else self.whole_low[cell]
        if seen == end:
            return end  # some whole table reaches the end of the range in fractions
        if self._is_reached(cell, end):
            return end
        cost = np.zeros(len(self.seen_low))
        cost[cell] = -side
        self._learn(self._whole(self._small.matrix.T @ cost))
        return int(self.whole_high[cell] if side > 0 else self.whole_low[cell])

    def _is_reached(self, cell: int, end: int) -> bool:
        """Look for a whole table with the cell at its end: one is enough, and found sooner than a best one."""
        column = int(self._small.column[cell])
        if column < 0:
            return False
        kept = Rounding(self._highs, self._small).table(column, end)
        if kept is not None:
            self._learn(self._every(kept))
        return kept is not None

    def _whole(self, cost: Vector) -> Vector:
        """Minimize in whole numbers, by branch and bound."""
        small, every = self._small, len(self._small.kept)
        found = milp(
            cost,
            integrality=np.ones(every, dtype=np.int64),
            bounds=Bounds(small.least, np.full(every, np.inf)),
            options={"mip_rel_gap": 0.0},
            constraints=LinearConstraint(small.rows, small.low, small.high),
        )
        if found.status != 0 or found.x is None:
            raise OutcomesError("audit", f"the integer solver ended with status {found.status}.", "Run it again.")
        return self._every(np.rint(found.x))


def _solver(small: Smaller) -> highspy.Highs:
    cells = len(small.kept)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = cells, small.rows.shape[0]
    model.col_cost_, model.col_lower_, model.col_upper_ = np.zeros(cells), small.least, np.full(cells, FAR)
    model.row_lower_, model.row_upper_ = small.low, small.high
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = small.rows.indptr.astype(np.int32)
    model.a_matrix_.index_ = small.rows.indices.astype(np.int32)
    model.a_matrix_.value_ = small.rows.data
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (
        ("output_flag", False),
        ("log_to_console", False),
        ("threads", 1),
        ("random_seed", 3),
        ("presolve", "off"),
    ):
        solver.setOptionValue(option, value)
    solver.setOptionValue("simplex_strategy", PRIMAL)  # only objectives change
    solver.passModel(model)
    return solver
