"""Axes of charts over time: from zero to a round number that holds values, limits and target."""

from __future__ import annotations

import pytest

from dashboard.reports.document import Chart, Series, Table
from dashboard.reports.renderers.axis import value_axis

NONE = float("nan")


def chart(*values: float, upper: tuple[float, ...] = (), percent: bool = True, target: float | None = None) -> Chart:
    table = Table("t", "T", "", ("Period", "Share"), ())
    series = Series("Share", values, values if upper else (), upper)
    return Chart("line", table, tuple("abc"[: len(values)]), (series,), percent, "", target)


@pytest.mark.parametrize(
    ("drawn", "ticks"),
    [
        (chart(0.35, 0.71, upper=(0.5, 0.81)), (0, 0.2, 0.4, 0.6, 0.8, 1.0)),
        (chart(0.17, 0.28, upper=(0.24, 0.36)), (0, 0.1, 0.2, 0.3, 0.4)),
        (chart(0.2, target=0.8), (0, 0.2, 0.4, 0.6, 0.8)),
        (chart(1.0), (0, 0.2, 0.4, 0.6, 0.8, 1.0)),
        (chart(0.0, NONE), (0, 0.01)),
        (chart(7, 12, percent=False), (0, 2.5, 5, 7.5, 10, 12.5)),
        (chart(0, NONE, percent=False), (0, 1)),
        (chart(374, percent=False), (0, 100, 200, 300, 400)),
    ],
)
def test_an_axis_ends_at_a_round_number(drawn, ticks):
    assert value_axis(drawn).ticks == pytest.approx(ticks)
