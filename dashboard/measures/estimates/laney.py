"""Charts of shares and rates whose denominators vary (E6): Laney's P′ and U′, and the plain P and U charts.

Sources: Laney 2002 (Quality Engineering 14:531); Montgomery, Introduction to Statistical Quality Control,
7.2 and 7.3. Plain P and U charts take every difference in spread for a signal once denominators are
large; they are here as the textbook's check of P′ and U′.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from dashboard.measures.estimates.arrays import Floats, counts, floats
from dashboard.measures.estimates.control_chart import (
    D2,
    Chart,
    baseline_of,
    chart_of,
    mean_range,
    phases,
    zero_to_nan,
)

__all__ = ["p_chart", "p_prime", "u_chart", "u_prime"]


def p_prime(x: ArrayLike, n: ArrayLike, *, phase: ArrayLike | None = None, baseline: int | None = None) -> Chart:
    """Return the P′ chart of the shares `x`/`n`: limits at 3·σ_z·sqrt(p(1 − p)/nₜ) around p = Σx/Σn.

    `x` and `n` have shape (…, points); n = 0 is a missing month. σ_z is the mean |zₜ − zₜ₋₁|/1.128 of the
    standardized values. `phase` and `baseline` as for `xmr`. Raises ValueError for negative counts.
    """
    return _attributes(x, n, _binomial, phase, baseline, within=(0.0, 1.0), laney=True)


def u_prime(
    events: ArrayLike,
    exposure: ArrayLike,
    *,
    per: float = 1.0,
    phase: ArrayLike | None = None,
    baseline: int | None = None,
) -> Chart:
    """Return the U′ chart of `events` per `per` units of `exposure`: limits at 3·σ_z·sqrt(u/nₜ) around the mean.

    Shapes, `phase` and `baseline` as for `p_prime`; an exposure of 0 is a missing month.
    """
    return _attributes(events, floats(exposure) / per, _poisson, phase, baseline, within=(0.0, np.inf), laney=True)


def p_chart(x: ArrayLike, n: ArrayLike, *, phase: ArrayLike | None = None, baseline: int | None = None) -> Chart:
    """Return the plain P chart of `x`/`n`, with σ_z = 1; shapes, `phase` and `baseline` as for `p_prime`."""
    return _attributes(x, n, _binomial, phase, baseline, within=(0.0, 1.0), laney=False)


def u_chart(
    events: ArrayLike,
    exposure: ArrayLike,
    *,
    per: float = 1.0,
    phase: ArrayLike | None = None,
    baseline: int | None = None,
) -> Chart:
    """Return the plain U chart of `events` per `per` units of `exposure`, with σ_z = 1.

    Shapes, `phase` and `baseline` as for `u_prime`.
    """
    return _attributes(events, floats(exposure) / per, _poisson, phase, baseline, within=(0.0, np.inf), laney=False)


def _binomial(share: Floats) -> Floats:
    return share * (1 - share)


def _poisson(rate: Floats) -> Floats:
    return rate


def _attributes(
    numerator: ArrayLike,
    denominator: ArrayLike,
    variance: Callable[[Floats], Floats],
    phase: ArrayLike | None,
    baseline: int | None,
    *,
    within: tuple[float, float],
    laney: bool,
) -> Chart:
    number_of, size = np.broadcast_arrays(counts(numerator), counts(denominator))
    value = number_of / zero_to_nan(size)
    numbers = phases(phase, value.shape[-1])
    center, sigma, basis = (np.full(value.shape, np.nan) for _ in range(3))
    for number in np.unique(numbers):
        inside = np.broadcast_to(numbers == number, value.shape)
        used = baseline_of(value, inside, baseline)
        total = np.where(used, size, 0.0).sum(axis=-1, keepdims=True)
        mean = np.where(used, number_of, 0.0).sum(axis=-1, keepdims=True) / zero_to_nan(total)
        own = np.sqrt(variance(mean) / zero_to_nan(size))
        spread = own * mean_range((value - mean) / zero_to_nan(own), used) / D2 if laney else own
        for target, found in ((center, mean), (sigma, spread), (basis, used.sum(axis=-1, keepdims=True))):
            np.copyto(target, found, where=inside)
    return chart_of(value, center, sigma, basis, numbers, within)
