"""What the estimators share: the type of their arrays and the two levels at which the dashboard asks."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]
Words: TypeAlias = NDArray[np.str_]
Limits: TypeAlias = tuple[float, float]

Z_95 = 1.959963984540054  # two-sided 95 %
Z_998 = 3.090232306167813  # two-sided 99.8 %


def floats(values: ArrayLike) -> Floats:
    """Return the values as an array of floats of the same shape."""
    return np.asarray(values, dtype=float)


def counts(values: ArrayLike) -> Floats:
    """Return counts as floats. Raises ValueError if one is negative."""
    array = floats(values)
    if bool((array < 0).any()):
        raise ValueError("a count cannot be negative")
    return array
