"""Every estimator against published values, an independent library or a slow and obvious loop."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from dashboard.measures.estimates.compare import excludes, newcombe, overlap, rate_ratio
from dashboard.measures.estimates.kaplan_meier import kaplan_meier, median_stay, value_at
from dashboard.measures.estimates.poisson import byar, count_limits, exact, rate, repeat_widening
from dashboard.measures.estimates.wilson import wilson


@given(st.integers(1, 5_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_equals_scipy(counts):
    x, n = counts
    interval = stats.binomtest(x, n).proportion_ci(method="wilson")
    share, lower, upper = wilson(x, n)
    assert share == pytest.approx(x / n)
    assert (float(lower), float(upper)) == pytest.approx((interval.low, interval.high), abs=1e-12)


def test_wilson_at_the_edges():
    share, lower, upper = wilson([0, 7, 0], [5, 7, 0])
    assert lower[0] == 0
    assert upper[1] == 1
    assert np.isnan([share[2], lower[2], upper[2]]).all()


def test_wilson_refuses_a_numerator_beyond_its_denominator():
    with pytest.raises(ValueError, match="numerator"):
        wilson(6, 5)


# Published limits of a Poisson count at 95 %: Garwood 1936, as tabulated by Ulm 1990.
@pytest.mark.parametrize(
    ("events", "lower", "upper"),
    [(0, 0, 3.689), (1, 0.0253, 5.572), (4, 1.090, 10.242), (8, 3.454, 15.763), (10, 4.795, 18.390)],
)
def test_exact_limits_of_a_count_are_the_published_ones(events, lower, upper):
    assert tuple(float(limit) for limit in exact(events)) == pytest.approx((lower, upper), abs=6e-4)


def test_byar_is_within_a_fifth_of_a_percent_of_exact_from_ten_events_on():
    events = np.arange(10, 2_000)
    for fast, slow in zip(byar(events), exact(events), strict=True):
        assert np.abs(fast / slow - 1).max() < 0.002


def test_counts_below_ten_use_exact_limits_and_from_ten_byar():
    lower, upper = count_limits([9, 10])
    assert (lower[0], upper[0]) == tuple(float(limit) for limit in exact(9))
    assert (lower[1], upper[1]) == tuple(float(limit) for limit in byar(10))


def test_a_rate_with_repeat_events_has_wider_limits():
    """Worked example 8.5: 8 events of five people (3, 2, 1, 1, 1) in 412.5 person-months."""
    k = repeat_widening(8, 3**2 + 2**2 + 1 + 1 + 1)
    assert float(k) == pytest.approx(1.4142, abs=5e-5)
    value, lower, upper = rate(8, 412.5, widening=k)
    assert [float(value), float(lower), float(upper)] == pytest.approx([1.94, 0.38, 4.60], abs=5e-3)
    _, narrow_lower, narrow_upper = rate(8, 412.5)
    assert [float(narrow_lower), float(narrow_upper)] == pytest.approx([0.84, 3.82], abs=5e-3)


def test_a_rate_without_events_still_has_an_upper_limit_and_without_time_no_value():
    value, lower, upper = rate([0, 0], [100.0, 0.0], widening=repeat_widening([0, 0], [0, 0]))
    assert (value[0], lower[0]) == (0, 0)
    assert upper[0] == pytest.approx(3.689, abs=5e-4)
    assert np.isnan([value[1], lower[1], upper[1]]).all()


def test_newcombe_equals_his_published_example():
    """Newcombe 1998 (Stat Med 17:873), 56 of 70 against 48 of 80, method 10: 0.0524 to 0.3339."""
    assert newcombe(56, 70, 48, 80) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_the_ratio_of_two_rates_equals_the_exact_binomial_test():
    lower, upper = rate_ratio(30, 100.0, 12, 80.0)
    p = stats.binomtest(30, 42).proportion_ci(method="exact")
    odds = [limit / (1 - limit) * 80 / 100 for limit in (p.low, p.high)]
    assert (lower, upper) == pytest.approx(odds)


def test_the_ratio_of_two_rates_without_events_says_nothing():
    assert rate_ratio(0, 10, 0, 10) == (0, float("inf"))
    assert rate_ratio(5, 10, 0, 10)[1] == float("inf")
    assert not excludes(rate_ratio(1, 0, 1, 10), 1)


def test_intervals_overlap_unless_one_lies_beyond_the_other():
    assert overlap((1, 2), (2, 3))
    assert not overlap((1, 2), (2.1, 3))
    assert overlap((float("nan"), float("nan")), (1, 2))


people = st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=1, max_size=40)


def life_table(observed):
    """Count a life table the slow way; a person observed from day 0 is at risk on day 0."""
    days = sorted({duration for duration, _ in observed})
    at_risk = [sum(duration >= day for duration, _ in observed) for day in days]
    exits = [[sum(duration == day and left for duration, left in observed) for day in days]]
    return days, at_risk, exits


@given(people)
def test_kaplan_meier_equals_scipy(observed):
    days, at_risk, exits = life_table(observed)
    curve = kaplan_meier(days, at_risk, exits, longest=days[-1])
    censored = stats.CensoredData.right_censored(
        [duration for duration, _ in observed], [not left for _, left in observed]
    )
    survival = stats.ecdf(censored).sf
    assert curve.value == pytest.approx(survival.evaluate(days), abs=1e-12)
    if any(left for _, left in observed):
        with warnings.catch_warnings(action="ignore"):  # scipy warns where the curve is 0 or 1
            interval = survival.confidence_interval(method="log-log")
        inside = (curve.value > 0) & (curve.value < 1)
        assert curve.lower[inside] == pytest.approx(interval.low.evaluate(days)[inside], abs=1e-9)
        assert curve.upper[inside] == pytest.approx(interval.high.evaluate(days)[inside], abs=1e-9)
        assert np.isnan(curve.lower[~inside]).all()


@given(people)
def test_kaplan_meier_equals_a_loop(observed):
    share = 1.0
    slow = {}
    for day in range(31):
        at_risk = sum(duration >= day for duration, _ in observed)
        exits = sum(duration == day and left for duration, left in observed)
        if at_risk:
            share *= 1 - exits / at_risk
        slow[day] = share
    days, at_risk, exits = life_table(observed)
    curve = kaplan_meier(days, at_risk, exits, longest=days[-1])
    for day in range(days[-1] + 1):
        assert value_at(curve, day)[0] == pytest.approx(slow[day], abs=1e-12)
    assert np.isnan(value_at(curve, days[-1] + 1)[0])


@given(st.lists(st.tuples(st.integers(0, 20), st.sampled_from(["", "left", "died"])), min_size=1, max_size=40))
def test_the_states_and_those_in_touch_add_up_to_everyone(observed):
    days = sorted({duration for duration, _ in observed})
    at_risk = [sum(duration >= day for duration, _ in observed) for day in days]
    exits = [[sum(row == (day, reason) for row in observed) for day in days] for reason in ("left", "died")]
    curve = kaplan_meier(days, at_risk, exits, longest=days[-1])
    assert curve.value + curve.states.sum(axis=0) == pytest.approx(np.ones(len(days)))


def test_the_median_is_the_first_day_with_at_most_half():
    assert median_stay(np.array([5.0, 9, 12]), np.array([0.8, 0.5, 0.2])) == 9
    assert np.isnan(median_stay(np.array([5.0]), np.array([0.8])))


def test_a_curve_refuses_exits_of_another_shape():
    with pytest.raises(ValueError, match="one row per reason"):
        kaplan_meier([1, 2], [2, 1], [1, 1], longest=2)
