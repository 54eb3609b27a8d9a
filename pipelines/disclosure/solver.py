"""HiGHS as this engine uses it: one thread, fixed seed, no presolve, and a failure that cannot be overlooked.

A linear program over moves: how far each cell lies from its true count. Presolve is off because only objectives
and bounds change from one run to the next, and a warm start is worth more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from pipelines.disclosure.problem import Floats, Ints, ProtectionError, Relation

INF = float(highspy.kHighsInf)
DUAL, PRIMAL = 1, 4  # HiGHS simplex strategies
TOLERANCE = 1e-6
_OPTIONS: dict[str, bool | int | str] = {
    "output_flag": False,
    "log_to_console": False,
    "threads": 1,
    "random_seed": 1,
    "presolve": "off",
}
_OPTIMAL, _INFEASIBLE = highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible


@dataclass(frozen=True, slots=True)
class Columns:
    """Cost and bounds of every column."""

    cost: Floats
    lower: Floats
    upper: Floats


class Program:
    """Minimize cost @ x over the relations and bounds; runs again warm after a change."""

    def __init__(
        self, equations: Sequence[Relation], limits: Sequence[Relation], room: Floats, columns: Columns, strategy: int
    ) -> None:
        """`room`: how much each limit may still rise; equations are held at 0. `strategy`: PRIMAL or DUAL."""
        self.count = len(columns.cost)
        self._every = np.arange(self.count, dtype=np.int32)
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in _OPTIONS.items():
            self._highs.setOptionValue(option, value)
        self.strategy(strategy)
        self._highs.passModel(_model(equations, limits, room, columns))

    def cost(self, cost: Floats) -> None:
        """Replace the cost of every column."""
        self._highs.changeColsCost(self.count, self._every, cost)

    def bounds(self, columns: Ints, lower: Floats, upper: Floats) -> None:
        """Replace the bounds of some columns."""
        self._highs.changeColsBounds(len(columns), columns.astype(np.int32), lower, upper)

    def add_column(self, rows: Ints, coefficients: Floats, lower: float, upper: float) -> None:
        """Add one column without cost; the basis stays."""
        self._highs.addCol(0.0, lower, upper, len(rows), rows.astype(np.int32), coefficients)
        self.count += 1
        self._every = np.arange(self.count, dtype=np.int32)

    def whole_numbers(self) -> None:
        """Ask for whole numbers in every column (and let HiGHS presolve, as such a run starts cold)."""
        kinds = np.full(self.count, highspy.HighsVarType.kInteger)
        self._highs.changeColsIntegrality(self.count, self._every, kinds)
        self._highs.setOptionValue("presolve", "on")
        self._highs.setOptionValue("mip_max_nodes", 2000)

    def strategy(self, strategy: int) -> None:
        """Solve from now on by PRIMAL or DUAL simplex."""
        self._highs.setOptionValue("simplex_strategy", strategy)

    def basis(self) -> highspy.HighsBasis:
        """Return the basis of the last run."""
        return self._highs.getBasis()

    def start(self, basis: highspy.HighsBasis) -> None:
        """Start the next run from a basis."""
        self._highs.setBasis(basis)

    def run(self) -> Floats | None:
        """Solve; None if no solution exists. Raises ProtectionError for any other end of the solver.

        A warm start can lead nowhere; what ends without an answer is solved once more from the beginning.
        """
        self._highs.run()
        status = self._highs.getModelStatus()
        if status == highspy.HighsModelStatus.kUnknown:
            self._highs.clearSolver()
            self._highs.run()
            status = self._highs.getModelStatus()
        if status == _OPTIMAL:
            return np.asarray(self._highs.getSolution().col_value, dtype=np.float64)
        if status == _INFEASIBLE:
            return None
        raise ProtectionError("solver", f"HiGHS ended with {status.name}.", "Run again; report it if it stays.")


def _model(
    equations: Sequence[Relation], limits: Sequence[Relation], room: Floats, columns: Columns
) -> highspy.HighsLp:
    rows = [*equations, *limits]
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(columns.cost), len(rows)
    model.col_cost_, model.col_lower_, model.col_upper_ = columns.cost, columns.lower, columns.upper
    model.row_lower_ = np.concatenate([np.zeros(len(equations)), np.full(len(limits), -INF)])
    model.row_upper_ = np.concatenate([np.zeros(len(equations)), room])
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.cumsum([0, *(len(row.cells) for row in rows)]).astype(np.int32)
    model.a_matrix_.index_ = np.array([c for row in rows for c in row.cells], dtype=np.int32)
    model.a_matrix_.value_ = np.array([k for row in rows for k in row.coefficients], dtype=np.float64)
    return model
