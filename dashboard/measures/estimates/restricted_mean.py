"""Average days in touch within a horizon (E4): the area under the curve, in place of a median.

Sources: Irwin 1949; Karrison 1987; the standard error as in R's `survival` and `survRM2`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from dashboard.measures.estimates.arrays import Z_95
from dashboard.measures.estimates.kaplan_meier import Curve

__all__ = ["RestrictedMean", "restricted_mean"]


class RestrictedMean(NamedTuple):
    """Average `days` in touch within the horizon, their `standard_error` and limits, `lower` and `upper`, in days."""

    days: float
    standard_error: float
    lower: float
    upper: float


def restricted_mean(curve: Curve, horizon: float = 180, z: float = Z_95) -> RestrictedMean:
    """Return the area under `curve` from day 0 to day `horizon`, with limits at the level of `z`.

    SE² = Σ A(u)²·d/(n(n − d)) over the exits of day u ≤ `horizon`, A(u) the area from u to the horizon;
    limits stay within 0 … `horizon`, and are NaN where nobody left or nobody stayed, as the error is then
    not known. All NaN if the horizon lies beyond the longest follow-up, or nobody was observed.
    """
    if not curve.day.size or horizon > curve.longest:
        return RestrictedMean(*[float("nan")] * 4)
    steps = (curve.day >= 0) & (curve.day <= horizon)
    day, value = curve.day[steps], curve.value[steps]
    # Exits on day 0 lower the curve before the area begins; no step falls before that day.
    widths = np.diff(np.concatenate([[0.0], day, [horizon]]))
    areas = widths * np.concatenate([[1.0], value])
    ahead = np.cumsum(areas[::-1])[::-1][1:]
    risk, exits = curve.at_risk[steps], curve.exits[steps]
    stay = risk - exits
    variance = np.where(stay > 0, ahead**2 * exits / (risk * stay + (stay <= 0)), 0.0).sum()
    mean, error = float(areas.sum()), float(np.sqrt(variance))
    if error == 0:
        return RestrictedMean(mean, float("nan"), float("nan"), float("nan"))
    return RestrictedMean(mean, error, max(0.0, mean - z * error), min(float(horizon), mean + z * error))
