"""One protection problem: cells, the relations between them, and what each cell needs.

Everything the engine knows is here as arrays; it has never heard of counties or months.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from pipelines.errors import OutcomesError

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]


class ProtectionError(OutcomesError):
    """Cells cannot be protected, or it cannot be proved that they are; nothing may be published."""


class State(IntEnum):
    """What may become of a cell."""

    OPEN = 0  # released: shown unless protection needs it withheld
    SHOWN = 1  # shown already, or a zero that is always shown: cannot be withheld any more
    WITHHELD = 2  # released and withheld
    UNRELEASED = 3  # never printed, but an attacker can reason about it


@dataclass(frozen=True, slots=True)
class Relation:
    """`sum(coefficient * cell)`, which is 0 in an equation and at most 0 in a limit."""

    cells: tuple[int, ...]
    coefficients: tuple[int, ...]

    def at(self, values: Ints) -> int:
        """Return the sum for these values, in whole numbers of any size."""
        return sum(int(values[c]) * k for c, k in zip(self.cells, self.coefficients, strict=True))


def total_of(total: int, parts: Iterable[int]) -> Relation:
    """Say that a total is the sum of its parts; as a limit, that it is at most their sum."""
    cells = tuple(parts)
    return Relation((total, *cells), (1, *(-1 for _ in cells)))


def at_most(part: int, whole: int) -> Relation:
    """Say, as a limit, that one cell is never larger than another."""
    return Relation((part, whole), (1, -1))


@dataclass(frozen=True, slots=True)
class Problem:
    """Cells 0 … n-1 and everything that is published or known about them.

    `values`: true counts. `equations` are 0 and `limits` at most 0 for the true counts as for any data an attacker
    can believe in. `lower`: the least an attacker can believe of the cell while it is not shown (1 where zeros are
    always shown, -inf for differences). `need`: width the cell needs, 0 if it is not small. `state`: a `State` per
    cell. `weight`: cost of withholding the cell; inf for a total that is never withheld unless small itself.
    Raises ProtectionError if the true counts contradict any of this.
    """

    values: Ints
    equations: tuple[Relation, ...]
    limits: tuple[Relation, ...]
    lower: Floats
    need: Ints
    state: Ints
    weight: Floats

    def __post_init__(self) -> None:
        broken = next(self._broken(), None)
        if broken is not None:
            raise ProtectionError(
                f"relation of cell {broken.cells[0]} with {len(broken.cells) - 1} others",
                "the counts do not add up as the policy says they do.",
                "Check the hierarchy and the measure's additive_over.",
            )
        secret = self.state >= State.WITHHELD
        if bool((self.values < self.lower)[secret].any()):
            raise ProtectionError("cells", "a withheld count lies below the least it can be.", "Check the counts.")
        if bool(((self.need > 0) & ~secret).any()):
            raise ProtectionError("cells", "a small count is shown or about to be.", "Check the primary rule.")

    def _broken(self) -> Iterator[Relation]:
        yield from (r for r in self.equations if r.at(self.values) != 0)
        yield from (r for r in self.limits if r.at(self.values) > 0)


def small_cells(problem: Problem) -> Ints:
    """Return the cells that need a width, in order."""
    return np.flatnonzero(problem.need > 0)
