"""Is the difference between two values larger than chance? Limits for a difference or a ratio."""

from __future__ import annotations

import numpy as np

from dashboard.measures.estimates.poisson import ALPHA_95
from dashboard.measures.estimates.wilson import wilson

Limits = tuple[float, float]


def newcombe(x1: float, n1: float, x2: float, n2: float) -> Limits:
    """Limits of p1 − p2 by squaring and adding Wilson's limits (Newcombe 1998); NaN if an n is 0."""
    share, lower, upper = wilson([x1, x2], [n1, n2])
    difference = share[0] - share[1]
    below = difference - np.hypot(share[0] - lower[0], upper[1] - share[1])
    above = difference + np.hypot(upper[0] - share[0], share[1] - lower[1])
    return float(below), float(above)


def rate_ratio(a: float, time_a: float, b: float, time_b: float, alpha: float = ALPHA_95) -> Limits:
    """Exact conditional limits of the ratio of two rates, a / time_a over b / time_b.

    Given a + b events, a is binomial; its Clopper-Pearson limits p become p/(1 − p) · time_b/time_a
    (statistics.md 3). The limits are 0 and infinity where nothing is known. NaN without active time.
    """
    from scipy.special import betaincinv  # imported when asked: 0.3 s

    if time_a <= 0 or time_b <= 0:
        return float("nan"), float("nan")
    lower = float(betaincinv(a, b + 1, alpha / 2)) if a > 0 else 0.0
    upper = float(betaincinv(a + 1, b, 1 - alpha / 2)) if b > 0 else 1.0
    scale = time_b / time_a
    return scale * _odds(lower), scale * _odds(upper)


def excludes(limits: Limits, no_difference: float) -> bool:
    """Say whether the limits leave out the value that means "no difference" (False if they are NaN)."""
    return limits[0] > no_difference or limits[1] < no_difference


def overlap(first: Limits, second: Limits) -> bool:
    """Say whether two intervals share a point; intervals that cannot be computed always do."""
    return not (first[1] < second[0] or second[1] < first[0])


def _odds(p: float) -> float:
    return p / (1 - p) if p < 1 else float("inf")
