"""Funnel plots (E7): whether a county differs from the program by more than its size explains.

The picture is drawn from the very functions that judge the points, so that it never contradicts a label.
Sources: Spiegelhalter 2005 (Stat Med 24:1185); OHID/PHE technical guidance. 95 % is an alert and 99.8 % an
outlier; of thirty counties one or two are alerts by chance alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dashboard.measures.estimates.arrays import Z_95, Z_998, Flags, Floats, Words, counts, floats
from dashboard.measures.estimates.poisson import count_limits

__all__ = ["Position", "RateCurve", "rate_curves", "rate_positions", "share_limits", "share_positions"]

ALERT, OUTLIER = "alert", "outlier"
EVERY_COUNT_TO, FURTHER_POINTS = 1000, 200  # points of a curve: every count, then ever fewer


@dataclass(frozen=True, slots=True)
class Position:
    """Where each county lies; arrays of shape (counties,).

    `label` is "outlier" (beyond 99.8 %), "alert" (beyond 95 %) or ""; `side` is 1 above the average, −1
    below, 0 without a label. `mean` is the average of all, a fraction or events per person-month.
    """

    mean: float
    label: Words
    side: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class RateCurve:
    """One edge of a funnel for rates: `rate` per person-month at each `person_months`, shape (points,)."""

    person_months: Floats
    rate: Floats


def rate_positions(events: ArrayLike, person_months: ArrayLike, widening: float = 1.0) -> Position:
    """Judge the rates of counties: the average lies outside the limits of the county's own count.

    `events` and `person_months` have shape (counties,); the average is ΣO/ΣT. `widening` is k of the whole
    program (`repeat_widening`). A county without active time is not judged. Raises ValueError for negative
    counts.
    """
    observed, time = counts(events), counts(person_months)
    mean = _ratio(observed[time > 0].sum(), time.sum())
    expected = np.where(time > 0, mean * time, np.nan)
    return _position(mean, observed - expected, *(_outside(observed, expected, widening, z) for z in (Z_998, Z_95)))


def rate_curves(mean: float, largest: float, widening: float = 1.0, z: float = Z_95) -> tuple[RateCurve, RateCurve]:
    """Return the lower and the upper edge of the funnel around `mean` events per person-month.

    A count E lies on the lower edge at the exposure at which its upper limit is the expected number, and on
    the upper edge where its lower limit is: U(E)/mean and L(E)/mean person-months. Edges reach a little past
    `largest` person-months. Empty where the average is 0 or not known; `widening` and `z` as in the judgment.
    """
    if not mean > 0 or not largest > 0:
        nothing = RateCurve(np.empty(0), np.empty(0))
        return nothing, nothing
    expected = mean * largest
    most = expected + 2 * widening * z * np.sqrt(expected + 1) + 4 * widening * z**2
    further = np.round(np.geomspace(EVERY_COUNT_TO, max(most, EVERY_COUNT_TO), FURTHER_POINTS))
    observed = np.unique(np.concatenate([np.arange(min(most, EVERY_COUNT_TO) + 1), further]))
    lower, upper = count_limits(observed, widening, z)
    return _edge(observed, upper / mean, largest), _edge(observed[lower > 0], lower[lower > 0] / mean, largest)


def share_positions(x: ArrayLike, n: ArrayLike) -> Position:
    """Judge the shares `x`/`n` of counties, of shape (counties,), by `share_limits` around Σx/Σn.

    A county with n = 0 is not judged. Raises ValueError for negative counts.
    """
    number, size = counts(x), counts(n)
    mean = _ratio(number.sum(), size.sum())
    share = number / np.where(size > 0, size, np.nan)
    far, near = (_beyond(share, share_limits(mean, size, z)) for z in (Z_998, Z_95))
    return _position(mean, share - mean, far, near)


def share_limits(mean: float, n: ArrayLike, z: float = Z_95) -> tuple[Floats, Floats]:
    """Return mean ∓ z·sqrt(mean(1 − mean)/n), within 0 … 1: the shares whose Wilson limit is the average.

    `mean` is the average share, `n` the number of people, of any shape; NaN where it is 0. At the level of `z`.
    """
    size = floats(n)
    distance = z * np.sqrt(mean * (1 - mean) / np.where(size > 0, size, np.nan))
    return np.maximum(0.0, mean - distance), np.minimum(1.0, mean + distance)


def _outside(observed: Floats, expected: Floats, widening: float, z: float) -> Flags:
    lower, upper = count_limits(observed, widening, z)
    return (expected < lower) | (expected > upper)


def _beyond(share: Floats, limits: tuple[Floats, Floats]) -> Flags:
    return (share < limits[0]) | (share > limits[1])


def _position(mean: float, distance: Floats, far: Flags, near: Flags) -> Position:
    label = np.select([far, near], [OUTLIER, ALERT], default="")
    side = np.where(far | near, np.sign(distance), 0).astype(np.int8)
    return Position(mean, label, side)


def _edge(observed: Floats, person_months: Floats, largest: float) -> RateCurve:
    """Cut the edge after its first point past the largest exposure."""
    end = int(np.searchsorted(person_months, largest)) + 1
    return RateCurve(person_months[:end], observed[:end] / person_months[:end])


def _ratio(number: float, size: float) -> float:
    return float(number / size) if size > 0 else float("nan")
