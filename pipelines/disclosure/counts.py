"""What the publisher is given: a plain frame of true counts. It depends on no dashboard and no warehouse.

`Counts.frame` holds one row per cell of the grid the policy asks for (`grid.grid_of`), all of them:

    quantity       a name of `pipelines.policy.quantities`
    county_level   county, region or all
    county         its code; "all" at level all
    period         2026-07, 2026-Q3, 2026 or FY2027
    category       a code of the measure's category dimension, or "all"
    value          whole count, 0 or more
    people         distinct people behind it (for counts of people the count itself)
    provider_max   largest number of them with one provider; only needed if the policy protects against providers

Totals are counted like parts, never added up by the caller: the relations of the policy are checked against them,
and a publication whose counts do not add up as it says is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from pipelines.disclosure.grid import Key, grid_of
from pipelines.disclosure.problem import ProtectionError
from pipelines.policy import Policy
from pipelines.published.cube import KEY


@dataclass(frozen=True)
class Counts:
    """True counts with the axes they lie on.

    `months`: months of the window, 2026-07 and so on, in order. `as_of`: last day the records cover completely.
    `regions`: county code -> region code. `categories`: measure -> codes of its category dimension.
    `about`: settings of the program that are published with the numbers; no count is among them.
    """

    frame: pd.DataFrame
    months: tuple[str, ...]
    as_of: date
    regions: dict[str, str]
    categories: dict[str, tuple[str, ...]]
    about: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Count:
    """One cell's true numbers."""

    value: int
    people: int
    provider_max: int


def true_cells(counts: Counts, policy: Policy) -> dict[Key, Count]:
    """Return every cell of the grid with its true numbers.

    Raises ProtectionError for a count that is negative, fractional or missing, and for a cell outside the grid:
    each means that something else is wrong.
    """
    frame = counts.frame if "provider_max" in counts.frame else counts.frame.assign(provider_max=0)
    numbers = frame[["value", "people", "provider_max"]]
    if numbers.isna().to_numpy().any() or (numbers < 0).to_numpy().any() or (numbers % 1 != 0).to_numpy().any():
        raise ProtectionError("counts", "a count is missing, negative or no whole number.", "Check the measures.")
    if frame.duplicated(KEY).any():
        raise ProtectionError("counts", "a cell is there twice.", "Check the measures.")
    rows = frame[KEY].itertuples(index=False, name=None), numbers.astype(int).itertuples(index=False, name=None)
    cells = {Key(*key): Count(*row) for key, row in zip(*rows, strict=True)}
    grid = grid_of(policy, counts.months, counts.as_of, counts.regions, counts.categories)
    wanted = set(grid.cells)
    if wanted != cells.keys():
        strange, lost = len(cells.keys() - wanted), len(wanted - cells.keys())
        raise ProtectionError(
            "counts",
            f"{lost} cells of the grid are missing and {strange} are not part of it.",
            "Check counties, regions and categories.",
        )
    return cells
