"""Which chart a result gets, on which points its limits rest, and what its signals mean."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from monthly import directed, gaps, monthly
from test_prose import result

from dashboard.measures import periods_of
from dashboard.measures.estimates.laney import p_prime, u_prime
from dashboard.measures.estimates.rare_events import t_chart
from dashboard.measures.estimates.xmr import xmr
from dashboard.measures.series import settled
from dashboard.measures.trends import trend_of

STEADY = [40, 44, 41, 43, 39, 42] * 3
LINES = ("value", "center", "lower", "upper", "near_lower", "near_upper", "basis")


def same(trend, chart):
    for line in LINES:
        np.testing.assert_allclose(trend.points[line], getattr(chart, line), rtol=1e-12, err_msg=line)


def test_counts_and_steady_denominators_have_a_chart_of_individual_values():
    served = trend_of(monthly("people_served", STEADY))
    assert (served.method, served.reason) == ("xmr", "")
    same(served, xmr(STEADY, within=(0, np.inf)))
    of = [100, 200] * 9
    share = trend_of(monthly("second_contact", STEADY, of))
    assert share.method == "xmr"
    same(share, xmr(np.array(STEADY) / of, within=(0, 1)))


def test_a_largest_denominator_beyond_twice_the_smallest_gives_limits_that_follow_it():
    of = [100, 201] * 9
    share = trend_of(monthly("second_contact", STEADY, of))
    assert share.method == "p_prime"
    same(share, p_prime(STEADY, of))
    rate = trend_of(monthly("win_rate", STEADY, of))
    assert rate.method == "u_prime"
    same(rate, u_prime(STEADY, of, per=100))
    assert trend_of(monthly("people_served", STEADY, of)).method == "xmr"


def test_a_month_without_denominator_is_a_gap_and_not_the_smallest():
    of = [100] * 9 + [0] + [100] * 8
    values = [*STEADY[:9], 0, *STEADY[10:]]
    share = trend_of(monthly("second_contact", values, of))
    assert share.method == "xmr"
    assert np.isnan(share.points["value"].iloc[9])
    assert share.points["basis"].iloc[0] == 17


def test_the_newest_months_without_a_value_are_not_points_yet():
    of = [100] * 15 + [0] * 3
    share = trend_of(monthly("retained", STEADY[:15] + [0] * 3, of))
    assert len(share.points) == 15
    assert share.limited


def test_only_complete_months_count():
    served = monthly("people_served", [*STEADY, 900, 900], completeness=["complete"] * 18 + ["filling", "incomplete"])
    trend = trend_of(served)
    assert trend.points["label"].iloc[-1] == "Jun 2025"
    same(trend, xmr(STEADY, within=(0, np.inf)))


def test_days_between_events_have_a_t_chart_and_the_open_gap_is_no_point():
    trend = trend_of(gaps([9, 12, 0, 30, 14, 8, 22, 5, 17, 11, 26, 6], open_days=7.0))
    assert (trend.method, trend.open_days) == ("t_chart", 7.0)
    same(trend, t_chart([9, 12, 0, 30, 14, 8, 22, 5, 17, 11, 26, 6]))
    assert trend.points["label"].iloc[0] == "10 Jan 2024"
    assert not trend.open_is_long


def test_the_open_gap_can_only_be_too_long():
    usual = [9, 12, 7, 15, 14, 8, 16, 10, 11, 13, 12, 9]
    upper = trend_of(gaps(usual)).points["upper"].iloc[-1]
    assert trend_of(gaps(usual, open_days=upper + 1)).open_is_long
    assert not trend_of(gaps(usual, open_days=upper - 1)).open_is_long
    assert not trend_of(gaps(usual, open_days=0.0)).open_is_long
    assert not trend_of(gaps(usual[:11], open_days=1e4)).open_is_long  # limits on trial
    assert not trend_of(gaps([], open_days=5.0)).open_is_long


def test_a_named_change_starts_a_phase_with_the_first_whole_month_after_it():
    before, after = [40, 44, 41, 43, 39, 42] * 2, [60, 64, 61, 63, 59, 62] * 2
    trend = trend_of(monthly("people_served", before + after), [date(2024, 12, 5)])
    assert trend.points["phase"].tolist() == [0] * 12 + [1] * 12
    assert trend.points["center"].tolist() == [41.5] * 12 + [61.5] * 12
    assert (trend.points["rule"] == "").all()
    on_the_first = trend_of(monthly("people_served", before + after), [date(2025, 1, 1)])
    assert on_the_first.points["phase"].tolist() == [0] * 12 + [1] * 12
    later = trend_of(monthly("people_served", before + after), [date(2025, 1, 2)])
    assert later.points["phase"].tolist() == [0] * 13 + [1] * 11
    without = trend_of(monthly("people_served", before + after))
    assert (without.points["rule"] != "").any()


def test_a_gap_that_spans_a_change_belongs_to_the_time_before_it():
    days = [10] * 6 + [30, 29] * 6
    trend = trend_of(gaps(days), [date(2024, 3, 5)])  # 64 days on: inside the seventh gap
    assert trend.points["phase"].tolist() == [0] * 7 + [1] * 11


def test_a_baseline_of_the_first_twelve_does_not_move():
    trend = trend_of(monthly("people_served", STEADY[:12] + [60] * 12), baseline=12)
    assert trend.points["center"].tolist() == [41.5] * 24
    assert trend.points["rule"].iloc[-1] == "outside"


@pytest.mark.parametrize(
    ("name", "meanings"),
    [
        ("people_served", ("improvement", "concern")),
        ("missed_sessions", ("concern", "improvement")),
        ("people_reporting_return", ("neutral", "neutral")),
    ],
)
def test_a_signal_means_what_the_direction_of_the_measure_makes_it(name, meanings):
    up, down = (trend_of(monthly(name, [*STEADY, last])) for last in (90, 5))
    assert (up.points["meaning"].iloc[-1], down.points["meaning"].iloc[-1]) == meanings
    assert up.points["rule"].iloc[-1] == down.points["rule"].iloc[-1] == "outside"
    assert (up.points["side"].iloc[-1], down.points["side"].iloc[-1]) == (1, -1)
    unflagged = trend_of(monthly(name, STEADY)).points
    assert set(unflagged["meaning"]) == {""}
    assert set(unflagged["side"]) == {0}


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (monthly("people_served", STEADY[:5]), "needs 6 complete periods"),
        (monthly("people_served", [40], completeness="incomplete"), "needs 6 complete periods"),
        (monthly("people_served", [40] * 14), "it does not vary"),
        (monthly("people_served", [4, 5, 4, 5, 4, 5] * 2), "under 5 a period"),
        (monthly("win_events", [4, 5, 4, 5, 4, 5] * 2), "under 5 a period"),
        (monthly("win_events", [0, 0, 30, 20] * 3), "0 or all too often"),
        (monthly("second_contact", [0, 0, 9, 8] * 3, 20), "0 or all too often"),
        (monthly("second_contact", [20, 20, 9, 8] * 3, 20), "0 or all too often"),
        (monthly("deaths", STEADY), "never judged"),
        (monthly("people_served", STEADY, calendar="rolling_12"), "periods overlap"),
        (gaps([9, 12, 8, 30, 14]), "needs 6 gaps"),
        (monthly("second_contact", [0] * 12, 0), "needs 6 complete periods"),
    ],
)
def test_where_no_limits_are_honest_there_are_none_and_it_says_why(found, reason):
    trend = trend_of(found)
    assert trend.reason == reason
    assert not trend.limited
    assert (trend.points["rule"] == "").all()
    assert trend.points["upper"].isna().all()


def test_few_people_who_come_back_are_a_share_all_the_same():
    assert trend_of(monthly("second_contact", [3, 4, 2, 5, 3, 4] * 2, 20)).limited


def test_few_points_since_a_change_have_no_limits_yet_and_under_twelve_are_on_trial():
    trend = trend_of(monthly("people_served", STEADY), [date(2025, 2, 1)])
    assert trend.reason == "needs 6 points since the change"
    assert not trend.limited
    on_trial = trend_of(monthly("people_served", STEADY), [date(2024, 8, 1)])
    assert (on_trial.limited, on_trial.trial, on_trial.reason) == (True, True, "")
    assert not trend_of(monthly("people_served", STEADY)).trial


def test_a_split_result_or_a_curve_is_no_trend():
    served = monthly("people_served", STEADY)
    with pytest.raises(ValueError, match="one series"):
        trend_of(replace(served, query=replace(served.query, by=("county",))))
    with pytest.raises(ValueError, match="one series"):
        trend_of(monthly("people_served", STEADY, day=1.0))


def test_the_order_of_rows_does_not_matter():
    served = monthly("people_served", list(range(40, 58)))
    turned = replace(served, frame=served.frame[::-1])
    assert trend_of(turned).points.equals(trend_of(served).points)


def test_directions_can_be_turned_without_touching_the_limits():
    served = monthly("people_served", [*STEADY, 90])
    assert trend_of(directed(served, "none")).reason == "never judged"
    assert trend_of(directed(served, "lower")).points["upper"].equals(trend_of(served).points["upper"])


def test_quarters_are_charted_too():
    periods = periods_of("quarter", date(2021, 1, 1), date(2024, 12, 31))
    trend = trend_of(result("people_served", *((n, 0) for n in [40, 44, 41, 43] * 4), periods=periods))
    assert trend.limited
    assert trend.points["label"].iloc[0] == "2021 Q1"


def test_months_some_of_whose_people_are_too_recent_to_judge_are_still_filling():
    share = monthly("second_contact", STEADY, too_recent=[0.0] * 17 + [3.0])
    assert settled(share).frame["completeness"].tolist() == ["complete"] * 17 + ["filling"]
    assert trend_of(settled(share)).labels[-1] == "May 2025"
    assert share.frame["completeness"].tolist() == ["complete"] * 18  # the answer itself stays as it is
    assert settled(monthly("people_served", STEADY)).frame["completeness"].tolist() == ["complete"] * 18
