"""Whole tables an attacker cannot rule out: each is a move away from the true counts.

A move is safe evidence only after exact arithmetic has confirmed that it keeps every relation, changes no shown
number and stays above every lower bound. What the solver says is never evidence by itself.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from pipelines.disclosure.problem import Ints, Problem, Relation, State


class Tables:
    """The tables found so far, and the least and most each cell takes in them (the truth is table 0)."""

    def __init__(self, problem: Problem, state: Ints) -> None:
        self._problem, self.state = problem, state.copy()
        self._sums = _matrix(problem.equations, len(problem.values))
        self._limits = _matrix(problem.limits, len(problem.values))
        self._lower = np.where(np.isfinite(problem.lower), problem.lower, np.iinfo(np.int64).min // 4).astype(np.int64)
        self.moves: list[Ints] = []
        self._reset()

    def _reset(self) -> None:
        self.moves.insert(0, np.zeros(len(self._problem.values), dtype=np.int64))
        self.low, self.high = self._problem.values.copy(), self._problem.values.copy()
        self.low_table = np.zeros(len(self.low), dtype=np.int64)
        self.high_table = np.zeros(len(self.low), dtype=np.int64)
        for number in range(1, len(self.moves)):
            self._note(number)

    def holds(self, move: Ints) -> bool:
        """Check by whole-number arithmetic that nobody could tell the moved table from the true one."""
        table = self._problem.values + move
        return bool(
            not move[self.state == State.SHOWN].any()
            and not (self._sums @ move).any()
            and ((self._limits @ table) <= 0).all()
            and (table >= self._lower)[self.state != State.SHOWN].all()
        )

    def add(self, move: Ints) -> bool:
        """Keep a table if it holds; False if it does not."""
        if not self.holds(move):
            return False
        self.moves.append(move)
        self._note(len(self.moves) - 1)
        return True

    def _note(self, number: int) -> None:
        table = self._problem.values + self.moves[number]
        lower, higher = table < self.low, table > self.high
        self.low[lower], self.low_table[lower] = table[lower], number
        self.high[higher], self.high_table[higher] = table[higher], number

    def open_cells(self) -> Ints:
        """Return the small cells whose two most different tables are not far enough apart."""
        return np.flatnonzero(self.high - self.low < self._problem.need)

    def show(self, cell: int) -> None:
        """Show a cell: forget every table that changes it."""
        self.state[cell] = State.SHOWN
        self.moves = [move for move in self.moves[1:] if not move[cell]]
        self._reset()

    def become(self, earlier: Tables) -> None:
        """Return to an earlier state."""
        self.__dict__.update(earlier.__dict__)

    def withhold(self, cells: Ints) -> None:
        """Withhold cells; every table found before stays possible."""
        self.state[cells] = State.WITHHELD


def _matrix(relations: tuple[Relation, ...], cells: int) -> csr_array:
    values = np.array([k for r in relations for k in r.coefficients], dtype=np.int64)
    columns = np.array([c for r in relations for c in r.cells], dtype=np.int64)
    starts = np.cumsum([0, *(len(r.cells) for r in relations)])
    return csr_array((values, columns, starts), shape=(len(relations), cells), dtype=np.int64)
