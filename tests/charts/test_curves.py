"""Curves by days since the first contact: what is drawn, what is not, and who is followed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from chart_results import NAN, curve_result, events_result

from dashboard.charts import curve, gap_chart, state_stack
from dashboard.measures.trends import trend_of
from dashboard.measures.values import CURVE_MIN_AT_RISK


def line(figure):
    return list(figure.data[0].x), list(figure.data[0].y)


def strip(figure):
    """Numbers below the curve, by day."""
    rows = [trace for trace in figure.data if trace.mode == "text"]
    return [dict(zip(row.x, row.text, strict=True)) for row in rows]


def test_a_curve_ends_gray_below_ten_followed_and_is_not_drawn_below_five():
    rows = [
        (10, 40, 0.9, 0, 0.1, 0, 0),
        (40, 9, 0.5, 0, 0.5, 0, 0),
        (60, 5, 0.4, 0, 0.6, 0, 0),
        (80, 4, 0.1, 0, 0.9, 0, 0),
    ]
    figure = curve(curve_result(rows))
    assert max(figure.data[0].x) == 10
    gray = figure.data[1]
    assert gray.line.color == "#767676"
    assert (list(gray.x), list(gray.y)) == ([10, 40, 40, 60, 60], [90, 90, 50, 50, 40])


def test_below_twenty_people_nothing_is_drawn():
    figure = curve(curve_result([(10, 19, 0.9, 0, 0.1, 0, 0)]))
    assert line(figure) == ([], [])
    assert not [trace for trace in figure.data if trace.fill]


def test_there_is_no_band_where_everyone_or_nobody_is_left():
    """At 0 and at 100 % nothing can be said about limits."""
    result = curve_result([(5, 50, 1.0, 0, 0, 0, 0), (10, 40, 0.9, 0, 0.1, 0, 0), (40, 36, 0.0, 0, 1, 0, 0)])
    frame = result.frame.assign(lower=[NAN, 0.8, NAN], upper=[NAN, 0.95, NAN])
    bands = [trace for trace in curve(replace(result, frame=frame)).data if trace.line.width == 0]
    assert [list(band.x) for band in bands] == [[10], [10]]


def test_people_followed_stand_below_the_curve():
    figure = curve(curve_result([(10, 100, 0.9, 0, 0.1, 0, 0), (95, 60, 0.5, 0, 0.5, 0, 0)]))
    assert strip(figure) == [{0: "100", 30: "60", 90: "60"}]


def test_nobody_followed_below_ten_is_named():
    figure = curve(curve_result([(10, 100, 0.9, 0, 0.1, 0, 0), (95, CURVE_MIN_AT_RISK - 1, 0.5, 0, 0.5, 0, 0)]))
    assert strip(figure) == [{0: "100"}]


def test_a_first_event_rises_from_nobody_beside_the_share_who_left():
    rows = [(0, 50, 0.0, 0, 0.1, 0, 0), (20, 40, 0.2, 0, 0.3, 0, 0)]
    figure = curve(curve_result(rows, "time_to_first_return"))
    assert line(figure) == ([0, 20, 20], [0, 0, 20])
    left = next(trace for trace in figure.data if trace.line.dash == "dash")
    assert list(left.y) == [10, 10, 30]
    assert "left before one" in [label.text for label in figure.layout.annotations]


def test_events_per_person_are_read_by_month_above_the_share_who_left():
    rows = [(0, 50, 0.0, 0, 0.1, 0, 0), (40, 45, 0.5, 0, 0.2, 0, 0), (400, 30, 1.5, 0, 0.4, 0, 0)]
    figure = curve(curve_result(rows, "wins_per_person"))
    assert line(figure)[1][-1] == 1.5
    marks = next(trace for trace in figure.data if trace.mode == "markers+text")
    assert (list(marks.x), list(marks.text)) == ([91, 183, 365], ["<b>0.50</b>"] * 3)
    assert strip(figure) == [
        {0: "50", 91: "30", 183: "30", 365: "30"},
        {0: "10 %", 91: "20 %", 183: "20 %", 365: "20 %"},
    ]
    assert list(figure.layout.xaxis.ticktext) == ["0", "month 3", "month 6", "month 12"]


def test_the_stack_of_states_has_the_people_followed_below():
    figure = state_stack(curve_result([(10, 90, 0.7, 0.1, 0.1, 0.05, 0.05), (40, 80, 0.5, 0.2, 0.2, 0.05, 0.05)]))
    assert strip(figure) == [{0: "90", 30: "80"}]


def test_days_between_events_end_with_a_hollow_open_gap():
    trend = trend_of(events_result("days_between_overdoses", [20, 30, 40, 20, 30, 40, 25], 300))
    figure = gap_chart(trend)
    assert list(figure.data[0].y) == [20, 30, 40, 20, 30, 40, 25]
    hollow = figure.data[-1]
    assert (hollow.marker.symbol, hollow.y[-1], hollow.x[-1]) == ("circle-open", 300, 8)
    assert {trace.line.dash for trace in figure.data[1:4]} == {"dash"}  # on trial: under 12 gaps


def test_without_a_gap_only_the_open_one_is_drawn():
    figure = gap_chart(trend_of(events_result("days_between_overdoses", [], 12)))
    assert list(figure.data[0].y) == []
    assert list(figure.data[-1].y) == [12]


@pytest.mark.parametrize("name", ["days_between_overdoses", "days_between_returns"])
def test_only_overdoses_have_a_better_side(name):
    """A long time without an overdose is an improvement; returns to use that people tell of are not judged."""
    trend = trend_of(events_result(name, [10, 12, 9, 11, 10, 12, 9, 11, 10, 12, 9, 300], 5))
    longest = gap_chart(trend).data[0].marker.color[-1]
    assert longest == ("#0072B2" if name == "days_between_overdoses" else "#CC79A7")
