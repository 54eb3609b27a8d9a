"""Lines of a ledger: which of them still stand when later lines take back, reduce or replace them (R17)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import isfinite

import duckdb

from pipelines.load.conditions import holds, number
from pipelines.load.landed import LandedInput
from pipelines.load.scratch import scratch_table
from pipelines.profile import Lines

Place = tuple[int, int]  # file, line


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is about another, or that another is about."""

    place: Place
    id: str
    corrects: str
    is_void: bool
    amounts: tuple[float, ...]


@dataclass(slots=True)
class Settled:
    """Which lines are gone, which take back something unknown, and what amounts are left of those reduced."""

    gone: list[Place] = field(default_factory=list)
    lone: list[Place] = field(default_factory=list)
    left: dict[Place, tuple[float, ...]] = field(default_factory=dict)
    roots: dict[Place, str] = field(default_factory=dict)


def settle(lines: Iterable[Line]) -> Settled:
    """Follow every chain of lines in the order of the files; an original comes before the lines about it."""
    known = list(lines)
    about = {line.id: line.corrects for line in known if line.corrects not in ("", line.id)}
    found, standing = Settled(), dict[str, Line]()
    for line in sorted(known, key=lambda line: (line.id in about, line.place)):
        root = _root(line.id, about)
        before = standing.pop(root, None)
        takes_back = line.is_void or any(amount < 0 for amount in line.amounts)
        if takes_back and before is None:
            found.lone.append(line.place)
            continue
        if not takes_back:
            found.gone += [before.place] if before else []
            standing[root] = line
            continue
        assert before
        found.gone.append(line.place)
        left = tuple(a + b for a, b in zip(before.amounts, line.amounts, strict=True))
        if line.is_void or all(amount <= 0 for amount in left):
            found.gone.append(before.place)
            found.left.pop(before.place, None)
        else:
            found.left[before.place] = left
            standing[root] = Line(before.place, before.id, before.corrects, False, left)
    found.roots = {line.place: root for root, line in standing.items()}
    return found


def _root(name: str, about: dict[str, str]) -> str:
    """Return the first line of a chain; of lines that are about each other, the one with the first ID."""
    seen = {name}
    while before := about.get(name):
        if before in seen:
            return min(seen)
        seen.add(before)
        name = before
    return name


def settle_lines(con: duckdb.DuckDBPyConnection, landed: LandedInput, lines: Lines) -> None:
    """Leave out lines that no longer stand; what stands carries the ID of the first of its chain."""
    own = landed.column((lines.id,))
    amounts = [landed.column((header,)) for header in lines.negates]
    found = settle(_chained(con, landed, lines, own, amounts))
    set_aside(con, landed, found.gone, "DQ53", stays_out=False)
    set_aside(con, landed, found.lone, "DQ17", stays_out=True)
    places = list(found.roots)
    columns: dict[str, tuple[str, Sequence[object]]] = {
        "file_no": ("INTEGER", [file for file, _ in places]),
        "source_row": ("INTEGER", [row for _, row in places]),
        "root": ("VARCHAR", [found.roots[place] for place in places]),
    }
    for n in range(len(amounts)):
        left = [found.left[place][n] if place in found.left else None for place in places]
        columns[f"left_{n}"] = ("VARCHAR", [None if value is None else f"{value:g}" for value in left])
    table = f"{landed.view}_left"
    scratch_table(con, table, columns)
    put = [f"coalesce(l.root, trim(i.{own})) AS {own}"]
    put += [f"coalesce(l.left_{n}, i.{column}) AS {column}" for n, column in enumerate(amounts)]
    con.execute(
        f"CREATE TEMP TABLE {landed.view}_settled AS SELECT i.* REPLACE ({', '.join(put)}) FROM {landed.view} i"
        f" LEFT JOIN {table} l USING (file_no, source_row) ANTI JOIN set_aside USING (file_no, source_row)"
    )
    landed.view = f"{landed.view}_settled"


def _chained(
    con: duckdb.DuckDBPyConnection, landed: LandedInput, lines: Lines, own: str, amounts: Sequence[str]
) -> list[Line]:
    """Read the lines that have to do with another; the others stand as they are."""
    corrects = landed.column((lines.corrects,)) if lines.corrects else "NULL"
    mark = landed.column((lines.void.column,)) if lines.void else "NULL"
    texts = [row[0] for row in con.execute(f"SELECT DISTINCT {mark} FROM {landed.view}").fetchall()]
    voids = {text for text in texts if lines.void and holds(lines.void, text)}
    negative = " OR ".join(f"starts_with(trim({column}), '-')" for column in amounts) or "false"
    rows = con.execute(
        f"WITH line AS (SELECT file_no, source_row, trim({own}) AS id, coalesce(trim({corrects}), '') AS corrects,"
        f" {mark} AS mark, [{', '.join(amounts)}]::VARCHAR[] AS amounts, coalesce({negative}, false) AS is_negative"
        f" FROM {landed.view}),"
        " linked AS (SELECT id FROM line WHERE corrects <> '' OR is_negative OR mark IN (SELECT unnest($voids))"
        " UNION SELECT corrects FROM line WHERE corrects <> ''"
        " UNION SELECT id FROM line GROUP BY id HAVING count(*) > 1)"
        " SELECT file_no, source_row, id, corrects, mark, amounts FROM line SEMI JOIN linked USING (id)",
        {"voids": sorted(voids)},
    ).fetchall()
    return [
        Line((int(file), int(row)), str(name), str(about), mark in voids, tuple(map(_amount, texts)))
        for file, row, name, about, mark, texts in rows
    ]


def _amount(text: str | None) -> float:
    amount = number(text)
    return amount if isfinite(amount) else 0.0


def set_aside(
    con: duckdb.DuckDBPyConnection, landed: LandedInput, places: Sequence[Place], rule: str, *, stays_out: bool
) -> None:
    """Remember lines that make no record, with the finding that says why, for the account."""
    con.execute(
        "CREATE TEMP TABLE IF NOT EXISTS set_aside"
        " (file_no INTEGER, source_row INTEGER, rule VARCHAR, field VARCHAR, stays_out BOOLEAN)"
    )
    con.execute(
        "INSERT INTO set_aside SELECT unnest($files), unnest($rows), $rule, $field, $stays_out",
        {
            "files": [file for file, _ in places], "rows": [row for _, row in places],
            "rule": rule, "field": landed.input.id, "stays_out": stays_out,
        },
    )  # fmt: skip
