"""From a problem to a pattern: eliminate, attack, patch, prune, and keep the proof."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.disclosure.attack import Attack
from pipelines.disclosure.certificates import Certificates, certify
from pipelines.disclosure.elimination import eliminate
from pipelines.disclosure.patch import Patch
from pipelines.disclosure.problem import Ints, Problem, ProtectionError, Relation, State, small_cells
from pipelines.disclosure.prune import prune
from pipelines.disclosure.tables import Tables
from pipelines.disclosure.whole import WholeTables

_STRETCH = 4  # a cell whose whole tables lag behind its fractions is asked to reach this much further
PRUNE_BELOW = 400  # small cells; in larger problems showing one complement again means proving too much anew


@dataclass(frozen=True, slots=True)
class Pattern:
    """The decision: `state` per cell (no cell is OPEN any more), and two tables per small cell that prove it."""

    state: Ints
    certificates: Certificates
    eliminated: int  # cells withheld by elimination, before the attack


def suppress(problem: Problem) -> Pattern:
    """Decide what to withhold.

    Raises ProtectionError if some small cell cannot be protected; nothing may be published then.
    """
    state, equations = eliminate(problem)
    tables = Tables(problem, state)
    WholeTables(problem, tables, equations, one_by_one=False).explore()
    _patch(problem, tables, equations)
    _prove(problem, tables, equations)
    if len(small_cells(problem)) <= PRUNE_BELOW:
        prune(problem, tables, equations)
    pattern = Pattern(tables.state, certify(problem, tables), _complements(problem, state))
    if not pattern.certificates.prove(problem, pattern.state):
        raise ProtectionError("certificates", "a proof does not hold.", "Run again; report it if it stays.")
    return pattern


def _complements(problem: Problem, state: Ints) -> int:
    return int(((state == State.WITHHELD) & (problem.state == State.OPEN)).sum())


def _patch(problem: Problem, tables: Tables, equations: tuple[Relation, ...]) -> None:
    """Withhold the cheapest cells for each small cell that is too narrow even in fractions."""
    open_ = _widest_need_first(problem, tables)
    attack = Attack(problem, tables, equations)
    narrow = (cell for cell in open_ if not attack.is_wide(cell))
    patch = Patch(problem, tables.state, equations)
    for cell in narrow:
        move, withheld = patch.cheapest(cell, attack.lowest(cell) + float(problem.need[cell]))
        tables.withhold(withheld)
        attack.withhold(withheld)
        attack.note(move)


def _widest_need_first(problem: Problem, tables: Tables) -> list[int]:
    open_ = tables.open_cells()
    missing = problem.need - (tables.high - tables.low)
    return [int(c) for c in open_[np.lexsort((open_, -missing[open_]))]]


def _prove(problem: Problem, tables: Tables, equations: tuple[Relation, ...]) -> None:
    """Find whole tables for every small cell; where there are none, withhold more."""
    whole = WholeTables(problem, tables, equations)
    whole.explore()
    for cell in _widest_need_first(problem, tables):
        for stretch in range(1, _STRETCH):
            if whole.settle(cell):
                break
            target = float(tables.low[cell] + problem.need[cell] - problem.values[cell])
            _, withheld = Patch(problem, tables.state, equations).cheapest(cell, target + stretch)
            tables.withhold(withheld)
            whole = WholeTables(problem, tables, equations)
        else:
            raise ProtectionError("cells", "a small count cannot be protected.", "Release fewer or coarser tables.")
