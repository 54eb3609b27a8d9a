"""Limits of a percentage (E2): Wilson 1927, the method of the OHID/PHE technical guidance."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from dashboard.measures.estimates.arrays import Z_95, Floats, floats

__all__ = ["wilson"]


def wilson(x: ArrayLike, n: ArrayLike, z: float = Z_95) -> tuple[Floats, Floats, Floats]:
    """Return share, lower and upper limit of `x` people out of `n`, each a fraction of the input's shape.

    (2x + z² ∓ z·sqrt(z² + 4x(1 − x/n))) / (2(n + z²)), with `z` = 1.96 for 95 %. NaN where n is 0; exactly
    0 below x = 0 and exactly 1 above x = n. Raises ValueError if x is not within 0 … n.
    """
    count, total = np.broadcast_arrays(floats(x), floats(n))
    if bool(((count < 0) | (count > total)).any()):
        raise ValueError("a numerator must lie between 0 and its denominator")
    size = np.where(total > 0, total, np.nan)
    share = count / size
    spread = z * np.sqrt(z**2 + 4 * count * (1 - share))
    below = np.where(count == 0, 0 * size, (2 * count + z**2 - spread) / (2 * (size + z**2)))
    above = np.where(count == total, 0 * size + 1, (2 * count + z**2 + spread) / (2 * (size + z**2)))
    return share, below, above
