"""The four rules that tell a signal from usual variation (E6), as in NHS England's Making Data Count.

Lengths are those of the R package NHSRplotthedots 0.2.2; some printed guides use six for a trend.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from dashboard.measures.estimates.arrays import Flags, Floats, Words, floats
from dashboard.measures.estimates.control_chart import Chart

__all__ = ["Signals", "signals"]

SHIFT, TREND = 7, 7  # consecutive points
NEAR, NEAR_OF = 2, 3  # points beyond the near limit, of so many
ROUNDING = 1e-9  # of the distance of a limit: a point this close to a line lies on it

OUTSIDE, TREND_RULE, TWO_OF_THREE, SHIFT_RULE = "outside", "trend", "2-of-3", "shift"


@dataclass(frozen=True, slots=True)
class Signals:
    """What the rules say of every point; arrays of the shape of the chart.

    `rule` is "outside", "trend", "2-of-3", "shift" or "" (the first that applies, in this order) and
    `side` is 1 for high or rising, −1 for low or falling, 0 without a signal.
    """

    rule: Words
    side: NDArray[np.int8]


def signals(chart: Chart) -> Signals:
    """Apply the four rules to a `chart`, one series or many.

    outside: beyond a limit. shift: 7 consecutive points on one side of the center; one on it breaks the
    run. trend: 7 consecutive points, each strictly higher (or lower) than the last. 2-of-3: of 3 consecutive
    points on one side, 2 beyond the near limit and not outside; only those are flagged. Runs end at a gap
    and at the start of a phase. No signals without limits. Limits on trial (`chart.trial`) are judged too;
    it is for the page to say so.
    """
    value, center = chart.value, chart.center
    slack = ROUNDING * (chart.near_upper - chart.near_lower)
    limited = ~np.isnan(slack) & ~np.isnan(value)
    gap = np.where(limited, value - center, 0.0)
    near = np.where(limited, slack, 0.0)
    side = np.where(gap > near, 1, np.where(gap < -near, -1, 0)).astype(np.int8)
    outside = limited & ((value > chart.upper + slack) | (value < chart.lower - slack))
    close = limited & ~outside & ((value > chart.near_upper + slack) | (value < chart.near_lower - slack))
    rising, falling = _trends(chart, limited)
    found = {
        OUTSIDE: (outside, side),
        TREND_RULE: (rising | falling, np.where(rising, 1, -1).astype(np.int8)),
        TWO_OF_THREE: (_two_of_three(chart, side, close), side),
        SHIFT_RULE: (_shifts(chart, side), side),
    }
    rule = np.select([flag for flag, _ in found.values()], list(found), default="")
    towards = np.select([flag for flag, _ in found.values()], [way for _, way in found.values()], default=0)
    return Signals(rule, towards.astype(np.int8))


def _shifts(chart: Chart, side: NDArray[np.int8]) -> Flags:
    runs = np.abs(_windows(side, SHIFT).sum(axis=-1)) == SHIFT
    return _covered(runs & _one_phase(chart, SHIFT), side.shape, SHIFT)


def _trends(chart: Chart, limited: Flags) -> tuple[Flags, Flags]:
    """Flag the points of rising and of falling runs; a gap compares as neither."""
    steps = np.sign(np.diff(np.where(limited, chart.value, np.nan), axis=-1))
    moves = _windows(np.nan_to_num(steps), TREND - 1).sum(axis=-1)
    whole = _one_phase(chart, TREND)
    rising, falling = ((moves == way * (TREND - 1)) & whole for way in (1, -1))
    return _covered(rising, limited.shape, TREND), _covered(falling, limited.shape, TREND)


def _two_of_three(chart: Chart, side: NDArray[np.int8], close: Flags) -> Flags:
    one_side = np.abs(_windows(side, NEAR_OF).sum(axis=-1)) == NEAR_OF
    enough = _windows(close, NEAR_OF).sum(axis=-1) >= NEAR
    return close & _covered(one_side & enough & _one_phase(chart, NEAR_OF), side.shape, NEAR_OF)


def _windows(values: ArrayLike, size: int) -> Floats:
    """Return every run of `size` consecutive points on a new last axis; none if the series is shorter."""
    numbers = floats(values)
    if numbers.shape[-1] < size:
        return np.empty((*numbers.shape[:-1], 0, size))
    return sliding_window_view(numbers, size, axis=-1)


def _one_phase(chart: Chart, size: int) -> Flags:
    windows = _windows(chart.phase, size)
    return np.equal(windows[..., 0], windows[..., -1])


def _covered(windows: Flags, shape: tuple[int, ...], size: int) -> Flags:
    """Flag every point that lies in a flagged run of `size` points."""
    flags = np.zeros(shape, dtype=bool)
    for offset in range(size if windows.shape[-1] else 0):
        flags[..., offset : offset + windows.shape[-1]] |= windows
    return flags
