"""Limits of a rate: exact below 10 events, Byar from 10, widened where one person has several events.

Sources: Garwood 1936 (exact); Breslow & Day 1987 (Byar); Dobson 1991 and PHEindicatormethods (widening).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dashboard.measures.estimates.wilson import Z_95

Floats = NDArray[np.float64]
EXACT_BELOW = 10
ALPHA_95 = 0.05


def exact(events: ArrayLike, alpha: float = ALPHA_95) -> tuple[Floats, Floats]:
    """Garwood's limits of a Poisson count: gammaincinv(O, α/2) and gammaincinv(O + 1, 1 − α/2)."""
    from scipy.special import gammaincinv  # imported when asked: 0.3 s

    count = np.asarray(events, dtype=float)
    lower = np.where(count == 0, 0.0, gammaincinv(np.where(count == 0, 1.0, count), alpha / 2))
    return lower, np.asarray(gammaincinv(count + 1, 1 - alpha / 2), dtype=float)


def byar(events: ArrayLike, z: float = Z_95) -> tuple[Floats, Floats]:
    """Byar's limits of a Poisson count, within 0.2 % of the exact ones from 10 events on."""
    count = np.asarray(events, dtype=float)
    size = np.where(count > 0, count, 1.0)
    lower = np.where(count > 0, size * (1 - 1 / (9 * size) - z / (3 * np.sqrt(size))) ** 3, 0.0)
    more = count + 1
    return lower, more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3


def count_limits(events: ArrayLike, widening: ArrayLike = 1.0) -> tuple[Floats, Floats]:
    """Limits of a count of events, moved away from it by the factor `widening` (k ≥ 1), floored at 0."""
    count = np.asarray(events, dtype=float)
    few_lower, few_upper = exact(count)
    many_lower, many_upper = byar(count)
    lower = np.where(count < EXACT_BELOW, few_lower, many_lower)
    upper = np.where(count < EXACT_BELOW, few_upper, many_upper)
    k = np.asarray(widening, dtype=float)
    return np.maximum(0.0, count + k * (lower - count)), count + k * (upper - count)


def repeat_widening(events: ArrayLike, sum_of_squares: ArrayLike) -> Floats:
    """K = sqrt(Σcᵢ² / Σcᵢ) from the events cᵢ of each person; 1 where nobody has two, or nobody has any."""
    count, squares = np.asarray(events, dtype=float), np.asarray(sum_of_squares, dtype=float)
    return np.asarray(np.sqrt(np.where(count > 0, squares, 1.0) / np.where(count > 0, count, 1.0)))


def rate(
    events: ArrayLike, person_months: ArrayLike, *, per: float = 100.0, widening: ArrayLike = 1.0
) -> tuple[Floats, Floats, Floats]:
    """Return rate, lower and upper limit per `per` person-months; NaN where there is no active time."""
    count = np.asarray(events, dtype=float)
    time = np.asarray(person_months, dtype=float)
    scale = per / np.where(time > 0, time, np.nan)
    lower, upper = count_limits(count, widening)
    return count * scale, lower * scale, upper * scale
