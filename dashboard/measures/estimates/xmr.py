"""Chart of individual values and moving ranges (E6): the usual variation of a monthly series.

Sources: Wheeler, Understanding Variation; Montgomery, Introduction to Statistical Quality Control, 6.4; NHS
England, Making Data Count. Outliers are not screened out of the ranges: on small counts that can remove
every range but 0.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from dashboard.measures.estimates.arrays import floats
from dashboard.measures.estimates.control_chart import Chart, baseline_of, chart_of, mean_range, phases, zero_to_nan

__all__ = ["xmr"]

E2 = 2.66  # 3 / 1.128, as it is printed


def xmr(
    value: ArrayLike,
    *,
    phase: ArrayLike | None = None,
    baseline: int | None = None,
    within: tuple[float, float] = (-np.inf, np.inf),
) -> Chart:
    """Return the chart of one series or many: mean ∓ 2.66 times the mean moving range.

    `value` has shape (…, points), in order of time; NaN is a missing month. `phase` has shape (points,),
    ascending numbers, a new one from each dated change on; each phase has its own mean and ranges.
    `baseline` freezes both at the first so many points of a phase. `within` is what values can be, such as
    (0, 1) for shares; limits are drawn no further out. Raises ValueError for phases that do not fit.
    """
    series = floats(value)
    numbers = phases(phase, series.shape[-1])
    center, sigma, basis = (np.full(series.shape, np.nan) for _ in range(3))
    for number in np.unique(numbers):
        inside = np.broadcast_to(numbers == number, series.shape)
        used = baseline_of(series, inside, baseline)
        count = used.sum(axis=-1, keepdims=True)
        mean = np.where(used, series, 0.0).sum(axis=-1, keepdims=True) / zero_to_nan(count)
        spread = E2 / 3 * mean_range(series, used)
        for target, found in ((center, mean), (sigma, spread), (basis, count)):
            np.copyto(target, found, where=inside)
    return chart_of(series, center, sigma, basis, numbers, within)
