"""Against the same period one year before: differences that chance does not explain."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from types import SimpleNamespace

import numpy as np
import pandas as pd

from dashboard.measures.definition import CURVES
from dashboard.measures.estimates.compare import excludes, newcombe, overlap, rate_ratio
from dashboard.measures.result import Result, Row

FEWEST = 20  # counts compare only if both reach it (pages.md H2)


@dataclass(frozen=True, slots=True)
class Change:
    """Two rows of one result a year apart; `supported` if the difference is larger than chance."""

    now: Row
    before: Row
    supported: bool

    @property
    def up(self) -> bool:
        """Whether the value is higher than a year before."""
        return bool(self.now.value > self.before.value)


def newest(result: Result) -> Row | None:
    """Return the row of the newest complete period with a value, for a result that is not split.

    A period asked for with the one a year before it alone is never replaced by that one: there is then none.
    """
    if result.query.by or result.measure.kind in {*CURVES, "days_between"}:
        return None
    frame = result.frame
    end, known = frame["period_end"].to_numpy(), frame["value"].notna().to_numpy()
    rows = np.flatnonzero(known & (np.array(frame["completeness"].tolist(), dtype=object) == "complete"))
    if not rows.size:
        return None
    place = int(rows[np.argmax(end[rows])])
    only_to_compare = end[place] < end.max() and _is_a_year_and_the_one_before(result)
    return None if only_to_compare else _row(frame, place)


def _is_a_year_and_the_one_before(result: Result) -> bool:
    periods = sorted(result.query.periods)
    return len(periods) == 2 and periods[0].is_year_before(periods[1])


def year_on_year(result: Result) -> Change | None:
    """Compare the newest complete period with the same one a year before, if the result holds both.

    None if there is nothing to compare: no such period, no value, fewer than 20 of what is counted, or a
    measure counted in rows, which has no interval.
    """
    now = newest(result)
    if now is None:
        return None
    periods = {period.label: period for period in result.query.periods}
    labels = result.frame["period"].tolist()
    earlier = (n for n, label in enumerate(labels) if periods[label].is_year_before(periods[now.period]))
    place = next(earlier, None)
    before = None if place is None else _row(result.frame, place)
    if before is None or isnan(before.value):
        return None
    return _compared(result, now, before)


def _row(frame: pd.DataFrame, place: int) -> Row:
    """Return one row by its place; `itertuples` would make a class and objects of all rows, for every sentence."""
    return SimpleNamespace(**dict(zip(frame.columns, frame.iloc[place], strict=True)))


def _compared(result: Result, now: Row, before: Row) -> Change | None:
    match result.measure.kind:
        case "people" | "events":
            if min(now.numerator, before.numerator) < FEWEST:
                return None
            limits = rate_ratio(now.numerator, _days(now), before.numerator, _days(before))
            return Change(now, before, excludes(limits, 1))
        case "share_of_people" if result.measure.interval == "wilson":
            limits = newcombe(now.numerator, now.denominator, before.numerator, before.denominator)
            return Change(now, before, excludes(limits, 0))
        case "rate":
            return Change(now, before, _rates_differ(now, before))
        case _:
            return None


def _rates_differ(now: Row, before: Row) -> bool:
    """With repeat events the widened intervals must not overlap; otherwise the exact test decides."""
    if max(now.widening, before.widening) > 1:
        return not overlap((now.lower, now.upper), (before.lower, before.upper))
    return excludes(rate_ratio(now.numerator, now.denominator, before.numerator, before.denominator), 1)


def _days(row: Row) -> float:
    return float((row.period_end - row.period_start).days + 1)
