"""Which cells can be shown before any small cell follows from the shown ones by arithmetic alone.

A small cell is known exactly if its row lies in the span of the shown cells. The cells are kept as a reduced
tableau: `rows` express dependent cells by independent ones, modulo everything shown so far. Showing a cell is
one exact pivot modulo the prime 2^61 - 1; candidate and small cell are the same number, once the shown ones are
known, exactly if their reduced rows are parallel (Langsrud 2024, Gaussian elimination for secondary suppression).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from pipelines.disclosure.problem import Ints, Problem, ProtectionError, Relation, State, small_cells

PRIME = 2**61 - 1
Row = dict[int, int]


class Tableau:
    """Dependent cells as sums of independent ones, for a set of equations minus the cells already shown."""

    def __init__(self, equations: Iterable[Relation], known: set[int]) -> None:
        self.rows: dict[int, Row] = {}  # dependent cell -> {independent cell: coefficient}
        self.uses: dict[int, set[int]] = {}  # independent cell -> dependent cells whose row holds it
        self.known = set(known)
        self.independent: list[Relation] = []  # the equations that say something new
        for equation in equations:
            if self._add(equation):
                self.independent.append(equation)

    def _add(self, equation: Relation) -> bool:
        """Solve one equation for its first free cell; False if it follows from the earlier ones."""
        row: Row = {}
        for cell, k in zip(equation.cells, equation.coefficients, strict=True):
            if cell not in self.known:
                _add_to(row, self.rows.get(cell, {cell: 1}), k % PRIME)
        if not row:
            return False
        fresh = [c for c in equation.cells if c in row and c not in self.uses]
        pivot = fresh[0] if fresh else min(row, key=lambda c: (len(self.uses[c]), c))
        solved = _solve(row, pivot)
        for user in self.uses.pop(pivot, set()):
            self._substitute(user, pivot, solved)
        self._store(pivot, solved)
        return True

    def show(self, cell: int) -> None:
        """Make a cell known: it leaves the tableau."""
        self.known.add(cell)
        row = self.rows.get(cell)
        if row is None:
            for user in self.uses.pop(cell, set()):
                del self.rows[user][cell]
            return
        self._drop(cell)
        if not row:
            return  # it already followed from the shown cells
        pivot = min(row, key=lambda c: (len(self.uses[c]), c))
        solved = _solve(row, pivot)
        for user in self.uses.pop(pivot, set()):
            self._substitute(user, pivot, solved)
        self._store(pivot, solved)

    def is_known(self, cell: int) -> bool:
        """Say whether the shown cells fix this one."""
        return cell in self.known or self.rows.get(cell, {cell: 1}) == {}

    def same_as(self, cell: int, small: set[int]) -> bool:
        """Say whether showing `cell` would fix one of the `small` cells that is not fixed yet."""
        row = self.rows.get(cell)
        if row is None:
            return any(u in small and len(self.rows[u]) == 1 for u in self.uses.get(cell, ()))
        if not row:
            return False
        if len(row) == 1 and next(iter(row)) in small:
            return True
        rarest = min(row, key=lambda c: len(self.uses[c]))
        return any(u in small and u != cell and _parallel(self.rows[u], row) for u in self.uses[rarest])

    def _substitute(self, user: int, pivot: int, solved: Row) -> None:
        row = self.rows[user]
        factor = row.pop(pivot)
        for cell, k in solved.items():
            value = (row.get(cell, 0) + factor * k) % PRIME
            if value:
                row[cell] = value
                self.uses.setdefault(cell, set()).add(user)
            elif cell in row:
                del row[cell]
                self.uses[cell].discard(user)

    def _store(self, cell: int, row: Row) -> None:
        self.rows[cell] = row
        for other in row:
            self.uses.setdefault(other, set()).add(cell)

    def _drop(self, cell: int) -> None:
        for other in self.rows.pop(cell):
            self.uses[other].discard(cell)


def _add_to(row: Row, other: Row, factor: int) -> None:
    for cell, k in other.items():
        value = (row.get(cell, 0) + factor * k) % PRIME
        if value:
            row[cell] = value
        else:
            row.pop(cell, None)


def _solve(row: Row, pivot: int) -> Row:
    """Turn `sum(row) = known` into `pivot = sum(others) + known`."""
    factor = -pow(row[pivot], -1, PRIME)
    return {cell: k * factor % PRIME for cell, k in row.items() if cell != pivot}


def _parallel(one: Row, other: Row) -> bool:
    if one.keys() != other.keys():
        return False
    first = next(iter(one))
    a, b = one[first], other[first]
    return all((k * b - other[cell] * a) % PRIME == 0 for cell, k in one.items())


def eliminate(problem: Problem) -> tuple[Ints, tuple[Relation, ...]]:
    """Show every open cell that gives no small cell away; return the states and the independent equations.

    Order: wide totals first, then large values, then by number. Raises ProtectionError if cells that must be shown
    (shown before, or totals that are never withheld) give a small cell away already.
    """
    state = problem.state.copy()
    tableau = Tableau(_sparse_first(problem), set(np.flatnonzero(state == State.SHOWN).tolist()))
    small = set(small_cells(problem).tolist())
    if any(tableau.is_known(cell) for cell in small):
        raise ProtectionError("cells", "what was shown before gives a small count away.", "Withdraw that release.")
    for cell in _candidates(problem):
        if not tableau.same_as(cell, small):
            tableau.show(cell)
            state[cell] = State.SHOWN
        elif np.isinf(problem.weight[cell]):
            raise ProtectionError("cells", "a total that is never withheld gives a small count away.", "Release less.")
        else:
            state[cell] = State.WITHHELD
    return state, tuple(tableau.independent)


def _sparse_first(problem: Problem) -> list[Relation]:
    """Put equations first whose cells matter anyway: later ones follow from them and drop out of the programs."""
    idle = (problem.state == State.UNRELEASED) & (problem.need == 0)
    return sorted(problem.equations, key=lambda e: sum(bool(idle[c]) for c in e.cells))


def _candidates(problem: Problem) -> list[int]:
    numbers = np.arange(len(problem.values))
    order = np.lexsort((numbers, -problem.values, -problem.weight))
    return [int(c) for c in order if problem.state[c] == State.OPEN]
