"""Is the difference between two values larger than chance? Limits for a difference or a ratio (E2, E3)."""

from __future__ import annotations

import numpy as np

from dashboard.measures.estimates.arrays import Z_95, Limits
from dashboard.measures.estimates.clopper_pearson import clopper_pearson
from dashboard.measures.estimates.wilson import wilson

__all__ = ["excludes", "newcombe", "overlap", "rate_ratio"]


def newcombe(x1: float, n1: float, x2: float, n2: float, z: float = Z_95) -> Limits:
    """Return the limits of `x1`/`n1` − `x2`/`n2`, a difference of fractions; NaN if an n is 0.

    Squares and adds Wilson's limits at the level of `z` (Newcombe 1998, Stat Med 17:873, method 10).
    """
    share, lower, upper = wilson([x1, x2], [n1, n2], z)
    difference = share[0] - share[1]
    below = difference - np.hypot(share[0] - lower[0], upper[1] - share[1])
    above = difference + np.hypot(upper[0] - share[0], share[1] - lower[1])
    return float(below), float(above)


def rate_ratio(a: float, time_a: float, b: float, time_b: float, z: float = Z_95) -> Limits:
    """Return the exact conditional limits of the ratio of two rates, `a`/`time_a` over `b`/`time_b`.

    Given a + b events, a is binomial; its Clopper-Pearson limits p at the level of `z` become
    p/(1 − p) · time_b/time_a (Przyborowski & Wilenski 1940). The limits are 0 and infinity where nothing is
    known, and NaN without active time.
    """
    if time_a <= 0 or time_b <= 0:
        return float("nan"), float("nan")
    if a + b == 0:
        return 0.0, float("inf")
    lower, upper = clopper_pearson(a, a + b, z)
    scale = time_b / time_a
    return scale * _odds(float(lower)), scale * _odds(float(upper))


def excludes(limits: Limits, no_difference: float) -> bool:
    """Say whether the `limits` leave out the value that means `no_difference` (False if they are NaN)."""
    return limits[0] > no_difference or limits[1] < no_difference


def overlap(first: Limits, second: Limits) -> bool:
    """Say whether the intervals `first` and `second` share a point; one that cannot be computed always does."""
    return not (first[1] < second[0] or second[1] < first[0])


def _odds(p: float) -> float:
    return p / (1 - p) if p < 1 else float("inf")
