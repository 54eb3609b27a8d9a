"""Share of people still in touch by day (E4): Kaplan-Meier with log-log limits.

Input is the life table counted in SQL. The product is taken here, because a sum of logarithms breaks
where the curve reaches 0 (statistics.md 13). Sources: Kaplan & Meier 1958; Greenwood 1926; Kalbfleisch &
Prentice 1980 (log-log limits); Brookmeyer & Crowley 1982 (limits of the median).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from dashboard.measures.estimates.arrays import Z_95, Floats, floats

__all__ = ["Curve", "kaplan_meier", "median_stay"]

HALF_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve on whole days since entry; every array has one value per entry of `day`.

    `value` is the share still in touch after the exits of that day, `lower` and `upper` its log-log
    limits (NaN where the curve is 1 or 0), `states` the cumulative share that left for each reason, in
    the order given (value + states = 1; limits of them: `aalen_johansen`), `at_risk` the people under
    observation just before the day's exits.
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
    """Estimate the curve from a life table, with limits at the level of `z`.

    `day` has shape (days,), ascending; `at_risk` shape (days,): people with entry < day ≤ duration, so that
    late entry needs nothing else; `exits` shape (reasons, days): exits on that day by reason; `longest` is
    the longest follow-up in days. Raises ValueError on other shapes, days out of order or more exits than
    people at risk.
    """
    days, risk = floats(day), floats(at_risk)
    by_reason = checked_exits(days, risk, exits)
    total = by_reason.sum(axis=0)
    safe = np.where(risk > 0, risk, 1.0)
    value = np.cumprod(1 - total / safe)
    states = np.cumsum(just_before(value) * by_reason / safe, axis=1)
    lower, upper = log_log_limits(value, greenwood(risk, total), z)
    return Curve(days, risk, total, value, lower, upper, states, longest)


def checked_exits(days: Floats, at_risk: Floats, exits: ArrayLike) -> Floats:
    """Return `exits` as floats of shape (reasons, days); ValueError if they do not fit `days` and `at_risk`."""
    by_reason = floats(exits)
    if by_reason.ndim != 2 or by_reason.shape[1:] != days.shape or at_risk.shape != days.shape:
        raise ValueError("exits must have one row per reason and one column per day")
    if bool((np.diff(days) <= 0).any()):
        raise ValueError("the days of a life table must ascend")
    if bool((by_reason < 0).any() or (by_reason.sum(axis=0) > at_risk).any()):
        raise ValueError("no more people can leave on a day than were at risk, and no fewer than none")
    return by_reason


def greenwood(at_risk: Floats, exits: Floats) -> Floats:
    """Return Σ d/(n(n − d)) up to each day: the variance of ln S, and times S² that of S.

    `at_risk` and `exits` have shape (days,). A day on which everyone left adds nothing: S is 0 from there.
    """
    stay = at_risk - exits
    return np.cumsum(np.where(stay > 0, exits / (at_risk * stay + (stay <= 0)), 0.0))


def log_log_limits(value: Floats, variance: Floats, z: float = Z_95) -> tuple[Floats, Floats]:
    """Return S^exp(±z·sqrt(V)/ln S), in order, for `value` S and `variance` V of ln S.

    NaN where S is 0 or 1, because nothing can be said there.
    """
    inside = (value > 0) & (value < 1)
    share = np.where(inside, value, 0.5)
    width = z * np.sqrt(np.where(inside, variance, 0.0)) / np.log(share)
    lower, upper = share ** np.exp(-width), share ** np.exp(width)
    return np.where(inside, lower, np.nan), np.where(inside, upper, np.nan)


def just_before(value: Floats) -> Floats:
    """Return the curve just before each day: 1, then `value` of the day before."""
    return np.concatenate([np.ones(1), value])[: value.size]


def median_stay(day: Floats, value: Floats) -> float:
    """Return the first `day` with at most half still in touch; NaN if that is not reached.

    `value` is the curve for the median and its lower or upper band for the median's limits, all of shape
    (days,). Where the curve is exactly one half for a while this is the first such day; R reports the
    middle of that time.
    """
    reached = np.flatnonzero(value <= 0.5 + HALF_TOLERANCE)
    return float(day[reached[0]]) if reached.size else float("nan")
