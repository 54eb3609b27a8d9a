"""What stands behind a report: answers to questions, names of codes, and records of the load.

The caller fills a `Source`: exact answers from the warehouse, or protected ones from what was published.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from dashboard.measures import Period, Query, Result
from dashboard.measures.arrivals import Arrivals
from dashboard.measures.result import Audience

Answers = Callable[[Query], Result]
# Measure, dimensions of a split, days of a life table -> the periods that have a number, oldest first.
Periods = Callable[[str, tuple[str, ...], int], tuple[Period, ...]]


@dataclass(frozen=True, slots=True)
class Release:
    """What was published for an audience: which measures, over which periods, and what stands behind it in words."""

    measures: tuple[str, ...]
    periods: Periods
    grid_days: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()

    def has(self, name: str) -> bool:
        """Say whether a measure has any number of the whole program."""
        return any(self.periods(name, (), days) for days in (0, *self.grid_days))

    def coverage(self) -> Mapping[tuple[date, date], int]:
        """Return first and last day of every period with numbers of the whole program, and for how many measures."""
        found: dict[tuple[date, date], int] = {}
        for name in self.measures:
            known = {period for days in (0, *self.grid_days[:1]) for period in self.periods(name, (), days)}
            for period in known:
                found[period.start, period.end] = found.get((period.start, period.end), 0) + 1
        return found


@dataclass(frozen=True, slots=True)
class Records:
    """The load ledger and the findings (frames of `dashboard.measures.quality`); directors only."""

    ledger: pd.DataFrame
    issues: pd.DataFrame
    batches: tuple[str, ...] = ()
    arrived: Callable[[Period, tuple[str, ...], date], Arrivals] = lambda period, batches, as_of: Arrivals()
    to_come: Callable[[Period], str] = lambda period: ""  # in a sentence, what a period still lacks


@dataclass(frozen=True, slots=True)
class Source:
    """Where a report's numbers come from, and how far they reach."""

    answers: Answers
    options: Callable[[str], Mapping[str, str]]  # codes of a dimension and their words, in reading order
    audience: Audience
    organization: str
    as_of: date
    data_start: date
    version: str
    gap_days: int
    resources: tuple[str, ...] = ()
    records: Records | None = None
    has_assessments: bool = False
    service_area: Mapping[str, str] = field(default_factory=dict)  # county code and name, rows even without people
    release: Release | None = None  # published numbers only; where there is one, nothing else can be asked
