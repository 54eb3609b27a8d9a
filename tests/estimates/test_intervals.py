"""Limits of percentages, counts, rates and differences: against libraries, print and the edges."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from slow_counts import RELATIVE, budget
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from statsmodels.stats.rates import confint_poisson

from dashboard.measures.estimates.arrays import Z_95, Z_998
from dashboard.measures.estimates.clopper_pearson import clopper_pearson
from dashboard.measures.estimates.compare import excludes, newcombe, overlap, rate_ratio
from dashboard.measures.estimates.poisson import byar, count_limits, exact, rate, repeat_widening
from dashboard.measures.estimates.wilson import wilson

shares = st.integers(1, 5_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
levels = st.sampled_from([(Z_95, 0.05), (Z_998, 0.002)])


def test_the_levels_are_the_normal_quantiles():
    assert pytest.approx(stats.norm.ppf(0.975), rel=1e-15) == Z_95
    assert pytest.approx(stats.norm.ppf(0.999), rel=1e-15) == Z_998


@budget
@given(shares, levels)
def test_wilson_equals_scipy_and_statsmodels(counts, level):
    (x, n), (z, alpha) = counts, level
    interval = stats.binomtest(x, n).proportion_ci(1 - alpha, method="wilson")
    share, lower, upper = wilson(x, n, z)
    assert share == x / n
    assert (float(lower), float(upper)) == pytest.approx((interval.low, interval.high), rel=RELATIVE, abs=1e-14)
    other = proportion_confint(x, n, alpha, method="wilson")
    assert (float(lower), float(upper)) == pytest.approx(other, rel=RELATIVE, abs=1e-14)


@pytest.mark.parametrize(
    ("x", "n", "lower", "upper"),
    # Newcombe 1998, Stat Med 17:857, table I, method 3
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_equals_newcombes_table(x, n, lower, upper):
    assert [float(limit) for limit in wilson(x, n)[1:]] == pytest.approx([lower, upper], abs=5e-5)


def test_wilson_at_the_edges():
    share, lower, upper = wilson([0, 7, 0], [5, 7, 0])
    assert lower[0] == 0
    assert upper[1] == 1
    assert np.isnan([share[2], lower[2], upper[2]]).all()
    assert wilson([], [])[0].shape == (0,)


@pytest.mark.parametrize("limits", [wilson, clopper_pearson])
@pytest.mark.parametrize("x", [6, -1])
def test_a_numerator_outside_its_denominator_is_refused(limits, x):
    with pytest.raises(ValueError, match="numerator"):
        limits(x, 5)


@budget
@given(shares, levels)
def test_clopper_pearson_equals_scipy(counts, level):
    (x, n), (z, alpha) = counts, level
    lower = stats.beta.ppf(alpha / 2, x, n - x + 1) if x else 0.0
    upper = stats.beta.isf(alpha / 2, x + 1, n - x) if x < n else 1.0
    limits = [float(limit) for limit in clopper_pearson(x, n, z)]
    assert limits == pytest.approx([lower, upper], rel=RELATIVE)
    interval = stats.binomtest(x, n).proportion_ci(1 - alpha, method="exact")  # searches for the root
    assert limits == pytest.approx([interval.low, interval.high], rel=1e-6, abs=1e-11)


def test_clopper_pearson_at_the_edges():
    lower, upper = clopper_pearson([0, 7, 0], [5, 7, 0])
    assert lower[0] == 0
    assert upper[1] == 1
    assert np.isnan([lower[2], upper[2]]).all()


# Exact limits of a count at 95 % and 99.8 %, published with PHEindicatormethods to about six digits
# (tests/testthat/testdata_funnel_ratio_outputs.csv, expected events at which a count lies on the funnel).
PUBLISHED = {
    1: (0.025317898, 5.571644585, 0.001000547, 9.233410143),
    5: (1.623486324, 11.6683331, 0.739371928, 16.45474478),
    9: (4.11537405, 17.08479966, 2.452425215, 22.65737951),
    10: (4.795387629, 18.39035799, 2.960519925, 24.13397235),
    35: (24.37878318, 48.67652359, 19.51818966, 57.41756498),
    100: (81.36400699, 121.6268111, 71.92139974, 134.9243187),
}


@pytest.mark.parametrize("events", PUBLISHED)
def test_exact_limits_of_a_count_are_the_published_ones(events):
    limits = [float(limit) for z in (Z_95, Z_998) for limit in exact(events, z)]
    assert limits == pytest.approx(PUBLISHED[events], rel=5e-7, abs=1e-7)


@budget
@given(st.integers(0, 3_000), levels)
def test_exact_and_byar_equal_statsmodels(events, level):
    z, alpha = level
    ours = [float(limit) for limit in exact(events, z)]
    assert ours == pytest.approx(confint_poisson(events, 1, "exact-c", alpha), rel=RELATIVE)
    chi2 = [stats.chi2.ppf(alpha / 2, 2 * events) / 2 if events else 0.0, stats.chi2.isf(alpha / 2, 2 * events + 2) / 2]
    assert ours == pytest.approx(chi2, rel=RELATIVE)


@budget
@given(st.integers(1, 3_000))
def test_byar_is_its_formula(events):
    more = events + 1
    lower = events * max(0, 1 - 1 / (9 * events) - Z_95 / (3 * events**0.5)) ** 3
    upper = more * (1 - 1 / (9 * more) + Z_95 / (3 * more**0.5)) ** 3
    assert [float(limit) for limit in byar(events)] == pytest.approx([lower, upper], rel=RELATIVE)


def test_byar_is_within_a_fifth_of_a_percent_of_exact_from_ten_events_on():
    events = np.arange(10, 2_000)
    for fast, slow in zip(byar(events), exact(events), strict=True):
        assert np.abs(fast / slow - 1).max() < 0.002


@pytest.mark.parametrize("z", [Z_95, Z_998])
def test_counts_below_ten_use_exact_limits_and_from_ten_byar(z):
    lower, upper = count_limits([9, 10], z=z)
    assert (lower[0], upper[0]) == pytest.approx([float(limit) for limit in exact(9, z)], rel=1e-15)
    assert (lower[1], upper[1]) == pytest.approx([float(limit) for limit in byar(10, z)], rel=1e-15)


def test_a_negative_count_is_refused():
    for limits in (exact, byar, count_limits, lambda events: rate(events, 1)):
        with pytest.raises(ValueError, match="negative"):
            limits(-1)


def test_a_rate_with_repeat_events_has_wider_limits():
    """Worked example 8.5: 8 events of five people (3, 2, 1, 1, 1) in 412.5 person-months."""
    k = repeat_widening(8, 3**2 + 2**2 + 1 + 1 + 1)
    assert float(k) == pytest.approx(1.4142, abs=5e-5)
    value, lower, upper = rate(8, 412.5, widening=k)
    assert [float(value), float(lower), float(upper)] == pytest.approx([1.94, 0.38, 4.60], abs=5e-3)
    _, narrow_lower, narrow_upper = rate(8, 412.5)
    assert [float(narrow_lower), float(narrow_upper)] == pytest.approx([0.84, 3.82], abs=5e-3)


@budget
@given(st.lists(st.integers(1, 6), min_size=1, max_size=50))
def test_the_widening_is_1_only_where_nobody_repeats(events):
    k = float(repeat_widening(sum(events), sum(c * c for c in events)))
    assert k == pytest.approx((sum(c * c for c in events) / sum(events)) ** 0.5, rel=RELATIVE)
    assert (k == 1) == (max(events) == 1)


def test_a_rate_without_events_still_has_an_upper_limit_and_without_time_no_value():
    value, lower, upper = rate([0, 0], [100.0, 0.0], widening=repeat_widening([0, 0], [0, 0]))
    assert (value[0], lower[0]) == (0, 0)
    assert upper[0] == pytest.approx(3.689, abs=5e-4)
    assert np.isnan([value[1], lower[1], upper[1]]).all()
    assert rate([], [])[0].shape == (0,)


@pytest.mark.parametrize(
    ("counts", "limits"),
    # Newcombe 1998, Stat Med 17:873, table II, method 10
    [
        ((56, 70, 48, 80), (0.0524, 0.3339)),
        ((9, 10, 3, 10), (0.1705, 0.8090)),
        ((6, 7, 2, 7), (0.0582, 0.8062)),
        ((5, 56, 0, 29), (-0.0381, 0.1926)),
        ((0, 10, 0, 20), (-0.1611, 0.2775)),
        ((0, 10, 0, 10), (-0.2775, 0.2775)),
        ((10, 10, 0, 20), (0.6791, 1.0)),
        ((10, 10, 0, 10), (0.6075, 1.0)),
    ],
)
def test_newcombe_equals_his_published_examples(counts, limits):
    assert newcombe(*counts) == pytest.approx(limits, abs=6e-5)


@budget
@given(shares, shares)
def test_newcombe_equals_statsmodels(first, second):
    other = confint_proportions_2indep(*first, *second, compare="diff", method="newcomb")
    assert newcombe(*first, *second) == pytest.approx(other, rel=RELATIVE, abs=1e-12)


def test_newcombe_without_people_says_nothing():
    assert np.isnan(newcombe(0, 0, 3, 10)).all()
    assert not excludes(newcombe(0, 0, 3, 10), 0)


@budget
@given(st.integers(0, 400), st.integers(0, 400), st.floats(0.1, 1e4), st.floats(0.1, 1e4), levels)
def test_the_ratio_of_two_rates_is_that_of_the_exact_binomial_test(a, b, time_a, time_b, level):
    z, alpha = level
    low = stats.beta.ppf(alpha / 2, a, b + 1) if a else 0.0
    high = stats.beta.isf(alpha / 2, a + 1, b) if b else 1.0
    odds = [limit / (1 - limit) * time_b / time_a if limit < 1 else np.inf for limit in (low, high)]
    assert rate_ratio(a, time_a, b, time_b, z) == pytest.approx(odds, rel=RELATIVE)


def test_the_ratio_of_two_rates_equals_r():
    # R 4.2.2: poisson.test(c(11, 6 + 8 + 7), c(800, 1083 + 1050 + 878))$conf.int, the example of its help page
    lower, upper = rate_ratio(11, 800, 21, 3011)
    assert (lower, upper) == pytest.approx((0.85842640339164, 4.27726594365407), rel=1e-12)


def test_the_ratio_of_two_rates_without_events_or_time_says_nothing():
    assert rate_ratio(0, 10, 0, 10) == (0, float("inf"))
    assert rate_ratio(5, 10, 0, 10)[1] == float("inf")
    assert not excludes(rate_ratio(1, 0, 1, 10), 1)


def test_intervals_overlap_unless_one_lies_beyond_the_other():
    assert overlap((1, 2), (2, 3))
    assert not overlap((1, 2), (2.1, 3))
    assert overlap((float("nan"), float("nan")), (1, 2))
