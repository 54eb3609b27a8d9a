"""Bars, dots, curves and maps: drawn on data, labeled in words, readable without color."""

from __future__ import annotations

import pandas as pd
import pytest
from chart_results import curve_result, result

from dashboard.charts import (
    bars,
    bars_in_order,
    county_map,
    curve,
    dot_interval,
    dumbbell,
    gap_dots,
    heat,
    in_ink,
    lasting_parts,
    shares,
    state_stack,
    steps,
    subset,
)

SQUARE = [[[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]]]


def test_bars_start_at_zero_with_the_longest_on_top_and_its_number_beside_the_name():
    figure = bars(result("wins_by_domain", [(0, "work", 4, 0), (0, "home", 9, 0)], by=("domain",)))
    assert list(figure.data[0].x) == [4.0, 9.0]  # plotly draws upward
    assert figure.layout.yaxis.ticktext[-1] == "Home  <b>9</b>"
    assert figure.layout.xaxis.range[0] == 0


def test_bars_show_last_year_as_hollow_dots_of_the_same_rows():
    now = result("wins_by_domain", [(0, "work", 4, 0)], by=("domain",))
    before = result("wins_by_domain", [(0, "work", 6, 0), (0, "home", 2, 0)], by=("domain",))
    dots = bars(now, before=before).data[1]
    assert (dots.marker.color, dots.marker.line.color) == ("#FFFFFF", "#767676")
    assert (list(dots.x), list(dots.y)) == ([6.0], ["Work"])


def test_weekdays_go_down_from_monday_with_their_n_of_n():
    rows = [(0, "sunday", 1, 4), (0, "monday", 1, 2), (0, "unknown", 0, 0), (0, "friday", 3, 4)]
    figure = bars_in_order(result("missed_sessions", rows, by=("weekday",)))
    assert list(figure.data[0].y) == ["Sunday", "Friday", "Monday"]  # plotly draws upward
    assert figure.layout.yaxis.ticktext[-1] == "Monday  <b>50 %</b>  1 of 2"


def test_steps_write_n_of_n_and_survive_nobody():
    figure = steps([("First contact", 40, 40), ("Second", 10, 40), ("Engaged", 0, 0)])
    assert figure.data[0].text[1] == "<b>25 %</b>  10 of 40"
    assert figure.data[0].text[0] == "–"


def test_shares_have_intervals_and_n_of_n():
    figure = shares([("Reached", result("reached_after_overdose", [(0, 3, 4)]))])
    assert figure.data[0].x == (75.0,)
    assert figure.data[0].error_x.array[0] == pytest.approx(10)
    assert figure.layout.yaxis.ticktext == ("Reached<br><b>75 %</b>  3 of 4",)


def test_lasting_parts_add_up_to_all_and_hatch_what_is_not_known():
    frame = pd.DataFrame([{"domain": "Work", "lasted": 1, "ended": 1, "not_followed_up": 2}])
    figure = lasting_parts(frame)
    assert sum(trace.x[0] for trace in figure.data) == 100
    assert figure.data[2].marker.pattern.shape == "/"
    assert figure.data[2].text == ("<b>2</b>",)


def test_curve_is_a_step_line_from_everyone():
    figure = curve(curve_result([(10, 100, 0.9, 0, 0.1, 0, 0), (40, 80, 0.5, 0.2, 0.3, 0, 0)]))
    assert list(figure.data[0].x) == [0, 10, 10, 40, 40]
    assert list(figure.data[0].y) == pytest.approx([100, 100, 90, 90, 50])


def test_curve_shows_exits_on_the_first_day():
    figure = curve(curve_result([(0, 100, 0.8, 0, 0.2, 0, 0), (30, 50, 0.5, 0, 0.5, 0, 0)]))
    assert figure.data[0].y[0] == 80


def test_curve_stops_where_fewer_than_ten_remain():
    figure = curve(curve_result([(10, 100, 0.9, 0, 0.1, 0, 0), (40, 9, 0.5, 0, 0.5, 0, 0)]))
    assert max(figure.data[0].x) == 10


def test_state_stack_adds_up_to_one_hundred_everywhere():
    figure = state_stack(curve_result([(10, 90, 0.7, 0.1, 0.1, 0.05, 0.05), (40, 80, 0.5, 0.2, 0.2, 0.05, 0.05)]))
    parts = [trace for trace in figure.data if trace.stackgroup]
    assert len({tuple(trace.x) for trace in parts}) == 1
    assert [sum(trace.y[i] for trace in parts) for i in range(5)] == pytest.approx([100] * 5)
    assert [trace.name for trace in parts] == ["in contact", "completed", "left", "died or other"]


def test_gap_dots_fill_the_rule_in_use_and_leave_out_what_is_not_known():
    figure = gap_dots([(30, 0.2), (60, float("nan")), (90, 0.4)], 90)
    assert list(figure.data[0].marker.symbol) == ["circle-open", "circle"]
    assert list(figure.data[0].x) == [20.0, 40.0]


def test_dot_interval_goes_by_name_with_the_program_as_a_line():
    rows = [(0, "23029", 30, 60), (0, "23009", 30, 40), (0, "unknown", 1, 2)]
    figure = dot_interval(result("second_contact", rows, by=("county",)), mean=0.6)
    assert list(figure.data[0].y) == ["Not recorded", "Washington", "Hancock"]  # plotly draws upward
    assert figure.layout.shapes[0].x0 == 60
    assert figure.layout.annotations[0].text == "program 60 %"


def test_dumbbell_joins_offered_and_connected():
    figure = dumbbell(pd.DataFrame([{"domain": "Housing", "offered": 5, "connected": 2}]))
    line, connected, offered = figure.data
    assert list(line.x)[:2] == [2, 5]
    assert (connected.marker.symbol, offered.marker.symbol) == ("circle", "circle-open")


def test_heat_prints_the_percent_in_each_cell():
    figure = heat(["2026 Q1"], ["30 days", "60 days"], [[55.4, float("nan")]], "too early")
    assert [list(row) for row in figure.data[0].text] == [["55 %", "too early"]]


def test_map_has_classes_with_zero_apart_and_a_number_on_each_county():
    shapes = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "id": code, "properties": {}, "geometry": {"type": "Polygon", "coordinates": SQUARE}}
            for code in ("23009", "23029", "23027", "99999")
        ],
    }
    rows = [(0, "23009", 90, 0), (0, "23029", 3, 0), (0, "23027", 0, 0), (0, "unknown", 5, 0)]
    served = result("people_served", rows, by=("county",))
    figure = county_map(served, subset(shapes, {"23009", "23029", "23027"}))
    classes = {trace.name: list(trace.locations) for trace in figure.data if trace.type == "choropleth"}
    assert classes == {"0": ["23027"], "1–25": ["23029"], "76–100": ["23009"]}
    assert list(figure.data[-1].text) == ["90", "3", "0"]
    assert figure.layout.geo.visible is False  # no base map is asked for from another machine
    assert len(figure.data[0].geojson["features"]) == 3


def test_ink_follows_the_ground_and_an_unknown_ground_changes_nothing():
    drawn = bars(result("wins_by_domain", [(0, "work", 4, 0)], by=("domain",)))
    assert in_ink(drawn, None).layout.font.color is None
    assert in_ink(drawn, "dark").layout.yaxis.tickfont.color == "#EDF1F5"
