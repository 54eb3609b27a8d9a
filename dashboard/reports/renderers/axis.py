"""The axis of a chart over time: from zero to a round number above everything drawn, the same in every format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from math import ceil, isnan

from dashboard.reports.document import Chart

MOST_STEPS = 5
ROUND = (1.0, 2.0, 2.5, 5.0)
HUNDRED_PERCENT = 1.0


@dataclass(frozen=True, slots=True)
class ValueAxis:
    """The end of the axis, and the distance between its lines."""

    top: float
    step: float

    @property
    def ticks(self) -> tuple[float, ...]:
        """The values that are written beside the axis, zero included."""
        return tuple(self.step * i for i in range(round(self.top / self.step) + 1))


def value_axis(chart: Chart) -> ValueAxis:
    """Return the axis with the fewest round steps, at most 5, that holds values, limits and target."""
    highest = max(_largest(chart), chart.target or 0.0)
    smallest = 0.01 if chart.is_percent else 1.0
    step = next(step for step in _round_steps(smallest) if ceil(highest / step - 1e-9) <= MOST_STEPS)
    top = step * max(ceil(highest / step - 1e-9), 1)
    return ValueAxis(min(top, HUNDRED_PERCENT) if chart.is_percent else top, step)


def _round_steps(smallest: float) -> Iterator[float]:
    for power in count():
        yield from (smallest * factor * 10**power for factor in ROUND)


def _largest(chart: Chart) -> float:
    numbers = [n for series in chart.series for n in (*series.values, *series.upper) if not isnan(n)]
    return max(numbers, default=0.0)
