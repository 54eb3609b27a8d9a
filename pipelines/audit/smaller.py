"""The same system with fewer unknowns: totals that were never printed are written as sums of their parts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, lil_array

from pipelines.audit.system import System, Vector
from pipelines.errors import OutcomesError

_SMALL = 1e-6


@dataclass(frozen=True)
class Smaller:
    """`x = matrix @ y + offset` gives every unknown of a system from the unknowns `kept`.

    The rows of the system say `low <= rows @ y <= high`, and each `y` is at least its `least`.
    """

    kept: np.ndarray[tuple[int], np.dtype[np.int64]]
    column: np.ndarray[tuple[int], np.dtype[np.int64]]  # of each unknown among `kept`; -1 where it has none
    matrix: csr_array
    offset: Vector
    rows: csr_array
    low: Vector
    high: Vector
    least: Vector


def smaller(system: System) -> Smaller:
    """Write out of a system every total of unknown parts that is bounded by nothing but 0.

    Raises OutcomesError if numbers that were published contradict each other.
    """
    ways = _ways(system)
    done: dict[int, tuple[dict[int, float], float]] = {}
    waiting = dict(ways)
    while waiting:
        ready = [total for total, sums in waiting.items() if any(not set(parts) & waiting.keys() for parts, _ in sums)]
        if not ready:
            break  # sums that contain each other stay as they are
        for total in ready:
            sums = [way for way in waiting[total] if not set(way[0]) & waiting.keys()]
            done[total] = min(
                (_written_out(parts, constant, done) for parts, constant in sums), key=lambda s: len(s[0])
            )
        for total in ready:
            del waiting[total]
    return _assembled(system, done)


def _ways(system: System) -> dict[int, list[tuple[list[int], float]]]:
    """Return for each total the equations `total = sum of parts + constant` that keep it from being negative."""
    ways: dict[int, list[tuple[list[int], float]]] = defaultdict(list)
    matrix, free = system.matrix, (system.least == 0) & ~system.printed
    for n in np.flatnonzero(system.equalities).tolist():
        part = slice(matrix.indptr[n], matrix.indptr[n + 1])
        cells, signs = matrix.indices[part], matrix.data[part]
        total = cells[signs == -1]
        if len(total) == 1 and free[total[0]] and (signs == 1).sum() == len(signs) - 1 and system.low[n] <= 0:
            ways[int(total[0])].append((cells[signs == 1].tolist(), float(-system.low[n])))
    return ways


def _written_out(
    parts: list[int], constant: float, done: dict[int, tuple[dict[int, float], float]]
) -> tuple[dict[int, float], float]:
    found: dict[int, float] = defaultdict(float)
    for part in parts:
        inner, more = done.get(part, ({part: 1.0}, 0.0))
        constant += more
        for cell, times in inner.items():
            found[cell] += times
    return dict(found), constant


def _assembled(system: System, done: dict[int, tuple[dict[int, float], float]]) -> Smaller:
    every = len(system.cells)
    kept = np.array([n for n in range(every) if n not in done], dtype=np.int64)
    column = np.full(every, -1, dtype=np.int64)
    column[kept] = np.arange(len(kept))
    matrix, offset = lil_array((every, len(kept))), np.zeros(every)
    matrix[kept, np.arange(len(kept))] = 1.0
    for total, (inner, constant) in done.items():
        matrix[[total], column[list(inner)]] = np.array(list(inner.values()))
        offset[total] = constant
    whole = csr_array(matrix)
    rows = csr_array(system.matrix @ whole)
    rows.eliminate_zeros()
    says = np.diff(rows.indptr) > 0
    moved = system.matrix @ offset
    low, high = system.low - moved, system.high - moved
    if bool(((low > _SMALL) | (high < -_SMALL))[~says].any()):
        raise OutcomesError("audit", "the published numbers contradict each other.", "Do not publish them.")
    return Smaller(
        kept, column, whole, offset, csr_array(rows[says]), low[says], high[says],
        system.least[kept],
    )  # fmt: skip
