"""Which periods are still filling: complete by the calendar, but with too many of their records still to come.

One definition for every page, chart, card, sentence, report and file: `evaluate` asks it for the `completeness` of each
period, and everything else reads that column. How late records come is estimated from the records themselves: a
session from its day to the day it was typed in, a milestone from its day to the day the program learned of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

import numpy as np

from dashboard.measures.definition import CURVES, Measure
from dashboard.measures.estimates.arrays import Floats
from dashboard.measures.estimates.reporting_delay import arrived_by
from dashboard.measures.periods import Completeness, Period
from dashboard.store import Store, tables_read

Record = Literal["session", "milestone"]
FULL = 0.95  # of a period's records expected to be in, from which it is no longer filling
LONGEST = 180  # days; what comes later still is no longer waited for
LOOKED_BACK = 365  # days before the end of the data whose records show how late they come
FEWEST, SHORTEST = 100, 90  # records with both days, and days of data, from which the delay can be estimated
STILL_FILLING = "still_filling_"  # before the kind of record, in what a publication says about itself
DATED = 0.5  # share of the records that must say when they were recorded

# Tables a measure counts records from; people, plans, assessments and the ledger come with the load itself.
COUNTED_FROM: Mapping[Record, frozenset[str]] = {
    "session": frozenset(
        {
            "active_span",
            "cohort",
            "contact",
            "contact_day",
            "contact_depth",
            "episode",
            "first_contact",
            "linkage_offer",
            "own_episode",
            "person_day",
            "session",
        }
    ),
    "milestone": frozenset({"event", "milestone"}),
}
_DAYS: Mapping[Record, tuple[str, str]] = {
    "session": ("session_date", "entered_on"),
    "milestone": ("event_date", "reported_date"),
}
_DELAYS = """
SELECT
  least(date_diff('day', r.{day}, $as_of), $longest) AS age,
  date_diff('day', r.{day}, r.{known}) AS delay,
  count(*) AS records
FROM {record} AS r
WHERE r.date_precision = 'day' AND r.{day} <= $as_of AND r.{day} > $as_of - $looked_back
  AND (r.{known} IS NULL OR r.{known} <= $as_of)
