"""The verdict on one group of counts: the range of each withheld cell, and which ranges are too narrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pipelines.audit.arithmetic import known_by_arithmetic
from pipelines.audit.bounds import Ranges
from pipelines.audit.findings import Finding, in_words
from pipelines.audit.knowledge import Cell, Knowledge, describe
from pipelines.audit.system import System
from pipelines.policy import AudienceName, MeasureRules, Policy, quantities

_NEAR, _SAMPLE = 2, 50  # whole numbers are tried on cells this close to the width, and on so many others


@dataclass(frozen=True)
class Judge:
    """Judges one group of counts by the rules of an audience, of which an attacker knows `system`."""

    policy: Policy
    audience: AudienceName
    width: int
    knowledge: Knowledge
    system: System

    @cached_property
    def _rules(self) -> dict[str, MeasureRules]:
        return {name: quantity.rules for name, quantity in quantities(self.policy).items()}

    def verdict(self) -> tuple[list[Finding], list[str]]:
        """Return the range of each withheld cell, and what is wrong."""
        if not self.system.cells:
            return [], []
        exact = known_by_arithmetic(self.system)
        ranges = Ranges(self.system)
        ranges.look_around(np.full(len(self.system.cells), float(self.width)))
        findings = self._withheld(ranges, exact)
        failures = [in_words(f) for f in findings if self.is_too_narrow(f.cell, f.low, f.high)]
        return findings, failures + self._unreleased(ranges)

    def _withheld(self, ranges: Ranges, exact: set[int]) -> list[Finding]:
        numbers = [n for n, cell in enumerate(self.system.cells) if cell in self.knowledge.withheld]
        sample = set(np.random.default_rng(11).permutation(numbers)[:_SAMPLE].tolist())
        findings = []
        for n in numbers:
            low, high = ranges.interval(n)
            whole = self.policy.attacker.integer and (n in sample or high - low < self.width + _NEAR)
            low, high = ranges.whole_interval(n) if whole else (_up(low), _down(high))
            attacker = "A0" if n in exact else "A2" if whole else "A1"
            findings.append(Finding(self.knowledge.vintage, self.system.cells[n], int(low), high, attacker))
        return findings

    def _unreleased(self, ranges: Ranges) -> list[str]:
        """Look for cells that were never printed and are nevertheless known, or nearly, to be small."""
        narrow = np.flatnonzero(ranges.seen_high - ranges.seen_low < self.width)
        failures = []
        for n in narrow.tolist():
            cell = self.system.cells[n]
            if cell not in self.knowledge.withheld:
                low, high = ranges.interval(n)
                low, high = _up(low), _down(high)
                if self.is_too_narrow(cell, low, high):
                    low, high = ranges.whole_interval(n)
                if self.is_too_narrow(cell, int(low), high):
                    failures.append(f"{describe(cell)} was not released, but lies between {low} and {high:.0f}")
        return failures

    def is_too_narrow(self, cell: Cell, low: int, high: float) -> bool:
        """Say whether a range is narrower than allowed and may hold a small count.

        What is small depends on the people behind events, and on providers, whom nobody outside knows: there every
        narrow range counts.
        """
        if high - low >= self.width:
            return False
        rules, threshold = self._rules[cell.quantity], self.policy.threshold_for(self.audience)
        if cell not in self.knowledge.withheld and low == high == 0 and rules.zeros == "show":
            return False
        if cell in self.knowledge.withheld and rules.kind == "events":
            return True
        by_provider = bool(rules.providers) and self.policy.audiences[self.audience].providers_see
        return low < threshold or (by_provider and cell in self.knowledge.withheld)


def restatements(
    policy: Policy, audience: AudienceName, width: int, known: dict[int, Knowledge], findings: Sequence[Finding]
) -> list[str]:
    """Subtract vintages: a restatement must not tell of few people either.

    Vintages share no equation, so the range of a difference is the difference of the ranges.
    """
    threshold = policy.threshold_for(audience)
    rules = {name: q.rules for name, q in quantities(policy).items()}
    ranges = {(f.vintage, f.cell): (float(f.low), f.high) for f in findings}
    ranges |= {(v, cell): (float(n), float(n)) for v, k in known.items() for cell, n in k.shown.items()}
    failures = []
    for (vintage, cell), (low, high) in sorted(ranges.items()):
        before = ranges.get((vintage - 1, cell))
        if before is None:
            continue
        least, most = low - before[1], high - before[0]
        few = most > -threshold and least < threshold and not (least == most == 0)
        if most - least < width and (few or (rules[cell.quantity].kind == "events" and least != 0)):
            failures.append(f"{describe(cell)}: the restatement changed it by {least:.0f} to {most:.0f}")
    return failures


def _up(value: float) -> int:
    return int(np.ceil(value - 1e-6))


def _down(value: float) -> float:
    return value if np.isinf(value) else float(np.floor(value + 1e-6))
