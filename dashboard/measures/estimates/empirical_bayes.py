"""Smoothed county rates for a map (E7): each is drawn toward the program's average, the more the less it rests on.

Source: Marshall 1991 (Applied Statistics 40:283), global estimator, as in R's spdep::EBest.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from dashboard.measures.estimates.arrays import Z_95, Floats, counts

__all__ = ["Smoothed", "smoothed_rates"]

FEWEST_COUNTIES = 8  # with active time; fewer say too little about how counties differ


@dataclass(frozen=True, slots=True)
class Smoothed:
    """Smoothed rates with limits, per the asked number of person-months; arrays of shape (counties,).

    `mean` is the program's rate and `between` the variance of the true rates between counties, in the same
    unit squared. `weight` is the weight of a county's own data, 0 … 1.
    """

    mean: float
    between: float
    weight: Floats
    value: Floats
    lower: Floats
    upper: Floats


def smoothed_rates(events: ArrayLike, person_months: ArrayLike, *, per: float = 100.0, z: float = Z_95) -> Smoothed:
    """Return m + w·(r − m) for the rates r of counties, w = a/(a + m/T), per `per` person-months.

    `events` and `person_months` have shape (counties,). m = ΣO/ΣT; a, the variance between counties, is
    ΣT(r − m)²/ΣT − m/mean(T), at least 0. Limits at the level of `z` are quantiles of the gamma distribution
    with shape m²/a + O and rate m/a + T. Where a is 0 nothing tells the counties apart: each has the average
    and no limits. NaN without active time, and for all if fewer than eight counties have some. Raises
    ValueError for negative counts.
    """
    from scipy.special import gammainccinv, gammaincinv, ndtr  # imported when asked: 0.3 s

    observed, time = counts(events), counts(person_months)
    seen = time > 0
    if seen.sum() < FEWEST_COUNTIES:
        unknown = np.full(time.shape, np.nan)
        return Smoothed(float("nan"), float("nan"), unknown, unknown, unknown, unknown)
    mean, between = _moments(observed[seen], time[seen])
    exposure = np.where(seen, time, np.nan)
    own = between + mean / exposure
    weight = between / np.where(own > 0, own, np.nan) if between > 0 else np.where(seen, 0.0, np.nan)
    value = mean + weight * (observed / exposure - mean)
    if between == 0:
        none = np.full(time.shape, np.nan)
        return Smoothed(per * mean, 0.0, weight, per * value, none, none)
    shape, rate = mean**2 / between + observed, mean / between + exposure
    lower, upper = gammaincinv(shape, ndtr(-z)) / rate, gammainccinv(shape, ndtr(-z)) / rate
    return Smoothed(per * mean, per**2 * between, weight, per * value, per * lower, per * upper)


def _moments(observed: Floats, time: Floats) -> tuple[float, float]:
    mean = observed.sum() / time.sum()
    spread = (time * (observed / time - mean) ** 2).sum() / time.sum()
    return float(mean), float(max(0.0, spread - mean / time.mean()))
