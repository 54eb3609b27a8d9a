"""Attacker A3: somebody who knows one withheld cell (their own) and uses it on the others."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.sparse import csr_array, vstack

from pipelines.audit.arithmetic import known_by_arithmetic
from pipelines.audit.knowledge import Knowledge, describe
from pipelines.audit.system import System


def insider_failures(system: System, knowledge: Knowledge) -> list[str]:
    """Return the withheld cells that somebody who knows one other withheld cell could work out exactly.

    By equations alone: an insider's bounds are not tried.
    """
    before = known_by_arithmetic(system)
    withheld = [n for n, cell in enumerate(system.cells) if cell in knowledge.withheld]
    failures = []
    for own in withheld:
        learned = known_by_arithmetic(_knowing(system, own)) - before - {own}
        failures += [
            f"{describe(system.cells[n])} follows for somebody who knows {describe(system.cells[own])}"
            for n in sorted(learned)
            if system.cells[n] in knowledge.withheld
        ]
    return failures


def _knowing(system: System, own: int) -> System:
    """Add the equation `cell = something known`; which value does not matter to what follows."""
    row = csr_array(([1.0], ([0], [own])), shape=(1, len(system.cells)))
    return replace(
        system,
        matrix=csr_array(vstack([system.matrix, row])),
        low=np.append(system.low, 0.0),
        high=np.append(system.high, 0.0),
    )
