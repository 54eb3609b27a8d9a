"""Relations as data: which cells add up to which, and which can never exceed which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipelines.disclosure.grid import Grid, Key
from pipelines.disclosure.problem import Relation, at_most, total_of
from pipelines.policy import caps, sums

AXES = ("county", "period", "category")


def equations_of(grid: Grid, number: Mapping[Key, int]) -> tuple[Relation, ...]:
    """Return `total = sum of parts` for every step of every hierarchy a count adds up along, and for every sum."""
    return (*_hierarchies(grid, number), *_sums(grid, number))


def limits_of(grid: Grid, number: Mapping[Key, int]) -> tuple[Relation, ...]:
    """Return what holds where parts do not add up.

    People who can be in several parts: the total is at most the sum of the parts and no less than any of them.
    Events: at most the sum. Caps: one count never exceeds another.
    """
    return (*_unions(grid, number), *_caps(grid, number))


def _parts(grid: Grid, number: Mapping[Key, int], cell: Key, axis: str) -> tuple[int, ...]:
    return tuple(number[part] for part in grid.parts(cell, axis))


def _hierarchies(grid: Grid, number: Mapping[Key, int]) -> Iterator[Relation]:
    for cell, total in number.items():
        for axis in AXES:
            if axis in grid.quantities[cell.quantity].rules.additive_over:
                parts = _parts(grid, number, cell, axis)
                if parts:
                    yield total_of(total, parts)


def _sums(grid: Grid, number: Mapping[Key, int]) -> Iterator[Relation]:
    for one in sums(grid.policy):
        for cell, total in number.items():
            if cell.quantity == one.total:
                parts = [cell._replace(quantity=name) for name in one.parts]
                if all(part in number for part in parts):
                    yield total_of(total, (number[part] for part in parts))


def _unions(grid: Grid, number: Mapping[Key, int]) -> Iterator[Relation]:
    for cell, total in number.items():
        rules = grid.quantities[cell.quantity].rules
        for axis in AXES:
            if axis in rules.additive_over:
                continue
            parts = _parts(grid, number, cell, axis)
            if parts:
                yield total_of(total, parts)
                if rules.kind != "events":
                    yield from (at_most(part, total) for part in parts)


def _caps(grid: Grid, number: Mapping[Key, int]) -> Iterator[Relation]:
    for part, whole in caps(grid.policy):
        for cell, n in number.items():
            other = cell._replace(quantity=whole)
            if cell.quantity == part and other in number:
                yield at_most(n, number[other])
