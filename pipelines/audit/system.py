"""Every equation and inequality that the published rules state, built from the parts upward.

Each cell looks for the totals it belongs to; a total whose parts are all there becomes a row. (The publisher goes
the other way, from totals down.)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from pipelines.audit.knowledge import Cell, Knowledge
from pipelines.policy import Policy, Quantity, caps, quantities, sums
from pipelines.policy.model import PeriodLevel
from pipelines.published.periods import fiscal_start, level_of, months_of, period_of

Vector = NDArray[np.float64]
_SPAN: dict[PeriodLevel, int] = {"month": 1, "quarter": 3, "year": 12, "fiscal_year": 12}


@dataclass(frozen=True)
class System:
    """`matrix @ x` lies between `low` and `high`, and each unknown `x` is at least its `least`.

    `printed`: whether a cell stands in some release as withheld.
    """

    cells: tuple[Cell, ...]
    matrix: csr_array
    low: Vector
    high: Vector
    least: Vector
    printed: NDArray[np.bool_]

    @property
    def equalities(self) -> NDArray[np.bool_]:
        """Say which rows are equations."""
        return np.asarray(self.low == self.high)


Row = tuple[list[tuple[Cell, int]], float]  # terms, and the upper bound of their sum; the lower is 0 or -inf


def group_names(policy: Policy) -> list[frozenset[str]]:
    """Return the counts that share equations or caps."""
    links = [(s.total, part) for s in sums(policy) for part in s.parts] + list(caps(policy))
    leader = {name: name for name in quantities(policy)}

    def find(name: str) -> str:
        return name if leader[name] == name else find(leader[name])

    for one, other in links:
        leader[find(one)] = find(other)
    members = defaultdict(set)
    for name in leader:
        members[find(name)].add(name)
    return sorted((frozenset(names) for names in members.values()), key=min)


def system_of(policy: Policy, known: Knowledge, names: Iterable[str]) -> System:
    """Return the unknown cells of some counts and all that is known about them."""
    every = quantities(policy)
    world = {cell for name in names for cell in _universe(policy, known, every[name])}
    unknown = tuple(sorted(world - known.shown.keys()))
    column = {cell: n for n, cell in enumerate(unknown)}
    rows = [*_equations(policy, known, world, every), *_inequalities(policy, known, world, every)]
    kept = [row for row in rows if any(cell in column for cell, _ in row[0])]
    return _assemble(unknown, column, kept, known, _least(unknown, known, every))


def _universe(policy: Policy, known: Knowledge, quantity: Quantity) -> Iterator[Cell]:
    first, covered = fiscal_start(policy), set(known.months)
    levels = quantity.rules.levels or policy.period_levels()
    periods = {period_of(month, level, first) for level in levels for month in known.months}
    whole = [p for p in periods if covered.issuperset(months_of(p, first))]
    places = [("county", c) for c in known.regions] + [("region", r) for r in set(known.regions.values())]
    places = [p for p in [*places, ("all", "all")] if p[0] in policy.hierarchies.county.levels]
    split = known.categories.get(quantity.measure, ()) if quantity.rules.category else ()
    for level, place in places:
        for period in whole:
            for category in ("all", *split):
                yield Cell(quantity.name, level, place, period, category)


def _totals(policy: Policy, known: Knowledge, cell: Cell, axis: str) -> Iterator[Cell]:
    """Yield the next coarser cells that a cell is part of along an axis."""
    match axis:
        case "county" if cell.county_level == "county" and "region" in policy.hierarchies.county.levels:
            yield cell._replace(county_level="region", county=known.regions[cell.county])
        case "county" if cell.county_level != "all":
            yield cell._replace(county_level="all", county="all")
        case "period":
            first = fiscal_start(policy)
            months = months_of(cell.period, first)
            for level in policy.period_levels():
                coarser = period_of(months[0], level, first)
                if _SPAN[level] > _SPAN[level_of(cell.period)] and set(months) <= set(months_of(coarser, first)):
                    yield cell._replace(period=coarser)
        case "category" if cell.category != "all":
            yield cell._replace(category="all")


def _partitions(
    policy: Policy, known: Knowledge, world: set[Cell], axis: str, every: dict[str, Quantity], *, additive: bool
) -> Iterator[tuple[Cell, list[Cell]]]:
    """Yield each total with each complete set of parts at one finer level."""
    first = fiscal_start(policy)
    parts: dict[tuple[Cell, str], list[Cell]] = defaultdict(list)
    for cell in sorted(world):
        if (axis in every[cell.quantity].rules.additive_over) == additive:
            for total in _totals(policy, known, cell, axis):
                if total in world:
                    level: str = level_of(cell.period) if axis == "period" else ""
                    parts[total, level].append(cell)
    for (total, level), cells in parts.items():
        covered = sum(len(months_of(cell.period, first)) for cell in cells)
        if not level or covered == len(months_of(total.period, first)):
            yield total, cells


def _equations(policy: Policy, known: Knowledge, world: set[Cell], every: dict[str, Quantity]) -> Iterator[Row]:
    for axis in ("county", "period", "category"):
        for total, cells in _partitions(policy, known, world, axis, every, additive=True):
            yield [(total, -1), *((cell, 1) for cell in cells)], 0.0
    for one in sums(policy):
        for cell in sorted(c for c in world if c.quantity == one.total):
            parts = [cell._replace(quantity=name) for name in one.parts]
            if world.issuperset(parts):
                yield [(cell, -1), *((part, 1) for part in parts)], 0.0


def _inequalities(policy: Policy, known: Knowledge, world: set[Cell], every: dict[str, Quantity]) -> Iterator[Row]:
    """Yield `sum of parts - total >= 0` and `total - part >= 0` where people can be in several parts, and caps."""
    for axis in ("county", "period", "category"):
        for total, cells in _partitions(policy, known, world, axis, every, additive=False):
            yield [(total, -1), *((cell, 1) for cell in cells)], np.inf
            if every[total.quantity].rules.kind != "events":
                yield from (([(total, 1), (cell, -1)], np.inf) for cell in cells)
    for part, whole in caps(policy):
        for cell in sorted(c for c in world if c.quantity == part):
            other = cell._replace(quantity=whole)
            if other in world:
                yield [(other, 1), (cell, -1)], np.inf


def _least(unknown: tuple[Cell, ...], known: Knowledge, every: dict[str, Quantity]) -> Vector:
    """A withheld cell is at least 1 where zeros are always shown; anything else at least 0."""

    def least(cell: Cell) -> float:
        rules = every[cell.quantity].rules
        return float(cell in known.withheld and rules.zeros == "show" and not rules.sensitive)

    return np.array([least(cell) for cell in unknown])


def _assemble(
    unknown: tuple[Cell, ...], column: dict[Cell, int], rows: list[Row], known: Knowledge, least: Vector
) -> System:
    data, columns, starts = [], [], [0]
    low, high = np.zeros(len(rows)), np.array([upper for _, upper in rows])
    for n, (terms, _) in enumerate(rows):
        constant = sum(k * known.shown[cell] for cell, k in terms if cell not in column)
        low[n] -= constant
        high[n] -= constant
        inside = [(column[cell], k) for cell, k in terms if cell in column]
        columns += [c for c, _ in inside]
        data += [k for _, k in inside]
        starts.append(len(data))
    matrix = csr_array((np.array(data, dtype=float), columns, starts), shape=(len(rows), len(unknown)))
    printed = np.array([cell in known.withheld for cell in unknown], dtype=bool)
    return System(unknown, matrix, low, high, least, printed)
