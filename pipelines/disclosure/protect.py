"""One audience's pattern: which cells are shown, group by group of counts that hang together."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from pipelines.disclosure.adaptive import Levels, released
from pipelines.disclosure.counts import Count
from pipelines.disclosure.grid import Grid, Key, groups
from pipelines.disclosure.ledger import Given
from pipelines.disclosure.primary import least, small_and_need
from pipelines.disclosure.problem import Problem, ProtectionError, State
from pipelines.disclosure.relations import equations_of, limits_of
from pipelines.disclosure.suppress import Pattern, suppress
from pipelines.policy import AudienceName
from pipelines.published.periods import level_of

_WEIGHT = {"county": 1.0, "region": 3.0, "all": 10.0, "month": 1.0, "quarter": 3.0, "year": 8.0, "fiscal_year": 8.0}


@dataclass(frozen=True)
class Before:
    """What earlier releases fixed: cells given in this vintage, cells withheld in any, and levels of series."""

    given: Given
    withheld: frozenset[Key]
    levels: Levels
    changes: Mapping[Key, int]  # cell -> how much the new vintage differs from what was last counted


@dataclass(frozen=True)
class Protected:
    """The decision for one audience; `proof` holds the certificates by group."""

    given: Given
    levels: Levels
    primary: int
    secondary: int
    proof: str


def protect(
    grid: Grid, cells: Mapping[Key, Count], audience: AudienceName, before: Before, within: Given | None
) -> Protected:
    """Decide what an audience is given. `within`: what the wider audience is given; no more may be shown.

    Raises ProtectionError if the cells cannot be protected, and for counts that do not add up.
    """
    small = small_and_need(grid, cells, audience)
    small |= _small_changes(grid, before.changes, audience)
    wanted, given, levels = released(grid, small, audience, before.levels)
    given = {cell for cell in given if before.given.get(cell) != "not_released"}  # what was left out stays so
    if within is not None:
        given = {cell for cell in given if within.get(cell) in {"shown", "withheld"}}
    decided: Given = dict.fromkeys(wanted - given, "not_released")
    proofs, primary, secondary = {}, 0, 0
    for names in groups(grid.policy):
        keys = sorted(key for key in cells if key.quantity in names)
        if any(key in given for key in keys):
            group = _Group(grid, cells, keys, small, given, before, within)
            pattern = group.solve()
            states = dict(zip(keys, pattern.state.tolist(), strict=True))
            decided |= {k: "shown" if states[k] == State.SHOWN else "withheld" for k in keys if k in given}
            proofs[min(names)] = json.loads(pattern.certificates.text())
            withheld = {key for key in keys if key in given and states[key] == State.WITHHELD}
            primary, secondary = primary + len(withheld & small.keys()), secondary + len(withheld - small.keys())
    return Protected(decided, levels, primary, secondary, json.dumps(proofs, separators=(",", ":")))


def _small_changes(grid: Grid, changes: Mapping[Key, int], audience: AudienceName) -> dict[Key, int]:
    """Return the cells whose restatement tells of few people, as if they were small.

    Two vintages share no equation, so the difference is as uncertain as the new cell is, whose old value may have been
    shown. Of events nobody can say how many people a change is about, so that every change counts.
    """
    threshold, width = grid.policy.threshold_for(audience), grid.policy.width_for(audience)
    return {
        key: width
        for key, change in changes.items()
        if change and (abs(change) < threshold or grid.quantities[key.quantity].rules.kind == "events")
    }


class _Group:
    """The protection problem of one group of counts."""

    def __init__(
        self,
        grid: Grid,
        cells: Mapping[Key, Count],
        keys: list[Key],
        small: Mapping[Key, int],
        given: set[Key],
        before: Before,
        within: Given | None,
    ) -> None:
        self._grid, self._keys = grid, keys
        self._values = np.array([cells[key].value for key in keys], dtype=np.int64)
        self._need = np.array([small.get(key, 0) for key in keys], dtype=np.int64)
        self._least = np.array([least(grid.quantities[key.quantity]) for key in keys])
        self._state = np.array(
            [self._of(n, key, key in given, before, within) for n, key in enumerate(keys)], dtype=np.int64
        )  # fmt: skip

    def _of(self, n: int, key: Key, is_given: bool, before: Before, within: Given | None) -> State:
        if not is_given:
            return State.UNRELEASED
        if before.given.get(key) == "shown":
            return State.SHOWN
        zero_shown = self._values[n] == 0 and self._least[n] == 1
        if self._need[n] or (key in before.withheld and not zero_shown):
            return State.WITHHELD
        if within is not None and within[key] == "withheld":
            return State.WITHHELD
        return State.SHOWN if zero_shown else State.OPEN

    def solve(self) -> Pattern:
        """Solve; if that fails and the policy says so, withhold everything in the group."""
        try:
            return suppress(self._problem())
        except ProtectionError:
            if self._grid.policy.on_failure == "abort":
                raise
            self._state[self._state == State.OPEN] = State.WITHHELD
            return suppress(self._problem())

    def _problem(self) -> Problem:
        number = {key: n for n, key in enumerate(self._keys)}
        lower = np.where(self._state == State.WITHHELD, self._least, 0)
        lower = np.where(self._state == State.OPEN, self._least, lower).astype(float)
        # A shown small cell cannot be: what was shown before was not small, and stays as it was.
        need = np.where(self._state == State.SHOWN, 0, self._need)
        return Problem(
            self._values,
            equations_of(self._grid, number),
            limits_of(self._grid, number),
            lower,
            need,
            self._state.copy(),
            np.array([self._weight(key) for key in self._keys]),
        )

    def _weight(self, key: Key) -> float:
        category = 10.0 if key.category == "all" and self._grid.categories[key.quantity] else 1.0
        return _WEIGHT[key.county_level] * _WEIGHT[level_of(key.period)] * category
