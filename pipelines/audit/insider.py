"""Attacker A3: the one person behind a withheld count, who knows that it is 1 and uses that on the other counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy.sparse import csr_array, vstack

from pipelines.audit.findings import Finding, in_words
from pipelines.audit.judge import Judge
from pipelines.audit.knowledge import describe
from pipelines.audit.system import System
from pipelines.policy import Policy, sums


def insider_failures(judge: Judge, findings: Sequence[Finding], failures: Sequence[str]) -> list[str]:
    """Return the withheld cells of which somebody who is alone in another one learns too much.

    Every withheld cell that could be 1 is tried, by equations, bounds and whole numbers: nobody outside knows which of
    them is. What fails for everybody (`failures`) is not repeated; what lies inside the own cell and was never printed
    is that person's own affair.
    """
    return [
        f"{words}, for the one person in {describe(own.cell)}"
        for own in findings
        if own.low <= 1 <= own.high
        for words in _learned(judge, own)
        if words not in failures
    ]


def _learned(judge: Judge, own: Finding) -> list[str]:
    alone = replace(judge, system=_alone(judge.system, judge.system.cells.index(own.cell)))
    findings, _ = alone.verdict()
    inside = _parts(judge.policy, own.cell.quantity)
    return [
        in_words(f)
        for f in findings
        if not (f.cell[1:] == own.cell[1:] and f.cell.quantity in inside) and judge.is_too_narrow(f.cell, f.low, f.high)
    ]


def _parts(policy: Policy, total: str) -> set[str]:
    """Return a count and everything it is the sum of: of one person, all of it is that person's own."""
    parts = {part for one in sums(policy) if one.total == total for part in one.parts}
    return {total}.union(*(_parts(policy, part) for part in parts))


def _alone(system: System, own: int) -> System:
    """Add the equation `cell = 1`."""
    row = csr_array(([1.0], ([0], [own])), shape=(1, len(system.cells)))
    return replace(
        system,
        matrix=csr_array(vstack([system.matrix, row])),
        low=np.append(system.low, 1.0),
        high=np.append(system.high, 1.0),
    )