GROUP BY ALL
"""


@dataclass(frozen=True, slots=True, eq=False)
class Arrival:
    """How the records of one kind arrive: `share[d]` of them within d days, shape (LONGEST + 1,).

    Empty where it cannot be measured; `reason` then says why, in words. Equal to itself alone, so that what rests on
    it can be kept: `arrival` returns one for each version and kind.
    """

    share: Floats
    reason: str = ""

    @property
    def measured(self) -> bool:
        """Whether the delay is known at all."""
        return bool(self.share.size)

    def within(self, share: float) -> int:
        """Return the days until `share` of the records are in."""
        return int(np.argmax(self.share >= share))

    def expected(self, period: Period, as_of: date) -> float:
        """Return the share of the records of a period, spread evenly over its days, that is in by `as_of`."""
        first, last = (as_of - period.end).days, (as_of - period.start).days
        return float(self.share[np.minimum(np.arange(first, last + 1), LONGEST)].mean())

    def full_after(self, days: int) -> int:
        """Return how many days after its end a period of so many `days` has FULL of its records."""
        spread = np.concatenate((self.share, np.ones(days)))
        mean = np.convolve(spread, np.ones(days) / days, mode="valid")
        return int(np.argmax(mean >= FULL - 1e-9))


@lru_cache(maxsize=16)
def arrival(store: Store, version: str, record: Record) -> Arrival:
    """Estimate how late records of one kind arrive in data version `version`, the one in use.

    From records of the last LOOKED_BACK days that were known by the end of the data; not measured with fewer than
    FEWEST of them, with data of fewer than SHORTEST days, or where under half of them say when they were recorded.
    """
    day, known = _DAYS[record]
    values = {"as_of": store.as_of, "longest": LONGEST, "looked_back": LOOKED_BACK}
    found = store.columns(_DELAYS.format(record=record, day=day, known=known), values)
    age, delay, records = (np.asarray(found[name], dtype=float) for name in ("age", "delay", "records"))
    dated = ~np.isnan(delay)
    waited = dated & (delay >= 0) & (delay <= LONGEST)
    if reason := _unmeasured(float(records[dated].sum()), float(records.sum()), age[waited].max(initial=0)):
        return Arrival(np.empty(0), reason)
    both = (np.bincount(of[waited].astype(int), records[waited], LONGEST + 1) for of in (delay, age))
    return Arrival(arrived_by(*both))


def _unmeasured(dated: float, records: float, oldest: float) -> str:
    """Say why the delay cannot be estimated; empty if it can."""
    if records == 0:
        return "there are none of the last twelve months of the data"
    if dated < DATED * records:
        return "most of them do not say when they were recorded"
    if dated < FEWEST or oldest < SHORTEST:
        return f"fewer than {FEWEST} of the last twelve months say when they were recorded, or the data are too short"
    return ""


def late_shares(store: Store, period: Period) -> dict[Record, float]:
    """Return what share is expected to be in of each kind of record a period that is over still waits for."""
    if period.end > store.as_of:
        return {}
    known: dict[Record, Arrival] = {record: arrival(store, store.version, record) for record in COUNTED_FROM}
    shares = {record: found.expected(period, store.as_of) for record, found in known.items() if found.measured}
    return {record: share for record, share in shares.items() if share < FULL}


def late_periods(store: Store, periods: Iterable[Period]) -> dict[str, str]:
    """Return what a publication says of late records: record to the periods, as first/last day, still filling.

    Those who look at published numbers have no records to estimate it from; `published_completeness` reads it.
    """
    late = {_span(period): late_shares(store, period) for period in periods}
    named = {
        f"{STILL_FILLING}{record}": " ".join(sorted(span for span, shares in late.items() if record in shares))
        for record in COUNTED_FROM
    }
    return {name: spans for name, spans in named.items() if spans}


def published_completeness(
    asked: Measure, period: Period, as_of: date, gap_days: int, about: Mapping[str, str]
) -> Completeness:
    """Judge a period of published numbers as `filling` judged it where they were counted."""
    found = period.completeness(as_of, gap_days if rests_on_active_time(asked) else 0)
    kinds = (about.get(f"{STILL_FILLING}{record}", "").split() for record in counted_from(asked.sql))
    return "filling" if found == "complete" and any(_span(period) in spans for spans in kinds) else found


def _span(period: Period) -> str:
    return f"{period.start}/{period.end}"


@dataclass(frozen=True, slots=True)
class Filling:
    """Judges whether periods of one measure are complete: by the calendar, its active time, and late records."""

    as_of: date
    gap_days: int  # 0 where the measure does not rest on active time
    arrivals: tuple[Arrival, ...]

    def completeness(self, period: Period) -> Completeness:
        """Judge one period; "filling" if it is over and too many of its records, or its active days, may change."""
        found = period.completeness(self.as_of, self.gap_days)
        if found != "complete":
            return found
        late = any(known.expected(period, self.as_of) < FULL for known in self.arrivals)
        return "filling" if late else "complete"


def filling(store: Store, asked: Measure, gap_days: int) -> Filling:
    """Return what judges the periods of a measure in the version in use.

    Only rates and curves rest on active time, whose last `gap_days` still change (measures.md 1).
    """
    kinds = (arrival(store, store.version, record) for record in counted_from(asked.sql))
    gap = gap_days if rests_on_active_time(asked) else 0
    return Filling(store.as_of, gap, tuple(known for known in kinds if known.measured))


def rests_on_active_time(asked: Measure) -> bool:
    """Say whether the last days of a measure still change because nobody knows yet who has left."""
    return asked.kind == "rate" or asked.kind in CURVES


@lru_cache(maxsize=256)
def counted_from(sql: str) -> tuple[Record, ...]:
    """Return the kinds of records the body of a measure counts from."""
    read = tables_read(sql)
    return tuple(record for record, tables in COUNTED_FROM.items() if read & tables)
