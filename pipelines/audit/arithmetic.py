"""Attacker A0: which unknown cells follow from the equations alone, by exact elimination."""

from __future__ import annotations

from pipelines.audit.system import System

_PRIME = 2**89 - 1  # not the publisher's


def known_by_arithmetic(system: System) -> set[int]:
    """Return the unknown cells that the equations fix, as numbers of `system.cells`.

    Gauss-Jordan elimination modulo a prime; a cell is fixed if its reduced row holds nothing else.
    """
    rows: dict[int, dict[int, int]] = {}  # pivot -> its row
    users: dict[int, set[int]] = {}  # cell -> pivots whose rows hold it
    matrix = system.matrix[system.equalities]
    for n in range(matrix.shape[0]):
        part = slice(matrix.indptr[n], matrix.indptr[n + 1])
        row = {int(c): int(k) % _PRIME for c, k in zip(matrix.indices[part], matrix.data[part], strict=True)}
        for pivot in [c for c in row if c in rows]:
            _subtract(row, rows[pivot], row[pivot])
        if row:
            _insert(row, rows, users)
    return {pivot for pivot, row in rows.items() if len(row) == 1}


def _insert(row: dict[int, int], rows: dict[int, dict[int, int]], users: dict[int, set[int]]) -> None:
    pivot = min(row, key=lambda cell: (len(users.get(cell, ())), cell))
    factor = pow(row[pivot], -1, _PRIME)
    row = {cell: k * factor % _PRIME for cell, k in row.items()}
    for user in users.pop(pivot, set()):
        before = set(rows[user])
        _subtract(rows[user], row, rows[user][pivot])
        for cell in before - rows[user].keys():
            users.get(cell, set()).discard(user)
        for cell in rows[user].keys() - before:
            users.setdefault(cell, set()).add(user)
    rows[pivot] = row
    for cell in row:
        if cell != pivot:
            users.setdefault(cell, set()).add(pivot)


def _subtract(row: dict[int, int], other: dict[int, int], factor: int) -> None:
    for cell, k in other.items():
        value = (row.get(cell, 0) - factor * k) % _PRIME
        if value:
            row[cell] = value
        else:
            row.pop(cell, None)
