"""Exact limits of a percentage (E2, E3): for pairs that changed, and for the ratio of two rates."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from dashboard.measures.estimates.arrays import Z_95, Floats, floats

__all__ = ["clopper_pearson"]


def clopper_pearson(x: ArrayLike, n: ArrayLike, z: float = Z_95) -> tuple[Floats, Floats]:
    """Return lower and upper limit of `x` of `n`, fractions of the input's shape (Clopper & Pearson 1934).

    Quantiles of the beta distribution at the tail beyond `z` (0.025 for 1.96); exactly 0 below x = 0 and
    exactly 1 above x = n; NaN where n is 0. Raises ValueError if x is not within 0 … n.
    """
    from scipy.special import betaincinv, ndtr  # imported when asked: 0.3 s

    count, total = np.broadcast_arrays(floats(x), floats(n))
    if bool(((count < 0) | (count > total)).any()):
        raise ValueError("a numerator must lie between 0 and its denominator")
    tail, rest = ndtr(-z), total - count
    known = np.where(total > 0, 0.0, np.nan)
    lower = np.where(count > 0, betaincinv(np.maximum(count, 1), rest + 1, tail), 0.0)
    # The upper tail through the mirrored beta: 1 − tail would round.
    upper = np.where(rest > 0, 1 - betaincinv(np.maximum(rest, 1), count + 1, tail), 1.0)
    return lower + known, upper + known
