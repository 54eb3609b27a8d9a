"""Control charts: limits thin and where they belong, signals by shape and color, unfinished months hollow."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from chart_results import months, result

from dashboard.charts import control_chart
from dashboard.charts.labels import column, spread
from dashboard.measures.plans import Annotation, Target
from dashboard.measures.trends import trend_of

STEADY = [40, 44, 41, 43, 39, 42] * 3
BLUE, VERMILLION, PURPLE, GRAY = "#0072B2", "#D55E00", "#CC79A7", "#767676"
LAST = date(2026, 9, 30)


def trend(values, name="people_served", of=100, changes=(), as_of=LAST):
    sizes = of if isinstance(of, list) else [of] * len(values)
    rows = [(n, *counts) for n, counts in enumerate(zip(values, sizes, strict=True))]
    return trend_of(result(name, rows, as_of=as_of, periods=months(len(values))), changes)


def lines(figure, name):
    return [trace for trace in figure.data if trace.name == name]


def labels(figure):
    return [note.text for note in figure.layout.annotations]


def test_mean_and_limits_are_thin_lines_labeled_at_the_right_end():
    chart = trend(STEADY)
    figure = control_chart(chart)
    (mean,), (limits,) = lines(figure, "mean"), lines(figure, "limits")
    assert mean.y[0] == pytest.approx(41.5)
    assert {y for y in limits.y if y is not None} == {chart.chart.upper[0], chart.chart.lower[0]}
    assert max(mean.line.width, limits.line.width) < 2
    assert {mean.line.dash, limits.line.dash} == {"solid"}
    assert labels(figure) == ["limit 33", "mean 42", "<b>42</b>", "limit 50"]
    assert {note.xref for note in figure.layout.annotations} == {"paper"}


@pytest.mark.parametrize(
    ("name", "last", "color"),
    [
        ("people_served", 90, BLUE),
        ("people_served", 5, VERMILLION),
        ("missed_sessions", 90, VERMILLION),
        ("missed_sessions", 5, BLUE),
        ("in_touch", 90, PURPLE),
    ],
)
def test_a_signal_is_a_larger_diamond_in_the_color_of_its_meaning(name, last, color):
    marker = control_chart(trend([*STEADY, last], name)).data[0].marker
    assert (marker.symbol[-1], marker.color[-1], marker.size[-1]) == ("diamond", color, 11)
    assert (trend(STEADY, name).rule[-1], control_chart(trend(STEADY, name)).data[0].marker.symbol[-1]) == (
        "",
        "circle",
    )
    assert control_chart(trend(STEADY, name)).data[0].marker.color[-1] == GRAY


def test_a_signal_says_in_words_what_it_shows():
    assert "above usual variation (improvement)" in control_chart(trend([*STEADY, 90])).data[0].hovertext[-1]


def test_an_unfinished_month_is_hollow_on_a_dashed_line_and_has_no_limits():
    figure = control_chart(trend([*STEADY, 300], as_of=date(2026, 9, 15)))
    points, tail = figure.data[:2]
    assert len(points.x) == 18
    assert (list(tail.y), tail.marker.symbol[-1], tail.line.dash) == ([42.0, 300.0], "circle-open", "dot")
    assert max(lines(figure, "mean")[0].x) < tail.x[-1]
    assert lines(figure, "mean")[0].y[0] == pytest.approx(41.5)
    assert "<b>42</b> Aug" in labels(figure)  # the value at the right end is not that of the hollow point


def test_limits_of_under_twelve_months_are_dashed_and_under_six_there_are_none():
    on_trial = control_chart(trend(STEADY[:11]))
    assert [line.line.dash for line in (*lines(on_trial, "mean"), *lines(on_trial, "limits"))] == ["4px,3px"] * 2
    line_only = control_chart(trend(STEADY[:5]))
    assert not lines(line_only, "mean")
    assert line_only.data[0].line.color == BLUE
    assert labels(line_only) == ["<b>39</b>"]


def test_a_share_without_limits_keeps_the_intervals_of_its_values():
    figure = control_chart(trend(STEADY[:5], "second_contact"))
    assert [trace.fill for trace in figure.data if trace.fill] == ["toself"]
    assert not [trace.fill for trace in control_chart(trend(STEADY, "second_contact")).data if trace.fill]


def test_each_phase_has_its_own_lines_with_a_break_between_them():
    raised = [*STEADY[:12], *[60, 64, 61, 63, 59, 62] * 2]
    mean = lines(control_chart(trend(raised, changes=[date(2025, 10, 1)])), "mean")[0]
    assert mean.y == tuple([41.5] * 12 + [None] + [61.5] * 12 + [None])


def test_limits_of_varying_denominators_follow_them_and_stay_within_0_and_100_percent():
    of = [100, 20] * 9
    figure = control_chart(trend([40, 9, 30, 12, 45, 3] * 3, "second_contact", of))
    drawn = [y for y in lines(figure, "limits")[0].y if y is not None]
    assert len(set(np.round(drawn, 6))) > 2
    assert (min(drawn), max(drawn) <= 100) == (0, True)
    assert figure.layout.yaxis.range[0] == 0


def test_a_target_is_a_line_over_its_time_with_its_own_label():
    target = Target("second_contact", date(2026, 1, 1), date(2027, 6, 30), 0.6)
    figure = control_chart(trend(STEADY, "second_contact"), target=target)
    (line,) = lines(figure, "target")
    assert [f"{day:%Y-%m}" for day in line.x] == ["2026-01", "2026-09"]
    assert list(line.y) == [60.0, 60.0]
    assert "target 60 %" in labels(figure)


def note(day, text):
    return Annotation(date.fromisoformat(day), "event", text)


def test_notes_stand_above_the_chart_with_a_line_at_their_day():
    notes = [note("2025-12-05", "Ice storm"), note("2020-01-01", "Long before")]
    figure = control_chart(trend(STEADY), notes=notes)
    text = figure.layout.annotations[-1]
    assert (text.text, text.yref, text.y, text.yanchor) == ("Ice storm", "paper", 1, "bottom")
    assert [f"{line.x0:%Y-%m-%d}" for line in figure.layout.shapes] == ["2025-12-05"]
    assert figure.layout.margin.t > control_chart(trend(STEADY)).layout.margin.t
    assert "Long before" not in labels(figure)


def test_a_long_note_takes_lines_that_fit_a_telephone_and_notes_stand_over_each_other():
    notes = [note("2026-06-01", "Welcome call within three days of the meeting"), note("2026-08-01", "Open houses")]
    first, second = control_chart(trend(STEADY), notes=notes).layout.annotations[-2:]
    assert max(map(len, first.text.split("<br>"))) <= 26
    assert (first.xanchor, second.xanchor) == ("right", "right")
    assert second.yshift >= first.yshift + 2 * 17


def test_texts_above_do_not_stretch_the_time_axis():
    axis = control_chart(trend(STEADY), notes=[note("2026-09-20", "Open houses")]).layout.xaxis
    assert f"{axis.range[1]:%Y-%m}" == "2026-09"


@pytest.mark.parametrize(
    ("heights", "placed"),
    [
        ([10, 100, 200], [10, 100, 200]),
        ([50, 50], [50, 67]),
        ([195, 198, 200], [166, 183, 200]),
        ([], []),
    ],
)
def test_labels_at_the_right_end_make_room_for_each_other(heights, placed):
    assert spread(heights, 17, 200) == placed


def test_labels_stay_beside_their_values_where_there_is_room():
    assert [round(label["y"], 1) for label in column([(80.0, "b"), (20.0, "a")], (0, 100), 200)] == [20.0, 80.0]


@pytest.mark.parametrize("values", [[40], [40] * 14, [0] * 14])
def test_few_or_equal_values_are_a_plain_line(values):
    assert not lines(control_chart(trend(values)), "limits")
