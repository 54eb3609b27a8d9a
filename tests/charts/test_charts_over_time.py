"""Charts over time: the numbers drawn are the numbers of the result, and unfinished ones look unfinished."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from chart_results import months, result

from dashboard.charts import rate_over_contacts, small_multiples, stacked, trend, two_years
from dashboard.measures import periods_of
from dashboard.measures.plans import Annotation


def test_trend_draws_shares_in_percent():
    figure = trend(result("second_contact", [(0, 10, 40), (1, 30, 40)]))
    assert list(figure.data[0].y) == [25.0, 75.0]
    assert figure.data[0].line.dash is None


def test_trend_draws_an_incomplete_month_hollow_on_a_dashed_line():
    drawn = result("people_served", [(0, 5, 0), (1, 7, 0), (2, 3, 0)], as_of=date(2026, 9, 15))
    figure = trend(drawn)
    assert list(figure.data[0].y) == [5.0, 7.0]
    assert list(figure.data[1].y) == [7.0, 3.0]  # starts at the last complete point, so that the lines meet
    assert figure.data[1].line.dash == "dot"
    assert list(figure.data[1].marker.symbol) == ["circle", "circle-open"]


def test_trend_leaves_a_gap_where_nothing_can_be_computed():
    figure = trend(result("second_contact", [(0, 10, 40), (1, 0, 0), (2, 20, 40)]))
    assert pd.isna(figure.data[0].y[1])
    assert figure.data[0].connectgaps is False
    bands = [trace for trace in figure.data if trace.fill == "toself"]
    assert [len(band.x) for band in bands] == [2, 2]  # one closed shape on each side of the gap


def test_trend_starts_at_zero_and_shows_few_in_gray():
    figure = trend(result("second_contact", [(0, 1, 4), (1, 3, 4)], reliable=False))
    assert figure.layout.yaxis.range[0] == 0
    assert set(figure.data[0].marker.color) == {"#767676"}
    assert "few: read as a count" in figure.data[0].hovertext[0]


def test_trend_labels_its_last_complete_point():
    figure = trend(result("second_contact", [(0, 10, 40), (1, 30, 40)]))
    assert figure.layout.annotations[0].text == "<b>75 %</b>"


def test_small_multiples_share_one_scale_and_go_by_name():
    rows = [(0, "23029", 4, 0), (0, "23009", 9, 0), (0, "unknown", 1, 0)]
    figure = small_multiples(result("people_served", rows, by=("county",)))
    assert names_of(figure) == ["<b>Hancock</b>", "<b>Washington</b>", "<b>Not recorded</b>"]
    assert figure.layout.yaxis.range == figure.layout.yaxis2.range == figure.layout.yaxis3.range


def names_of(figure):
    return [trace.text[0] for trace in figure.data if trace.text]


def test_small_multiples_mark_the_last_complete_value():
    rows = [(0, "23029", 4, 0), (1, "23029", 9, 0), (2, "23029", 2, 0)]
    drawn = result("people_served", rows, by=("county",), as_of=date(2026, 9, 15))
    line, hollow, names = small_multiples(drawn).data
    assert (list(line.y), list(hollow.y)) == ([4.0, 9.0], [9.0, 2.0])
    assert list(names.text) == ["<b>Washington</b>", "<b>9</b>"]
    assert names.y[1] == 9


@pytest.mark.parametrize("count", [1, 2, 7])
def test_small_multiples_fit_any_number_of_places(count):
    rows = [(0, f"code{i}", i + 1, 0) for i in range(count)]
    figure = small_multiples(result("people_served", rows, by=("county",)))
    assert len(names_of(figure)) == count


def test_stacked_keeps_the_three_largest_parts_and_adds_up():
    kinds = {"coaching": 50, "group": 30, "brief_check_in": 20, "outreach": 5, "recovery_planning": 4}
    figure = stacked(result("contacts", [(0, kind, n, 0) for kind, n in kinds.items()], by=("kind",)))
    assert [trace.name for trace in figure.data] == ["Coaching", "Group", "Brief check in", "Other"]
    assert sum(trace.y[0] for trace in figure.data) == sum(kinds.values())


def test_two_years_are_running_totals_of_complete_months():
    years = periods_of("state_fiscal_year", date(2025, 7, 1), date(2026, 9, 30))
    span = periods_of("month", date(2025, 7, 1), date(2026, 9, 30))
    wins = result("win_events", [(i, 2, 0) for i in range(len(span))], periods=span)
    this, last = two_years(wins, years).data
    assert list(this.y) == [2.0, 4.0, 6.0]
    assert list(last.y) == [2.0 * n for n in range(1, 13)]


def test_rates_stand_above_contacts_on_one_time_axis():
    windows = periods_of("rolling_12", date(2025, 1, 1), date(2026, 3, 31))
    rates = result("return_rate", [(i, 3, 100) for i in range(len(windows))], periods=windows)
    contacts = result("contacts", [(i, 40, 0) for i in range(4)], periods=months(4, date(2026, 3, 31)))
    dots, bars = rate_over_contacts(rates, contacts).data
    assert dots.x[-1] == bars.x[-1]
    assert bars.yaxis == "y2"
    assert dots.marker.color == "#767676"  # neutral: a rolling rate is never a verdict


def test_notes_stand_above_rates_too_and_stretch_no_axis():
    windows = periods_of("rolling_12", date(2025, 1, 1), date(2026, 3, 31))
    rates = result("return_rate", [(i, 3, 100) for i in range(len(windows))], periods=windows)
    contacts = result("contacts", [(i, 40, 0) for i in range(4)], periods=months(4, date(2026, 3, 31)))
    storm = Annotation(date(2026, 3, 30), "event", "Ice storm")
    figure = rate_over_contacts(rates, contacts, notes=[storm])
    assert figure.layout.annotations[-1].text == "Ice storm"
    assert figure.layout.shapes[0].x0 == pd.Timestamp("2026-03-30")
    assert f"{figure.layout.xaxis.range[1]:%Y-%m}" == "2026-03"
    assert figure.layout.margin.t > rate_over_contacts(rates, contacts).layout.margin.t


FILLING = ["complete", "complete", "filling"]


def filling(drawn):
    """Let the last of three months be still filling."""
    return replace(
        drawn, frame=drawn.frame.assign(completeness=[FILLING[m.month - 7] for m in drawn.frame["period_start"]])
    )


def test_a_month_still_filling_is_hollow_says_so_and_is_not_the_labeled_one():
    figure = trend(filling(result("people_served", [(0, 50, 0), (1, 70, 0), (2, 30, 0)])))
    assert list(figure.data[0].y) == [50.0, 70.0]
    assert list(figure.data[1].marker.symbol) == ["circle", "circle-open"]
    (words,) = [trace for trace in figure.data if trace.name == "provisional"]
    assert list(words.text) == ["still filling"]
    assert figure.layout.annotations[0].text == "<b>70</b> Aug"


def test_small_charts_have_no_room_for_the_words():
    rows = [(n, "23009", 5, 0) for n in range(3)]
    figure = small_multiples(filling(result("people_served", rows, by=("county",))))
    assert not [trace for trace in figure.data if trace.name == "provisional"]


def test_stacked_parts_are_shaded_where_records_still_come_in():
    drawn = filling(result("contacts", [(n, "coaching", 9, 0) for n in range(3)], by=("kind",)))
    (shade,) = stacked(drawn).layout.shapes
    assert [note.text for note in stacked(drawn).layout.annotations] == ["still filling"]
    assert (str(shade.x0)[:7], str(shade.x1)[:7]) == ("2026-08", "2026-09")
    assert not stacked(result("contacts", [(0, "coaching", 9, 0)], by=("kind",))).layout.shapes


def test_totals_that_rest_on_a_month_still_filling_are_hollow():
    years = periods_of("state_fiscal_year", date(2025, 7, 1), date(2026, 9, 30))
    span = periods_of("month", date(2026, 7, 1), date(2026, 9, 30))
    figure = two_years(filling(result("win_events", [(i, 2, 0) for i in range(3)], periods=span)), years)
    assert list(figure.data[0].marker.symbol) == ["circle", "circle", "circle-open"]
    assert "<b>SFY27: 6</b> (still filling)" in {note.text for note in figure.layout.annotations}


def test_contacts_still_filling_are_pale_beside_rates():
    windows = periods_of("rolling_12", date(2025, 8, 1), date(2026, 9, 30))
    rates = result("return_rate", [(i, 3, 100) for i in range(len(windows))], periods=windows)
    _, bars = rate_over_contacts(rates, filling(result("contacts", [(i, 40, 0) for i in range(3)]))).data
    assert list(bars.marker.opacity) == [0.7, 0.7, 0.3]
