"""What is released at all: the policy's tables, each series at the finest level at which few numbers are small."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipelines.disclosure.grid import Grid, Key
from pipelines.policy import AudienceName
from pipelines.policy.model import COARSER, Table
from pipelines.published.periods import level_of

NONE = "none"  # a series too small even by years, or one whose first period is not over yet
_NEWEST_MONTHS = 12
Levels = dict[str, str]  # series -> level


def released(
    grid: Grid, small: Mapping[Key, int], audience: AudienceName, kept: Levels
) -> tuple[set[Key], set[Key], Levels]:
    """Return the cells in an audience's tables, those of them that are released, and the level of each series.

    `kept` are the levels of earlier releases, which stay; a series without one is judged anew.
    Without `adaptive` everything in the tables is released.
    """
    wanted, given, levels = set[Key](), set[Key](), dict(kept)
    for measure in grid.policy.measures:
        counts = [name for name, q in grid.quantities.items() if q.measure == measure]
        tables = grid.policy.tables_of(audience, measure)
        for level, county in grid.places():
            for category in _categories(grid, counts, tables):
                finest = _finest(tables, level, category)
                if not finest:
                    continue
                series = _Series(measure, tuple(counts), level, county, category)
                cells = _cells(grid, series, finest, adaptive=grid.policy.audiences[audience].adaptive is not None)
                wanted |= {cell for by_level in cells.values() for cell in by_level}
                chosen = levels.get(series.name) or _choose(grid, cells, small, audience)
                if chosen != NONE:  # a series that is too small, or too young, may have a level in a later release
                    levels[series.name] = chosen
                given |= {cell for name, by_level in cells.items() if _shown_at(name, chosen) for cell in by_level}
    return wanted, given, levels


class _Series(NamedTuple):
    """Everything but the period."""

    measure: str
    counts: tuple[str, ...]
    level: str
    county: str
    category: str

    @property
    def name(self) -> str:
        """The name under which the ledger keeps the level."""
        return "|".join((self.measure, self.level, self.county, self.category))


def _categories(grid: Grid, counts: Sequence[str], tables: Sequence[Table]) -> list[str]:
    split = {code for name in counts for code in grid.categories[name]}
    asked = {table[2] for table in tables}
    return (["all"] if "all" in asked else []) + (sorted(split) if "category" in asked else [])


def _finest(tables: Sequence[Table], level: str, category: str) -> list[str]:
    """Return the period levels an audience gets of such a series."""
    kind = "all" if category == "all" else "category"
    return [table[1] for table in tables if table[0] == level and table[2] == kind]


def _cells(grid: Grid, series: _Series, asked: list[str], *, adaptive: bool) -> dict[str, list[Key]]:
    """Return the cells of a series by period level: the levels asked for, and with `adaptive` every coarser one."""
    found: dict[str, list[Key]] = {}
    for name in series.counts:
        if series.category != "all" and series.category not in grid.categories[name]:
            continue
        for period in grid.periods[name]:
            at = level_of(period)
            if at in asked or (adaptive and any(COARSER[at] > COARSER[a] for a in asked)):
                cell = Key(name, series.level, series.county, period, series.category)
                found.setdefault(at, []).append(cell)
    return found


def _choose(grid: Grid, cells: dict[str, list[Key]], small: Mapping[Key, int], audience: AudienceName) -> str:
    rules = grid.policy.audiences[audience].adaptive
    order = sorted(cells, key=lambda level: COARSER[level])
    if rules is None:
        return order[0] if order else NONE
    for level in order:
        if COARSER[level] >= COARSER[rules.never_finer_than]:
            judged = _settled(cells[level])
            if sum(key in small for key in judged) <= rules.max_small_share * len(judged):
                return level
    return NONE


def _settled(cells: list[Key]) -> list[Key]:
    """Leave out the newest year where older periods exist, so that the choice does not hang on a few months."""
    periods = sorted({cell.period for cell in cells})
    newest = {"month": _NEWEST_MONTHS, "quarter": _NEWEST_MONTHS // 3}.get(level_of(periods[0]), 1)
    older = set(periods[:-newest])
    return [cell for cell in cells if cell.period in older] or cells


def _shown_at(level: str, chosen: str) -> bool:
    return chosen != NONE and COARSER[level] >= COARSER[chosen]
