"""Limits of a rate (E3): exact below 10 events, Byar from 10, widened where one person has several events.

Sources: Garwood 1936 (exact); Breslow & Day 1987 (Byar); Dobson 1991 and PHEindicatormethods (widening).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from dashboard.measures.estimates.arrays import Z_95, Floats, counts, floats

__all__ = ["byar", "count_limits", "exact", "rate", "repeat_widening"]

EXACT_BELOW = 10


def exact(events: ArrayLike, z: float = Z_95) -> tuple[Floats, Floats]:
    """Return Garwood's limits of a Poisson count, in events: gammaincinv(O, q) and gammaincinv(O + 1, 1 − q).

    q is the tail beyond `z`; `events` has any shape. Raises ValueError for a negative count.
    """
    from scipy.special import gammainccinv, gammaincinv, ndtr  # imported when asked: 0.3 s

    count, tail = counts(events), ndtr(-z)
    lower = np.where(count == 0, 0.0, gammaincinv(np.where(count == 0, 1.0, count), tail))
    return lower, floats(gammainccinv(count + 1, tail))


def byar(events: ArrayLike, z: float = Z_95) -> tuple[Floats, Floats]:
    """Return Byar's limits of a Poisson count, in events; within 0.2 % of the exact ones at 95 % from 10 on.

    O(1 − 1/(9O) − z/(3√O))³ and the same with O + 1 and a plus sign, for `events` of any shape, at the
    level of `z`. Raises ValueError for a negative count.
    """
    count = counts(events)
    size = np.where(count > 0, count, 1.0)
    lower = np.where(count > 0, size * np.maximum(0.0, 1 - 1 / (9 * size) - z / (3 * np.sqrt(size))) ** 3, 0.0)
    more = count + 1
    return lower, more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3


def count_limits(events: ArrayLike, widening: ArrayLike = 1.0, z: float = Z_95) -> tuple[Floats, Floats]:
    """Return the limits of a count of `events`, moved away from it by `widening` (k ≥ 1), floored at 0.

    Exact below 10 events, Byar from 10; in events, of the shape of the input, at the level of `z`.
    """
    count = counts(events)
    few_lower, few_upper = exact(count, z)
    many_lower, many_upper = byar(count, z)
    lower = np.where(count < EXACT_BELOW, few_lower, many_lower)
    upper = np.where(count < EXACT_BELOW, few_upper, many_upper)
    k = floats(widening)
    return np.maximum(0.0, count + k * (lower - count)), count + k * (upper - count)


def repeat_widening(events: ArrayLike, sum_of_squares: ArrayLike) -> Floats:
    """Return k = sqrt(Σcᵢ² / Σcᵢ) from the events cᵢ of each person: Σcᵢ is `events`, Σcᵢ² `sum_of_squares`.

    1 where nobody has two, or nobody has any. Of the shape of the input.
    """
    count, squares = counts(events), counts(sum_of_squares)
    return floats(np.sqrt(np.where(count > 0, squares, 1.0) / np.where(count > 0, count, 1.0)))


def rate(
    events: ArrayLike,
    person_months: ArrayLike,
    *,
    per: float = 100.0,
    widening: ArrayLike = 1.0,
    z: float = Z_95,
) -> tuple[Floats, Floats, Floats]:
    """Return rate, lower and upper limit of `events` per `per` `person_months`, of the shape of the input.

    The limits are those of the count (`count_limits`, with `widening` at the level of `z`); NaN where there
    is no active time.
    """
    count, time = counts(events), floats(person_months)
    scale = per / np.where(time > 0, time, np.nan)
    lower, upper = count_limits(count, widening, z)
    return count * scale, lower * scale, upper * scale
