"""Share of people who left for each reason, by day (E4): Aalen-Johansen with its variance.

Completing, leaving and dying compete; treating one as the end of observation of another would overstate
it. Sources: Aalen & Johansen 1978; variance of Dinse & Larson 1986, which for a single reason is that of
Greenwood.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from dashboard.measures.estimates.arrays import Z_95, Floats, floats
from dashboard.measures.estimates.kaplan_meier import checked_exits, greenwood, just_before, log_log_limits

__all__ = ["Incidence", "aalen_johansen"]

ROUNDING = 1e-12  # a sum this close to 1 is 1: everyone left for one reason


@dataclass(frozen=True, slots=True)
class Incidence:
    """Cumulative share by reason, in the order given; arrays of shape (reasons, days).

    `variance` is that of `value`; `lower` and `upper` are the log-log limits of the share without the
    event, turned round, so that with one reason they are those of the Kaplan-Meier curve. NaN where the
    share is 0 or 1.
    """

    day: Floats  # shape (days,)
    at_risk: Floats  # shape (days,)
    value: Floats
    variance: Floats
    lower: Floats
    upper: Floats


def aalen_johansen(day: ArrayLike, at_risk: ArrayLike, exits: ArrayLike, z: float = Z_95) -> Incidence:
    """Estimate F_k(t) = Σ S(u−)·d_ku/n_u from a life table, with limits at the level of `z`.

    `day` and `at_risk` have shape (days,) and `exits` shape (reasons, days), as for `kaplan_meier`; late
    entry is in `at_risk`. Raises ValueError if they do not fit each other.
    """
    days, risk = floats(day), floats(at_risk)
    by_reason = checked_exits(days, risk, exits)
    safe = np.where(risk > 0, risk, 1.0)
    total = by_reason.sum(axis=0)
    before = just_before(np.cumprod(1 - total / safe))
    value = np.cumsum(before * by_reason / safe, axis=1)
    value = np.where(value > 1 - ROUNDING, 1.0, value)
    variance = _variance(before, by_reason / safe, safe, np.concatenate([[0.0], greenwood(risk, total)])[: days.size])
    free = 1 - value
    shrunk = variance / np.where(free > 0, free, 1.0) ** 2
    lower, upper = log_log_limits(free, shrunk, z)
    return Incidence(days, risk, value, variance, 1 - upper, 1 - lower)


def _variance(before: Floats, hazard: Floats, at_risk: Floats, ahead: Floats) -> Floats:
    """Sum the variance day by day.

    A day with hazard h moves the share by S(u−)·h. Its variance is that of S(u−) times h², that of h times
    S(u−)², and twice the covariance of F and S so far times h; that covariance, divided by S, is itself a sum.
    """
    joint = np.cumsum(before * hazard * (ahead - 1 / at_risk), axis=1)
    joint_before = np.concatenate([np.zeros((hazard.shape[0], 1)), joint], axis=1)[:, : before.size]
    spread = before**2 * (hazard**2 * ahead + hazard * (1 - hazard) / at_risk)
    return floats(np.maximum(0.0, np.cumsum(spread + 2 * hazard * before * joint_before, axis=1)))
