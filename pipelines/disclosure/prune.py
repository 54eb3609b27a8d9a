"""Show again what need not be withheld: the dearest complements first, kept only if every proof is found anew."""

from __future__ import annotations

import copy

import numpy as np

from pipelines.disclosure.attack import Attack
from pipelines.disclosure.problem import Ints, Problem, Relation, State
from pipelines.disclosure.tables import Tables
from pipelines.disclosure.whole import WholeTables


def prune(problem: Problem, tables: Tables, equations: tuple[Relation, ...]) -> None:
    """Try to show each complement again."""
    for cell in _dearest_first(problem, tables.state):
        before = copy.copy(tables)
        before.state = tables.state.copy()
        tables.show(cell)
        if not _still_proved(problem, tables, equations):
            tables.become(before)


def _dearest_first(problem: Problem, state: Ints) -> list[int]:
    cells = np.flatnonzero((state == State.WITHHELD) & (problem.state == State.OPEN))
    return [int(c) for c in cells[np.lexsort((cells, -problem.values[cells], -problem.weight[cells]))]]


def _still_proved(problem: Problem, tables: Tables, equations: tuple[Relation, ...]) -> bool:
    open_ = tables.open_cells().tolist()
    if not open_:
        return True
    attack = Attack(problem, tables, equations)
    if not all(attack.is_wide(cell) for cell in open_):
        return False
    whole = WholeTables(problem, tables, equations)
    return all(whole.settle(cell) for cell in open_)
