"""Share of people still in touch by day: Kaplan-Meier, and Aalen-Johansen for the reasons of leaving.

Input is the life table counted in SQL. The product is taken here, because a sum of logarithms breaks
where the curve reaches 0 (statistics.md 13). Sources: Kaplan & Meier 1958; Greenwood 1926; Aalen &
Johansen 1978.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from dashboard.measures.estimates.arrays import Z_95, Floats, floats

HALF_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve on whole days since entry; every array has one value per entry of `day`.

    `value` is the share still in touch after the exits of that day, `lower` and `upper` its log-log
    limits (NaN where the curve is 1 or 0), `states` the cumulative share that left for each reason, in
    the order given (value + states = 1), `at_risk` the people under observation just before the day's exits.
    """

    day: Floats
    at_risk: Floats
    exits: Floats
    value: Floats
    lower: Floats
    upper: Floats
    states: Floats  # shape (reasons, days)
    longest: float  # longest follow-up in days; nothing is known beyond it


def kaplan_meier(day: ArrayLike, at_risk: ArrayLike, exits: ArrayLike, *, longest: float, z: float = Z_95) -> Curve:
    """Estimate the curve from a life table.

    `day` has shape (days,), ascending; `at_risk` shape (days,): people with entry < day ≤ duration;
    `exits` shape (reasons, days): exits on that day by reason. Raises ValueError on other shapes.
    """
    days, risk = np.asarray(day, dtype=float), np.asarray(at_risk, dtype=float)
    by_reason = np.asarray(exits, dtype=float)
    if by_reason.ndim != 2 or by_reason.shape[1] != days.size or risk.shape != days.shape:
        raise ValueError("exits must have one row per reason and one column per day")
    total = by_reason.sum(axis=0)
    safe = np.where(risk > 0, risk, 1.0)
    value = np.cumprod(1 - total / safe)
    before = np.concatenate([[1.0], value[:-1]])
    states = np.cumsum(before * by_reason / safe, axis=1)
    lower, upper = log_log_limits(value, _greenwood(total, safe), z)
    return Curve(days, risk, total, value, lower, upper, states, longest)


def log_log_limits(value: Floats, variance: Floats, z: float = Z_95) -> tuple[Floats, Floats]:
    """S^exp(±z·sqrt(V)/ln S), in order; NaN where S is 0 or 1, because nothing can be said there."""
    inside = (value > 0) & (value < 1)
    log = np.log(np.where(inside, value, 0.5))
    width = z * np.sqrt(np.where(inside, variance, 0.0)) / log
    first, second = (
        np.where(inside, value, 0.5) ** np.exp(width),
        np.where(inside, value, 0.5) ** np.exp(-width),
    )
    return (
        np.where(inside, np.minimum(first, second), np.nan),
        np.where(inside, np.maximum(first, second), np.nan),
    )


def at(curve: Curve, day: float) -> int | None:
    """Return the index of the last step on or before `day`.

    None if the curve says nothing there: before the first step every share is still 1, and beyond the
    longest follow-up nothing is known; `value_at` tells the two apart.
    """
    index = int(np.searchsorted(curve.day, day, side="right")) - 1
    return index if index >= 0 and day <= curve.longest else None


def value_at(curve: Curve, day: float) -> tuple[float, float, float]:
    """Return share and limits on `day`; NaN beyond the longest follow-up, 1 before the first step."""
    if day > curve.longest:
        return float("nan"), float("nan"), float("nan")
    index = at(curve, day)
    if index is None:
        return 1.0, float("nan"), float("nan")
    return float(curve.value[index]), float(curve.lower[index]), float(curve.upper[index])


def median_stay(day: Floats, value: Floats) -> float:
    """Return the first day with at most half still in touch; NaN if that is not reached."""
    reached = np.flatnonzero(value <= 0.5 + HALF_TOLERANCE)
    return float(day[reached[0]]) if reached.size else float("nan")


def _greenwood(exits: Floats, at_risk: Floats) -> Floats:
    left = at_risk - exits
    return np.cumsum(np.where(left > 0, exits / (at_risk * np.where(left > 0, left, 1.0)), 0.0))
