"""Axes of charts over time: from zero to a round number that holds values, limits and target."""

from __future__ import annotations

import re

import pytest

from dashboard.reports.document import Chart, Series, Table
from dashboard.reports.renderers.axis import value_axis
from dashboard.reports.renderers.drawing import on_dark, svg

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


def test_the_number_of_a_long_interval_stands_beside_its_point():
    short, tall = (svg(chart(0.0, 0.0, upper=(limit, 1.0))) for limit in (0.1, 0.9))
    heights = [[float(y) for y in re.findall(r'y="([\d.]+)"[^>]*>0 %<', drawing)] for drawing in (short, tall)]
    point = float(re.findall(r'cy="([\d.]+)"', tall)[0])
    assert heights[0][-2] < point - 10  # above the interval
    assert heights[1][-2] == pytest.approx(point - 5)


def test_every_color_of_a_drawing_can_be_read_on_a_dark_page():
    def light(color):
        parts = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
        linear = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    drawing = on_dark(svg(chart(0.2, 0.4, upper=(0.3, 0.5), target=0.3)))
    words = set(re.findall(r'<text[^>]*fill="(#\w+)"', drawing))
    marks = set(re.findall(r'<circle[^>]*fill="(#\w+)"', drawing))
    ground = light("#0E1117")
    assert words
    assert all((light(color) + 0.05) / (ground + 0.05) >= 4.5 for color in words)
    assert all((light(color) + 0.05) / (ground + 0.05) >= 3 for color in marks)
