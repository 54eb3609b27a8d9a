"""The proof: for each small cell two whole tables that agree with everything shown and differ enough at the cell.

Kept on the publisher's side only, as sparse differences from the true counts: they lie near the truth.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np

from pipelines.disclosure.problem import Ints, Problem
from pipelines.disclosure.tables import Tables

Move = tuple[tuple[int, int], ...]  # (cell, difference from its true count), by cell


@dataclass(frozen=True, slots=True)
class Certificates:
    """`moves`: the tables; `pairs`: small cell -> its two tables, by number."""

    moves: tuple[Move, ...]
    pairs: dict[int, tuple[int, int]]

    def prove(self, problem: Problem, state: Ints) -> bool:
        """Check by whole-number arithmetic alone that every small cell has two tables as far apart as it needs."""
        small = np.flatnonzero(problem.need > 0)
        tables = Tables(problem, state)
        moves = [_dense(move, len(problem.values)) for move in self.moves]
        return all(tables.holds(move) for move in moves) and all(
            cell in self.pairs and abs(int(moves[self.pairs[cell][0]][cell] - moves[self.pairs[cell][1]][cell])) >= need
            for cell, need in zip(small.tolist(), problem.need[small].tolist(), strict=True)
        )

    def text(self) -> str:
        """Return the certificates as JSON, the same for the same proof."""
        pairs = {str(cell): list(pair) for cell, pair in sorted(self.pairs.items())}
        return json.dumps({"moves": self.moves, "pairs": pairs}, separators=(",", ":"))


def certify(problem: Problem, tables: Tables) -> Certificates:
    """Keep for each small cell the two most different tables, and no table that none of them needs."""
    small = np.flatnonzero(problem.need > 0)
    used = sorted({0, *tables.low_table[small].tolist(), *tables.high_table[small].tolist()})
    number = {table: n for n, table in enumerate(used)}
    pairs = {
        int(c): (number[int(tables.low_table[c])], number[int(tables.high_table[c])]) for c in small.tolist()
    }  # fmt: skip
    return Certificates(tuple(_sparse(tables.moves[table]) for table in used), pairs)


def _sparse(move: Ints) -> Move:
    return tuple((int(c), int(move[c])) for c in np.flatnonzero(move))


def _dense(move: Move, cells: int) -> Ints:
    dense = np.zeros(cells, dtype=np.int64)
    for cell, difference in move:
        dense[cell] = difference
    return dense
