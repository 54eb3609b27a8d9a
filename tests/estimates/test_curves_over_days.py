"""Kaplan-Meier, its median and restricted mean: against libraries, R's aml and lung, loops and the edges."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from published_survival import AML, LUNG
from scipy import stats
from slow_counts import RELATIVE, budget, life_table, people, people_on_time
from statsmodels.duration.survfunc import SurvfuncRight

from dashboard.measures.estimates.kaplan_meier import kaplan_meier, median_stay
from dashboard.measures.estimates.restricted_mean import restricted_mean
from dashboard.measures.estimates.steps import on_days


def curve_of(observed, groups=(1, 2, 3)):
    days, at_risk, exits = life_table(observed, groups)
    return kaplan_meier(days, at_risk, exits, longest=days[-1])


def curve_of_table(day, at_risk, exits):
    return kaplan_meier(day, at_risk, [exits], longest=day[-1])


@budget
@given(people_on_time)
def test_the_curve_and_its_limits_equal_scipy(observed):
    curve = curve_of(observed)
    left = [reason > 0 for _, _, reason in observed]
    data = stats.CensoredData.right_censored([duration for _, duration, _ in observed], np.logical_not(left))
    survival = stats.ecdf(data).sf
    assert curve.value == pytest.approx(survival.evaluate(curve.day), rel=RELATIVE, abs=1e-12)
    if any(left):
        with warnings.catch_warnings(action="ignore"):  # scipy warns where the curve is 0 or 1
            interval = survival.confidence_interval(method="log-log")
        inside = (curve.value > 1e-12) & (curve.value < 1)
        assert curve.lower[inside] == pytest.approx(interval.low.evaluate(curve.day)[inside], rel=RELATIVE)
        assert curve.upper[inside] == pytest.approx(interval.high.evaluate(curve.day)[inside], rel=RELATIVE)
        assert np.isnan(curve.lower[(curve.value == 0) | (curve.value == 1)]).all()


@budget
@given(people)
def test_with_late_entry_the_curve_and_its_error_equal_statsmodels(observed):
    entry, duration, reason = (np.array(column) for column in zip(*observed, strict=True))
    with warnings.catch_warnings(action="ignore"):  # statsmodels divides by the empty risk set
        other = SurvfuncRight(duration, reason > 0, entry=entry)
    curve = curve_of(observed)
    stop = curve.day[np.flatnonzero(curve.value == 0)[:1]]  # statsmodels counts on after the curve is 0
    for day, share, error in zip(other.surv_times, other.surv_prob, other.surv_prob_se, strict=True):
        if not stop.size or day < stop[0]:
            (index,) = np.flatnonzero(curve.day == day)
            assert curve.value[index] == pytest.approx(share, rel=RELATIVE)
            if share < 1:
                half = np.exp(stats.norm.ppf(0.975) * error / share / np.log(share))
                assert [curve.lower[index], curve.upper[index]] == pytest.approx(
                    [share ** (1 / half), share**half], rel=RELATIVE
                )


@budget
@given(people)
def test_the_curve_equals_a_loop_over_days(observed):
    curve, share = curve_of(observed), 1.0
    longest = int(curve.day[-1])
    shown = on_days(curve.day, curve.value, range(longest + 2), before=1.0, longest=curve.longest)
    for day in range(longest + 1):
        at_risk = sum(entry < day <= duration for entry, duration, _ in observed)
        exits = sum(duration == day and reason > 0 for _, duration, reason in observed)
        share *= 1 - exits / at_risk if at_risk else 1
        assert shown[day] == pytest.approx(share, rel=RELATIVE, abs=1e-15)
    assert np.isnan(shown[longest + 1])


@budget
@given(people)
def test_those_in_touch_and_those_gone_add_up_to_everyone(observed):
    curve = curve_of(observed)
    assert curve.value + curve.states.sum(axis=0) == pytest.approx(np.ones(curve.day.size))


def test_aml_is_what_r_publishes():
    # survfit(Surv(time, status) ~ x, aml, conf.type = "log-log"), R 4.2.2, survival 3.5-3
    maintained = curve_of_table(*AML["Maintained"])
    assert on_days(maintained.day, maintained.value, [9, 31, 48], before=1, longest=161) == pytest.approx(
        [0.9090909090909, 0.4909090909091, 0.1840909090909]
    )
    assert on_days(maintained.day, maintained.lower, [9, 31, 48], before=np.nan, longest=161) == pytest.approx(
        [0.50808020576993, 0.16733090977685, 0.01173848012319], rel=1e-11
    )
    assert on_days(maintained.day, maintained.upper, [9, 31, 48], before=np.nan, longest=161) == pytest.approx(
        [0.986673822668, 0.753399790371, 0.525014842727], rel=1e-11
    )
    bands = (maintained.value, maintained.lower, maintained.upper)
    assert [median_stay(maintained.day, band) for band in bands] == pytest.approx([31, 13, np.nan], nan_ok=True)
    other = curve_of_table(*AML["Nonmaintained"])
    assert [median_stay(other.day, band) for band in (other.value, other.lower, other.upper)] == [23, 5, 33]
    # print(fit, rmean = 30)
    assert restricted_mean(maintained, 30)[:2] == pytest.approx((24.6022727273, 2.31314937732), rel=1e-11)
    assert restricted_mean(other, 30)[:2] == pytest.approx((19.6944444444, 3.05419793072), rel=1e-11)


def test_lung_is_what_r_publishes():
    # survfit(Surv(time, status) ~ 1, lung, conf.type = "log-log"); summary(fit, times = c(90, 180, 365, 730))
    lung = curve_of_table(*LUNG["all"])
    days = [90, 180, 365, 730]
    share = [0.881578947368, 0.721670653410, 0.409241624460, 0.115693098345]
    lower = [0.8320713422109, 0.6583045284457, 0.3387142690883, 0.0676321514888]
    upper = [0.917213604180, 0.775314690717, 0.478380767647, 0.177825199700]
    assert on_days(lung.day, lung.value, days, before=1, longest=lung.longest) == pytest.approx(share, rel=1e-11)
    assert on_days(lung.day, lung.lower, days, before=1, longest=lung.longest) == pytest.approx(lower, rel=1e-11)
    assert on_days(lung.day, lung.upper, days, before=1, longest=lung.longest) == pytest.approx(upper, rel=1e-11)
    assert [median_stay(lung.day, band) for band in (lung.value, lung.lower, lung.upper)] == [310, 284, 361]
    # survival:::survmean(fit, rmean = 365)
    assert restricted_mean(lung, 365)[:2] == pytest.approx((263.22186648201, 7.79885908631), rel=1e-11)


@budget
@given(people)
def test_the_restricted_mean_equals_a_sum_over_days(observed):
    curve = curve_of(observed)
    for horizon in range(int(curve.longest) + 1):
        by_day = on_days(curve.day, curve.value, range(horizon), before=1.0, longest=curve.longest)
        mean = restricted_mean(curve, horizon)
        assert mean.days == pytest.approx(by_day.sum(), rel=RELATIVE, abs=1e-12)
        variance = sum(
            by_day[int(day) :].sum() ** 2 * exits / (risk * (risk - exits))
            for day, risk, exits in zip(curve.day, curve.at_risk, curve.exits, strict=True)
            if 0 <= day <= horizon and risk > exits
        )
        if variance:
            assert mean.standard_error == pytest.approx(variance**0.5, rel=1e-7)
            assert 0 <= mean.lower <= mean.days <= mean.upper <= horizon + 1e-9
        else:
            assert np.isnan([mean.standard_error, mean.lower, mean.upper]).all()


def test_the_horizon_of_the_mean_lies_within_the_follow_up():
    curve = curve_of([(-1, 10, 1), (-1, 20, 0), (-1, 20, 0)])
    assert np.isnan(restricted_mean(curve, 21)).all()
    assert restricted_mean(curve, 20).days == pytest.approx(10 + 10 * 2 / 3)


EDGES = {
    "one person who stays": ([(-1, 9, 0)], [1]),
    "one person who leaves": ([(-1, 9, 1)], [0]),
    "nobody leaves": ([(-1, day, 0) for day in (3, 5, 8)], [1, 1, 1]),
    "everybody leaves on day 0": ([(-1, 0, 1)] * 4, [0]),
}


@pytest.mark.parametrize("edge", EDGES)
def test_the_edges_of_a_curve(edge):
    observed, values = EDGES[edge]
    curve = curve_of(observed)
    shown = curve.day >= 0  # day −1 is only where people enter
    assert curve.value[shown].tolist() == values
    assert np.isnan([curve.lower, curve.upper]).all()
    assert np.isnan(restricted_mean(curve, curve.longest).standard_error)


def test_an_empty_table_has_no_curve():
    curve = kaplan_meier([], [], np.empty((2, 0)), longest=0)
    assert curve.value.size == curve.lower.size == 0
    assert np.isnan(median_stay(curve.day, curve.value))
    assert np.isnan(restricted_mean(curve, 0)).all()
    assert on_days(curve.day, curve.value, [0, 1], before=1.0, longest=0.0).tolist()[0] == 1


def test_the_median_is_the_first_day_with_at_most_half():
    assert median_stay(np.array([5.0, 9, 12]), np.array([0.8, 0.5, 0.2])) == 9
    assert np.isnan(median_stay(np.array([5.0]), np.array([0.8])))


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        (([1, 2], [2, 1], [1, 1]), "one row per reason"),
        (([1, 2], [2], [[1, 1]]), "one row per reason"),
        (([2, 1], [2, 1], [[1, 1]]), "ascend"),
        (([1, 2], [2, 1], [[1, 2]]), "more people"),
        (([1, 2], [2, 1], [[1, -1]]), "more people"),
    ],
)
def test_a_life_table_that_does_not_fit_is_refused(table, complaint):
    with pytest.raises(ValueError, match=complaint):
        kaplan_meier(*table, longest=2)
