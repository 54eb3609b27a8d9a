"""What every control chart has (E6): a center, limits and how many points they rest on, in phases."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dashboard.measures.estimates.arrays import Flags, Floats, floats

__all__ = ["Chart"]

FEWEST_FOR_LIMITS = 6  # below it the chart is a line only
FEWEST_FOR_SIGNALS = 12  # below it limits are on trial
D2 = 1.128  # mean range of two normal values, in standard deviations


@dataclass(frozen=True, slots=True)
class Chart:
    """A control chart of one series or many; arrays of shape (…, points).

    `value` has NaN where a point is missing (a gap in the line). `center`, `lower`, `upper` and the near
    limits at two thirds of the distance are NaN where a phase has too few points or does not vary at all.
    `basis` is the number of points the limits rest on and `phase` the number of the phase, shape (points,).
    """

    value: Floats
    center: Floats
    lower: Floats
    upper: Floats
    near_lower: Floats
    near_upper: Floats
    basis: Floats
    phase: NDArray[np.intp]

    @property
    def trial(self) -> Flags:
        """Whether the limits rest on fewer than 12 points, so that they are only on trial."""
        return self.basis < FEWEST_FOR_SIGNALS


def phases(phase: ArrayLike | None, points: int) -> NDArray[np.intp]:
    """Return the phase number of every point; one phase if none is given. ValueError if they go back."""
    numbers = np.zeros(points, dtype=np.intp) if phase is None else np.asarray(phase, dtype=np.intp)
    if numbers.shape != (points,) or bool((np.diff(numbers) < 0).any()):
        raise ValueError("phases must be one ascending number per point")
    return numbers


def baseline_of(value: Floats, inside: Flags, baseline: int | None) -> Flags:
    """Mark the points that limits rest on: those of the phase, or its first `baseline` ones, without gaps."""
    known = inside & ~np.isnan(value)
    return known if baseline is None else known & (np.cumsum(known, axis=-1) <= baseline)


def mean_range(value: Floats, used: Flags) -> Floats:
    """Return the mean of |yₜ − yₜ₋₁| over neighbors that are both `used`, shape (…, 1); NaN without any.

    A gap or the start of a phase has no range, as its two sides are not consecutive months.
    """
    pairs = used[..., 1:] & used[..., :-1]
    filled = np.where(used, value, 0.0)
    total = np.where(pairs, np.abs(np.diff(filled, axis=-1)), 0.0).sum(axis=-1, keepdims=True)
    return floats(total / zero_to_nan(pairs.sum(axis=-1, keepdims=True)))


def zero_to_nan(values: ArrayLike) -> Floats:
    """Return the values with NaN in place of 0, for divisions that have no answer there."""
    array = floats(values)
    return np.where(array == 0, np.nan, array)


def chart_of(
    value: Floats, center: Floats, sigma: Floats, basis: Floats, phase: NDArray[np.intp], within: tuple[float, float]
) -> Chart:
    """Put limits at three `sigma` and near limits at two around the center, kept `within` what can be.

    No limits where `sigma` is 0 or unknown, or where they would rest on fewer than six points.
    """
    enough = basis >= FEWEST_FOR_LIMITS
    middle = np.where(enough, center, np.nan)
    distance = np.where(enough, zero_to_nan(sigma), np.nan)
    lower, upper, near_lower, near_upper = (np.clip(middle + k * distance, *within) for k in (-3, 3, -2, 2))
    return Chart(value, middle, lower, upper, near_lower, near_upper, basis, phase)
