"""Reading a curve that moves in steps (E4, E5): its value on a day between two steps."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from dashboard.measures.estimates.arrays import Floats, floats

__all__ = ["on_days"]


def on_days(day: ArrayLike, value: ArrayLike, wanted: ArrayLike, *, before: float, longest: float) -> Floats:
    """Return the value after the last step on or before each `wanted` day.

    `day` has shape (days,), ascending; `value` shape (…, days); the answer shape (…, wanted). Before the
    first step it is `before` (1 for a share still in touch, 0 for what accumulates, NaN for a limit), and
    NaN on days beyond `longest`, the longest follow-up, because nothing is known there.
    """
    days, ask = floats(day), np.atleast_1d(floats(wanted))
    steps = floats(value)
    index = np.searchsorted(days, ask, side="right")
    start = np.full((*steps.shape[:-1], 1), before)
    found = np.concatenate([start, steps], axis=-1)[..., index]
    return floats(np.where(ask <= longest, found, np.nan))
