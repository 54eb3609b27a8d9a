"""Funnels and smoothed rates: PHE's published figures, R's spdep, the picture against the labels, the edges."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from published_counties import AUCKLAND_DEATHS, AUCKLAND_UNDER_5
from scipy import stats
from slow_counts import budget

from dashboard.measures.estimates.arrays import Z_95, Z_998
from dashboard.measures.estimates.empirical_bayes import smoothed_rates
from dashboard.measures.estimates.funnel import (
    rate_curves,
    rate_positions,
    share_limits,
    share_positions,
)
from dashboard.measures.estimates.poisson import count_limits
from dashboard.measures.estimates.wilson import wilson

LEVELS = [(Z_95, "alert"), (Z_998, "outlier")]


@pytest.mark.parametrize(
    ("n", "at_95", "at_998"),
    # PHEindicatormethods, tests/testthat/testdata_funnel_prop_outputs.csv, average 80.642448 %
    [
        (50, (69.691035, 91.593861), (63.375595, 97.909301)),
        (102, (72.974925, 88.309971), (68.553233, 92.731663)),
        (3, (35.933491, 100), (10.150815, 100)),
        (2, (25.885383, 100), (0, 100)),
        (110000, (80.408963, 80.875933), (80.274317, 81.010578)),
    ],
)
def test_limits_of_shares_are_those_published_by_phe(n, at_95, at_998):
    for z, published in ((Z_95, at_95), (Z_998, at_998)):
        limits = [100 * float(limit) for limit in share_limits(0.80642448, n, z)]
        assert limits == pytest.approx(published, abs=2e-6)


@pytest.mark.parametrize(
    ("x", "n", "label", "side"),
    # The same package, testdata_funnel_prop_inputs.csv; the average is that of all its 303 areas.
    [
        (35078.4880, 41980, "outlier", 1),  # New Forest
        (24803.6256, 31824, "outlier", -1),  # Norwich
        (50050.7443, 61921, "", 0),  # South Gloucestershire
        (26789.2380, 33012, "alert", 1),  # West Norfolk
        (30277.5312, 37828, "alert", -1),  # North Devon
    ],
)
def test_areas_are_judged_as_published_by_phe(x, n, label, side):
    rest = 10_000_000  # brings the average to the published one, whatever the area
    found = share_positions([x, 0.80642448 * (n + rest) - x], [n, rest])
    assert found.mean == pytest.approx(0.80642448)
    assert (found.label[0], found.side[0]) == (label, side)


@pytest.mark.parametrize(
    ("events", "lower", "upper"),
    # The same package, testdata_funnel_rate_outputs.csv: population of three years at which so many events lie on
    # the funnel around 116.1720835 per 100,000.
    [
        (1, 1598.675694, 7.264481402),
        (5, 3348.002593, 465.8280129),
        (9, 4902.152951, 1180.827018),
    ],
)
def test_edges_for_rates_are_those_published_by_phe(events, lower, upper):
    mean = 3 * 116.1720835e-5
    low, high = rate_curves(mean, 6_000)
    (at,) = np.flatnonzero(np.isclose(low.rate * low.person_months, events))
    assert low.person_months[at] == pytest.approx(lower, rel=5e-6)
    (at,) = np.flatnonzero(np.isclose(high.rate * high.person_months, events))
    assert high.person_months[at] == pytest.approx(upper, rel=5e-6)


time = st.one_of(st.just(0.0), st.floats(1 / 30.4375, 900))
counties = st.lists(st.tuples(st.integers(0, 80), time), min_size=1, max_size=40)


@budget
@given(counties, st.floats(1, 2.5))
def test_the_average_is_outside_the_interval_of_a_labeled_county_and_of_no_other(rows, widening):
    events, time = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    found = rate_positions(events, time, widening)
    if not time.sum():
        assert np.isnan(found.mean)
        assert (found.label == "").all()
        return
    average = events[time > 0].sum() / time.sum()
    assert found.mean == pytest.approx(average)
    for index in range(len(rows)):
        label = ""
        for z, name in LEVELS:
            lower, upper = (float(limit) for limit in count_limits(events[index], widening, z))
            if time[index] > 0 and not lower <= average * time[index] <= upper:
                label = name
        assert found.label[index] == label
        assert found.side[index] == (np.sign(events[index] - average * time[index]) if label else 0)


@budget
@given(st.integers(0, 60), st.floats(0.01, 900), st.floats(0.005, 2), st.floats(1, 2.5))
def test_the_picture_agrees_with_the_label(events, time, mean, widening):
    """A county lies beyond an edge of the drawn funnel exactly if it is labeled so."""
    rest = 1e9
    found = rate_positions([events, mean * (time + rest) - events], [time, rest], widening)
    for z, labels in ((Z_95, {"alert", "outlier"}), (Z_998, {"outlier"})):
        low, high = rate_curves(found.mean, max(time, 900.0), widening, z)
        beyond = below(low, events, time) or above(high, events, time)
        assert beyond == (found.label[0] in labels)


def below(edge, events, time):
    """Further right than the point of the lower edge with as many events; beyond its end nothing is low."""
    drawn = np.round(edge.rate * edge.person_months)
    return any(time > edge.person_months[drawn == events] * (1 + 1e-9))


def above(edge, events, time):
    """Further left than the point of the upper edge with as many events, or with more events than its end."""
    drawn = np.round(edge.rate * edge.person_months)
    return events > drawn.max() or any(time < edge.person_months[drawn == events] * (1 - 1e-9))


@pytest.mark.parametrize("widening", [1.0, 1.8])
@pytest.mark.parametrize("largest", [0.5, 40.0, 30_000.0])
def test_edges_reach_past_the_largest_county_and_close_in_on_the_average(widening, largest):
    for edge in rate_curves(0.08, largest, widening):
        assert edge.person_months[-1] >= largest
        assert (np.diff(edge.person_months) > 0).all()
    low, high = rate_curves(0.08, largest, widening)
    assert low.rate[0] == 0
    assert (low.rate < 0.08).all()
    assert (high.rate > 0.08).all()


@budget
@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.floats(0.02, 0.98))
def test_the_share_funnel_is_wilson_turned_round(counts, mean):
    x, n = counts
    for z, _ in LEVELS:
        _, lower, upper = wilson(x, n, z)
        low, high = share_limits(mean, n, z)
        outside = not low <= x / n <= high
        if min(abs(float(limit) - mean) for limit in (lower, upper)) > 1e-9:
            assert outside == (not lower <= mean <= upper)


def test_counties_without_people_time_or_events_are_not_judged():
    found = rate_positions([0, 0, 0], [10, 20, 0])
    assert found.mean == 0
    assert (found.label == "").all()
    assert rate_positions([], []).label.shape == (0,)
    shares = share_positions([0, 4], [0, 9])
    assert shares.label.tolist() == ["", ""]
    assert np.isnan(share_positions([0], [0]).mean)
    assert all(edge.rate.size == 0 for args in ((0.0, 100), (float("nan"), 100), (1, 0)) for edge in rate_curves(*args))
    assert share_positions([9, 9], [9, 9]).label.tolist() == ["", ""]


def test_a_county_without_events_can_be_low():
    found = rate_positions([0, 400], [100, 1_000])
    assert (found.label[0], found.side[0]) == ("outlier", -1)


def test_smoothed_rates_of_auckland_are_those_of_r():
    """EBest(auckland$M77_85, 9 * auckland$Und5_81), spdep 1.2-7: infant mortality, Bailey & Gatrell 1995, p. 303."""
    found = smoothed_rates(AUCKLAND_DEATHS, 9 * np.array(AUCKLAND_UNDER_5), per=1)
    assert found.between == pytest.approx(7.28417290097515e-07, rel=1e-12)
    assert found.mean == pytest.approx(0.00263343619313617, rel=1e-12)
    first = [0.00297803392572109, 0.00286562329254096, 0.00211816466150202, 0.00253580831875260, 0.00256520148587101]
    assert found.value[:5] == pytest.approx(first, rel=1e-12)
    assert (found.value.min(), found.value.max()) == pytest.approx((0.00148678289714387, 0.00453061996060787))
    assert found.value.sum() == pytest.approx(0.442240934063005, rel=1e-12)


eight_or_more = st.lists(st.tuples(st.integers(0, 60), st.floats(0.1, 900)), min_size=8, max_size=40)


@budget
@given(eight_or_more)
def test_smoothed_rates_equal_their_formula_and_scipys_gamma(rows):
    events, time = (np.array(column) for column in zip(*rows, strict=True))
    mean = events.sum() / time.sum()
    between = sum(t * (o / t - mean) ** 2 for o, t in rows) / time.sum() - mean / time.mean()
    found = smoothed_rates(events, time, per=1)
    if between <= 1e-12:
        return
    for index, (o, t) in enumerate(rows):
        weight = between / (between + mean / t)
        assert found.weight[index] == pytest.approx(weight, rel=1e-7)
        assert found.value[index] == pytest.approx(mean + weight * (o / t - mean), rel=1e-7)
        gamma = stats.gamma(mean**2 / between + o, scale=1 / (mean / between + t))
        assert found.value[index] == pytest.approx(gamma.mean(), rel=1e-7)
        assert (found.lower[index], found.upper[index]) == pytest.approx(gamma.ppf([0.025, 0.975]), rel=1e-7)
    hundred = smoothed_rates(events, time)
    assert hundred.value == pytest.approx(100 * found.value)
    assert hundred.lower == pytest.approx(100 * found.lower)
    assert hundred.between == pytest.approx(1e4 * found.between)


def test_counties_that_chance_explains_all_have_the_average_and_no_limits():
    found = smoothed_rates([5] * 9, [100.0] * 9)
    assert found.value == pytest.approx([5.0] * 9)
    assert found.weight.tolist() == [0.0] * 9
    assert np.isnan([found.lower, found.upper]).all()
    nothing = smoothed_rates([0] * 9, [100.0] * 9)
    assert nothing.value.tolist() == [0.0] * 9


def test_fewer_than_eight_counties_are_not_smoothed_and_one_without_time_has_no_rate():
    assert np.isnan(smoothed_rates([1, 9] * 3 + [4, 0], [50.0] * 7 + [0.0]).value).all()
    found = smoothed_rates([1, 30] * 4 + [0], [50.0] * 8 + [0.0])
    assert np.isnan([found.value[8], found.weight[8], found.lower[8]]).all()
    assert not np.isnan(found.value[:8]).any()
    assert np.isnan(smoothed_rates([], []).mean)
