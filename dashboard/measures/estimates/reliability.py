"""Which values are too uncertain to be read as more than a count (E2, E3)? A flag of noise, not of disclosure.

Sources: National Center for Health Statistics, presentation standards for rates (CDC stacks 123462) and for
proportions (Vital and Health Statistics 2/175, 2017). Of the latter the rule on relative width is not used:
it would flag nearly every small share.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from dashboard.measures.estimates.arrays import Flags, floats

__all__ = ["rate_is_reliable", "share_is_reliable"]

FEWEST_EVENTS, WIDEST_RATE = 10, 1.6
FEWEST_PEOPLE, WIDEST_SHARE = 30, 0.30


def rate_is_reliable(
    events: ArrayLike, value: ArrayLike, lower: ArrayLike, upper: ArrayLike, fewest: float = FEWEST_EVENTS
) -> Flags:
    """Say which rates rest on `fewest` events or more and on limits no wider than 160 % of the rate.

    `events`, `value`, `lower` and `upper` are of one shape, the last three in one unit; so is the answer.
    Without a value or limits a rate is not reliable.
    """
    rate = floats(value)
    width = (floats(upper) - floats(lower)) / np.where(rate > 0, rate, np.nan)
    return (floats(events) >= fewest) & (width <= WIDEST_RATE)


def share_is_reliable(n: ArrayLike, lower: ArrayLike, upper: ArrayLike) -> Flags:
    """Say which shares rest on 30 or more (`n`) and on limits less than 30 points wide.

    `lower` and `upper` are fractions of the shape of `n`; NaN where a measure has no limits, which then do
    not matter.
    """
    width = floats(upper) - floats(lower)
    return (floats(n) >= FEWEST_PEOPLE) & ~(width >= WIDEST_SHARE)
