"""Random draws that stay fast for millions of rows, and tables held as columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TypeVar

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from pipelines.schema import VOCABULARIES

Codes = NDArray[np.int8]
Index = NDArray[np.int64]
Mask = NDArray[np.bool_]
Reals = NDArray[np.float32]

NONE = -1  # a coded value that is not recorded
_SLOTS = 1 << 16


@dataclass(frozen=True, slots=True)
class Columns:
    """A table held as numpy arrays of one length, one per field."""

    def __len__(self) -> int:
        return len(getattr(self, fields(self)[0].name))


Table = TypeVar("Table", bound=Columns)


def take(table: Table, rows: Index | Mask) -> Table:
    """Return the chosen rows of a table, in the order given."""
    return type(table)(*(getattr(table, field.name)[rows] for field in fields(table)))


def stack(blocks: Sequence[Table]) -> Table:
    """Stack tables of one kind, in order."""
    kind = type(blocks[0])
    return kind(*(np.concatenate([getattr(b, f.name) for b in blocks]) for f in fields(kind)))


def code_of(vocabulary: str, value: str) -> int:
    """Return the position of a canonical value in its vocabulary."""
    return VOCABULARIES[vocabulary].index(value)


def wheel(weights: Sequence[float]) -> Codes:
    """Return a lookup wheel for `spin`: each position fills its share of 65,536 slots."""
    edges = np.round(np.cumsum(weights) / np.sum(weights) * _SLOTS).astype(np.int64)
    return np.searchsorted(edges, np.arange(_SLOTS), side="right").astype(np.int8)


def vocabulary_wheel(vocabulary: str, weights: Mapping[str, float]) -> Codes:
    """Return a wheel over a canonical vocabulary; values without a weight are never drawn."""
    unknown = weights.keys() - set(VOCABULARIES[vocabulary])
    assert not unknown, f"{vocabulary} has no value {sorted(unknown)}"
    return wheel([weights.get(value, 0.0) for value in VOCABULARIES[vocabulary]])


def spin(rng: Generator, wheel_of: Codes, size: int) -> Codes:
    """Draw positions from a wheel; several times faster than `Generator.choice` with weights."""
    return wheel_of[rng.integers(0, _SLOTS, size, dtype=np.uint16)]


def spin_evenly(rng: Generator, wheel_of: Codes, size: int) -> Codes:
    """Draw positions so that every share is met as closely as `size` allows, in random order."""
    return wheel_of[rng.permutation(size) * _SLOTS // size]


def uniform(rng: Generator, size: int) -> Reals:
    """Draw from [0, 1)."""
    return rng.random(size, dtype=np.float32)


def chance(rng: Generator, share: float | Reals, size: int) -> Mask:
    """Return True with the given share, row by row."""
    result: Mask = uniform(rng, size) < share
    return result


def quota(rng: Generator, candidates: Index, expected: float) -> Index:
    """Choose `expected` of the candidates (a fraction rounds at random), sorted, none twice.

    A quota instead of one draw per row keeps rare events at their planned number in small samples.
    """
    size = min(int(expected + rng.random()), len(candidates))
    return np.sort(rng.choice(candidates, size, replace=False)) if size else candidates[:0]
