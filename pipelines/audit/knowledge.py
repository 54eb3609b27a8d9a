"""What somebody knows who kept every release: the union of published cubes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pipelines.published import Cube


class Cell(NamedTuple):
    """The coordinates of a published number."""

    quantity: str
    county_level: str
    county: str
    period: str
    category: str


@dataclass
class Knowledge:
    """The numbers of one vintage that were ever shown, the cells ever withheld, and those left out by design."""

    vintage: int
    months: tuple[str, ...] = ()
    regions: dict[str, str] = field(default_factory=dict)
    categories: dict[str, tuple[str, ...]] = field(default_factory=dict)
    shown: dict[Cell, int] = field(default_factory=dict)
    withheld: set[Cell] = field(default_factory=set)
    left_out: set[Cell] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def learn(self, cube: Cube) -> None:
        """Add one release; a number that was changed in silence is a fault."""
        self.months = tuple(sorted({*self.months, *cube.months}))
        self.regions |= cube.regions
        self.categories |= cube.categories
        for cell, state, value in _rows(cube):
            if state == "shown":
                if self.shown.setdefault(cell, int(value)) != int(value):
                    self.faults.append(f"{describe(cell)} was changed between releases of one vintage")
            else:
                (self.withheld if state == "withheld" else self.left_out).add(cell)

    def settle(self) -> None:
        """Drop from the withheld cells what another release shows."""
        self.withheld -= self.shown.keys()
        self.left_out -= self.shown.keys() | self.withheld


def _rows(cube: Cube) -> Iterator[tuple[Cell, str, Any]]:
    columns = [*Cell._fields, "state", "value"]
    for *key, state, value in cube.frame[columns].itertuples(index=False, name=None):
        yield Cell(*key), state, value


def union(cubes: Iterable[Cube]) -> dict[int, Knowledge]:
    """Return what all releases together say, by vintage."""
    known: dict[int, Knowledge] = {}
    for cube in cubes:
        known.setdefault(cube.vintage, Knowledge(cube.vintage)).learn(cube)
    for knowledge in known.values():
        knowledge.settle()
    return known


def describe(cell: Cell) -> str:
    """Name a cell in a report; coordinates only."""
    category = "" if cell.category == "all" else f", {cell.category}"
    return f"{cell.quantity}, {cell.county}, {cell.period}{category}"
