"""Charts of rare events (E6): days between events (t-chart) and units between events (g-chart).

Sources: Nelson 1994 (J Quality Technology 26:287), Montgomery 7.3.5 for days between; Benneyan 2001
(Health Care Management Science 4:305), probability limits, for units between.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from dashboard.measures.estimates.arrays import Floats, counts, floats
from dashboard.measures.estimates.control_chart import (
    FEWEST_FOR_LIMITS,
    Chart,
    baseline_of,
    phases,
    zero_to_nan,
)
from dashboard.measures.estimates.xmr import xmr

__all__ = ["g_chart", "t_chart"]

POWER = 3.6  # makes exponential gaps nearly symmetric
SAME_DAY = 0.5  # days between two events of one day


def t_chart(gaps: ArrayLike, *, phase: ArrayLike | None = None, baseline: int | None = None) -> Chart:
    """Return the chart of the days between consecutive events, in days.

    `gaps` has shape (…, events − 1), in order of time; 0 counts as half a day. They are charted as
    gap^(1/3.6) by `xmr`, with `phase` and `baseline` as there, and limits turned back into days; a limit
    below 0 is drawn at 0. A long gap is high. The time since the last event is no gap yet: compare it with
    the upper limit only. Raises ValueError for a negative gap.
    """
    days = counts(gaps)
    days = np.where(days == 0, SAME_DAY, days)
    chart = xmr(days ** (1 / POWER), phase=phase, baseline=baseline, within=(0.0, np.inf))
    lines = (chart.center, chart.lower, chart.upper, chart.near_lower, chart.near_upper)
    center, lower, upper, near_lower, near_upper = (line**POWER for line in lines)
    return Chart(days, center, lower, upper, near_lower, near_upper, chart.basis, chart.phase)


def g_chart(units: ArrayLike, *, phase: ArrayLike | None = None, baseline: int | None = None) -> Chart:
    """Return the chart of the units (people, contacts) between consecutive events.

    `units` has shape (…, events − 1): how many without the event came between two with it, so 0 is next to
    each other. The limits are quantiles of the geometric distribution with the phase's mean, at the tails
    that three and two standard deviations leave of the normal (0.00135 and 0.02275); the center is its
    median. `phase` and `baseline` as for `xmr`. Raises ValueError for a negative number.
    """
    from scipy.special import ndtr  # imported when asked: 0.3 s

    value = counts(units)
    numbers = phases(phase, value.shape[-1])
    mean, basis = np.full(value.shape, np.nan), np.full(value.shape, 0.0)
    for number in np.unique(numbers):
        inside = np.broadcast_to(numbers == number, value.shape)
        used = baseline_of(value, inside, baseline)
        count = used.sum(axis=-1, keepdims=True)
        np.copyto(mean, np.where(used, value, 0.0).sum(axis=-1, keepdims=True) / zero_to_nan(count), where=inside)
        np.copyto(basis, count, where=inside)
    mean = np.where((basis >= FEWEST_FOR_LIMITS) & (mean > 0), mean, np.nan)
    center, lower, upper, near_lower, near_upper = (_quantile(float(ndtr(k)), mean) for k in (0, -3, 3, -2, 2))
    return Chart(value, center, lower, upper, near_lower, near_upper, basis, numbers)


def _quantile(q: float, mean: Floats) -> Floats:
    """Return the smallest g with P(G ≤ g) ≥ q, for a geometric number G of units with that mean."""
    none = np.log(mean / (1 + mean))  # ln of the chance that a unit is without the event
    return floats(np.maximum(0.0, np.ceil(np.log1p(-q) / none - 1e-9) - 1))
