"""The sides of the protection benchmark: this engine, pytauargus, and a release of 16 counties."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from disclosure_cubes import full_cube, leaves

from pipelines.audit import audit_cubes
from pipelines.disclosure import Counts, Problem, State, draft, grid_of, read_ledger, suppress
from pipelines.disclosure.attack import Attack
from pipelines.disclosure.elimination import Tableau
from pipelines.disclosure.tables import Tables
from pipelines.policy import read_policy
from pipelines.published.periods import months_of

THRESHOLD, WIDTH, MONTHS, CATEGORIES = 11, 5, 36, 8
Complements = frozenset[int]  # numbers of the cells of `full_cube` that are withheld without being small


def ours(counties: str, volume: str) -> None:
    """Decide the full cube, proof included."""
    suppress(full_cube(int(counties), float(volume)))


def pytauargus(counties: str, volume: str) -> None:
    """Let pytauargus decide the same table."""
    _protected(int(counties), float(volume))


def _ours(counties: int, volume: float) -> Complements:
    problem = full_cube(counties, volume)
    return _withheld(problem, suppress(problem).state)


def _withheld(problem: Problem, state: np.ndarray) -> Complements:
    return frozenset(np.flatnonzero((state == State.WITHHELD) & (problem.state == State.OPEN)).tolist())


def _theirs(counties: int, volume: float) -> Complements:
    """Return what its table marks as secondary (M), as numbers of cells in the order of `full_cube`."""
    table = _protected(counties, volume)
    places = [_number(table["county"], counties), _period(table["month"]), _number(table["category"], CATEGORIES)]
    sizes = (counties + 1, MONTHS + MONTHS // 3 + MONTHS // 12 + 1, CATEGORIES + 1)
    numbers = np.ravel_multi_index(places, sizes)
    return frozenset(numbers[(table["status"] == "M").to_numpy()].tolist())


def _number(codes: pd.Series, total: int) -> np.ndarray:
    return np.array([total if code == "Total" else int(code[1:]) for code in codes])


def _period(codes: pd.Series) -> np.ndarray:
    start = {"m": 0, "q": MONTHS, "y": MONTHS + MONTHS // 3}
    last = MONTHS + MONTHS // 3 + MONTHS // 12
    return np.array([last if code == "Total" else start[code[0]] + int(code[1:]) for code in codes])


PATTERNS: dict[str, Callable[[int, float], Complements]] = {"ours": _ours, "pytauargus": _theirs}


def _protected(counties: int, volume: float) -> pd.DataFrame:
    from pytauargus import protect  # of the development environment

    counts = leaves(counties, MONTHS, CATEGORIES, volume, 1)
    at = np.nonzero(counts)
    names = [
        np.char.mod(form, axis.repeat(counts[at])) for form, axis in zip(("c%02d", "m%02d", "k%d"), at, strict=True)
    ]
    events = pd.DataFrame(dict(zip(("county", "month", "category"), names, strict=True))).assign(one=1.0)
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "month.hrc"
        tree.write_text("".join(_tree()), encoding="utf-8")
        made = protect(
            events,
            ["county", "month", "category"],
            response="one",
            safety_rules=f"FREQ({THRESHOLD},50)",
            suppress="MOD(1,5,1,1,1)",
            hrc={"month": str(tree)},
            hierleadstring="@",
            workdir=folder,
        )
        return made.tables[0].dataframe()


def _tree() -> list[str]:
    lines = []
    for month in range(MONTHS):
        lines += [f"y{month // 12}\n"] if month % 12 == 0 else []
        lines += [f"@q{month // 3:02d}\n"] if month % 3 == 0 else []
        lines.append(f"@@m{month:02d}\n")
    return lines


def open_cells(complements: Complements, counties: int, volume: float) -> tuple[int, int]:
    """Return how many small counts an attacker learns exactly, and how many to less than the width (in fractions)."""
    problem = full_cube(counties, volume)
    state = np.where(problem.state == State.OPEN, State.SHOWN, problem.state)
    state[list(complements)] = State.WITHHELD
    tableau = Tableau(problem.equations, set(np.flatnonzero(state == State.SHOWN).tolist()))
    small = np.flatnonzero(problem.need).tolist()
    attack = Attack(problem, Tables(problem, state), tuple(tableau.independent))
    return sum(tableau.is_known(cell) for cell in small), sum(not attack.is_wide(cell) for cell in small)


POLICY = """
policy = 1
[hierarchies]
period = { months = 36, levels = ["month", "quarter", "year"] }
[measures]
events = { kind = "persons", zeros = "show", additive_over = ["county", "period", "category"], category = "mode" }
[audiences.funder]
tables = [["county", "month", "category"], ["county", "month", "all"], ["all", "month", "category"],
  ["all", "month", "all"]]
adaptive = { max_small_share = 0.10, never_finer_than = "month" }
"""


@dataclass(frozen=True)
class Adaptive:
    """A release: numbers of its tables, given and withheld; wall and CPU seconds of both halves."""

    wanted: int
    given: int
    withheld: int
    protect: tuple[float, float]
    audit: tuple[float, float]
    passed: bool


def adaptive(counties: int, volume: float) -> Adaptive:
    """Protect and audit one release, every series at its finest level with few small numbers."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "policy.toml"
        file.write_text(POLICY, encoding="utf-8")
        policy, text = read_policy(file)
        counts = _counts(leaves(counties, MONTHS, CATEGORIES, volume, 1), policy)
        started = time.perf_counter(), time.process_time()
        made = draft(counts, policy, text, read_ledger(Path(folder) / "ledger"))
        protect = time.perf_counter() - started[0], time.process_time() - started[1]
        started = time.perf_counter(), time.process_time()
        report = audit_cubes({"funder": [made.cubes["funder"]]}, policy, text)["funder"]
        audit = time.perf_counter() - started[0], time.process_time() - started[1]
    states = made.cubes["funder"].frame["state"]
    given = int((states != "not_released").sum())
    return Adaptive(len(states), given, int((states == "withheld").sum()), protect, audit, report.passed)


def _counts(table: np.ndarray, policy) -> Counts:
    months = tuple(f"{2023 + n // 12}-{n % 12 + 1:02d}" for n in range(MONTHS))
    regions = {f"C{n:02d}": f"R{n // 4}" for n in range(len(table))}
    categories = {"events": tuple(f"k{n}" for n in range(CATEGORIES))}
    grid = grid_of(policy, months, date(2026, 1, 31), regions, categories)
    place = {month: n for n, month in enumerate(months)}
    rows = []
    for key in grid.cells:
        at = [n for n, (code, region) in enumerate(regions.items()) if key.county in (code, region, "all")]
        spans = [place[month] for month in months_of(key.period)]
        split = range(CATEGORIES) if key.category == "all" else [int(key.category[1:])]
        value = int(table[np.ix_(at, spans, split)].sum())
        rows.append((*key, value, value))
    columns = ["quantity", "county_level", "county", "period", "category", "value", "people"]
    return Counts(pd.DataFrame(rows, columns=columns), months, date(2026, 1, 31), regions, categories)
