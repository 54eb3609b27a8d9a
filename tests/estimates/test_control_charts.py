"""XmR, P′, U′, P, U, t- and g-charts: Montgomery's examples, the NHS package's figures, loops and the edges."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from slow_counts import RELATIVE, budget

from dashboard.measures.estimates.laney import p_chart, p_prime, u_chart, u_prime
from dashboard.measures.estimates.rare_events import g_chart, t_chart
from dashboard.measures.estimates.xmr import xmr

# Montgomery, Introduction to Statistical Quality Control, 7th ed.
MORTGAGE_COSTS = [310, 288, 297, 298, 307, 303, 294, 297, 308, 306, 294, 299, 297, 299, 314, 295, 293, 306, 301, 304]
ORANGE_JUICE = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13]
ORANGE_JUICE += [9, 6]
SHIPMENT_ERRORS = [2, 3, 8, 1, 1, 4, 1, 4, 5, 1, 8, 2, 4, 3, 4, 1, 8, 3, 7, 4]
VALVE_HOURS = [286, 948, 536, 124, 816, 729, 4, 143, 431, 8, 2837, 596, 81, 227, 603, 492, 1199, 1214, 2831, 96]


def lines(chart, *index):
    return [float(line[index or 0]) for line in (chart.center, chart.lower, chart.upper)]


def test_individual_values_of_montgomerys_example_6_5():
    assert lines(xmr(MORTGAGE_COSTS)) == pytest.approx([300.5, 279.78, 321.22], abs=5e-3)


def test_shares_of_montgomerys_example_7_1():
    assert lines(p_chart(ORANGE_JUICE, [50] * 30)) == pytest.approx([0.2313, 0.0524, 0.4102], abs=6e-5)


def test_rates_of_montgomerys_example_7_4():
    chart = u_chart(SHIPMENT_ERRORS, [50] * 20)
    assert lines(chart) == pytest.approx([0.0740, 0.0, 0.1894], abs=6e-5)


def test_hours_between_valve_failures_of_montgomerys_example_7_6():
    """Table 7.14 prints the hours raised to 0.2777, which is 1/3.6 cut short."""
    printed = [4.80986, 6.70903, 5.72650, 3.81367, 6.43541, 6.23705, 1.46958, 3.96768, 5.39007, 1.78151, 9.09619]
    printed += [5.89774, 3.38833, 4.51095, 5.91690, 5.59189, 7.16124, 7.18601, 9.09083, 3.55203]
    chart, individual = t_chart(VALVE_HOURS), xmr(printed)
    assert chart.value**0.2777 == pytest.approx(printed, abs=2e-5)
    assert individual.lower[0] < 0
    assert lines(chart) == pytest.approx([individual.center[0] ** 3.6, 0, individual.upper[0] ** 3.6], rel=5e-3)


def test_limits_are_those_of_the_nhs_package():
    """NHSRplotthedots 0.2, tests/testthat/_snaps/ptd_spc_standard.md: set.seed(123); rnorm(20)."""
    values = [-0.56047564655, -0.23017748948, 1.55870831415, 0.07050839142, 0.12928773516, 1.71506498688]
    values += [0.46091620594, -1.26506123461, -0.68685285130, -0.44566197006, 1.22408179744, 0.35981382680]
    values += [0.40077145059, 0.11068271594, -0.55584113476, 1.78691313680, 0.49785047823, -1.96661715662]
    values += [0.70135590156, -0.47279140773]
    assert lines(xmr(values)) == pytest.approx([0.142, -3.01, 3.29], abs=5e-3)


finite = st.floats(-1e3, 1e3, allow_nan=False, allow_subnormal=False)
with_gaps = st.lists(st.one_of(finite, st.just(float("nan"))), min_size=1, max_size=40)


@budget
@given(with_gaps, st.sampled_from([None, 12]), st.integers(0, 40))
def test_individual_values_equal_a_loop(values, baseline, change):
    """Phases are judged apart, a gap has no range, and a baseline is the first points of each phase."""
    phase = [int(index >= change) for index in range(len(values))]
    chart = xmr(values, phase=phase, baseline=baseline)
    for number in set(phase):
        where = [i for i in range(len(values)) if phase[i] == number]
        used = [i for i in where if not np.isnan(values[i])][:baseline]
        ranges = [abs(values[i] - values[i - 1]) for i in used if i - 1 in used]
        for i in where:
            assert chart.basis[i] == len(used)
            assert chart.trial[i] == (len(used) < 12)
            if len(used) < 6:
                assert np.isnan([chart.center[i], chart.lower[i], chart.upper[i]]).all()
                continue
            mean = sum(values[j] for j in used) / len(used)
            assert chart.center[i] == pytest.approx(mean, rel=RELATIVE, abs=1e-9)
            if not sum(ranges):
                assert np.isnan([chart.lower[i], chart.upper[i], chart.near_lower[i], chart.near_upper[i]]).all()
                continue
            distance = 2.66 * sum(ranges) / len(ranges)
            found = [chart.lower[i], chart.near_lower[i], chart.near_upper[i], chart.upper[i]]
            wanted = [mean + k * distance for k in (-1, -2 / 3, 2 / 3, 1)]
            assert found == pytest.approx(wanted, rel=RELATIVE, abs=1e-9)


months = st.lists(
    st.integers(0, 90).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=40
)


@budget
@given(months, st.booleans(), st.booleans())
def test_shares_and_rates_with_varying_denominators_equal_a_loop(counts, rates, laney):
    x, n = (list(column) for column in zip(*counts, strict=True))
    charts = {(False, False): p_chart, (False, True): p_prime, (True, False): u_chart, (True, True): u_prime}
    chart = charts[rates, laney](x, n)
    used = [i for i in range(len(n)) if n[i]]
    assert np.isnan(chart.value[[i for i in range(len(n)) if not n[i]]]).all()
    if len(used) < 6:
        assert np.isnan([chart.center, chart.upper]).all()
        return
    mean = sum(x) / sum(n)
    own = {i: ((mean if rates else mean * (1 - mean)) / n[i]) ** 0.5 for i in used}
    factor = 1.0
    if laney and all(own.values()):
        z = {i: (x[i] / n[i] - mean) / own[i] for i in used}
        ranges = [abs(z[i] - z[i - 1]) for i in used if i - 1 in used]
        factor = sum(ranges) / len(ranges) / 1.128 if ranges else 0.0
    for i in used:
        assert chart.center[i] == pytest.approx(mean, rel=RELATIVE)
        distance = 3 * own[i] * factor
        if distance == 0:
            assert np.isnan([chart.lower[i], chart.upper[i]]).all()
        else:
            highest = np.inf if rates else 1.0
            found = [chart.lower[i], chart.upper[i], chart.near_upper[i]]
            wanted = [max(0, mean - distance), min(highest, mean + distance), min(highest, mean + 2 / 3 * distance)]
            assert found == pytest.approx(wanted, rel=RELATIVE, abs=1e-12)


def test_a_rate_per_hundred_has_the_limits_of_the_rate_times_a_hundred():
    months_of_time = np.linspace(20, 90, 20)
    for chart in (u_chart, u_prime):
        one, hundred = chart(SHIPMENT_ERRORS, months_of_time), chart(SHIPMENT_ERRORS, months_of_time, per=100)
        for line in ("value", "center", "lower", "upper", "near_lower", "near_upper"):
            assert getattr(hundred, line) == pytest.approx(100 * getattr(one, line), rel=1e-12)


def test_equal_denominators_without_excess_variation_give_nearly_the_plain_chart():
    """Laney 2002: P′ goes over into P where the values vary as binomial ones do."""
    rng = np.random.default_rng(8)
    x = rng.binomial(200, 0.3, size=(200, 60))
    n = np.full_like(x, 200)
    ratio = (p_prime(x, n).upper - p_prime(x, n).center) / (p_chart(x, n).upper - p_chart(x, n).center)
    assert float(ratio.mean()) == pytest.approx(1, abs=0.02)


@budget
@given(st.lists(st.integers(0, 3_000), min_size=1, max_size=40))
def test_days_between_equal_a_loop(gaps):
    chart = t_chart(gaps)
    y = [(g or 0.5) ** (1 / 3.6) for g in gaps]
    assert chart.value.tolist() == [g or 0.5 for g in gaps]
    ranges = [abs(a - b) for a, b in zip(y[1:], y, strict=False)]
    if len(y) < 6 or not sum(ranges):
        assert np.isnan(chart.upper).all()
        return
    mean, distance = sum(y) / len(y), 2.66 * sum(ranges) / len(ranges)
    assert lines(chart) == pytest.approx(
        [mean**3.6, max(0, mean - distance) ** 3.6, (mean + distance) ** 3.6], rel=RELATIVE, abs=1e-12
    )


@budget
@given(st.lists(st.integers(0, 500), min_size=6, max_size=40))
def test_units_between_have_the_quantiles_of_scipys_geometric_distribution(units):
    chart = g_chart(units)
    mean = sum(units) / len(units)
    if mean == 0:
        assert np.isnan([chart.center, chart.upper]).all()
        return
    between = stats.geom(1 / (mean + 1), loc=-1)
    wanted = [between.ppf(stats.norm.cdf(k)) for k in (0, -3, 3, -2, 2)]
    found = [chart.center, chart.lower, chart.upper, chart.near_lower, chart.near_upper]
    # Where a probability meets a tail exactly, rounding may take the next unit.
    assert [float(line[0]) for line in found] == pytest.approx(wanted, abs=1 if mean < 0.1 else 1e-9)


def test_many_series_at_once_are_each_what_they_are_alone():
    rng = np.random.default_rng(2)
    x = rng.integers(0, 40, size=(4, 3, 30))
    n = x + rng.integers(0, 60, size=x.shape)
    phase = [0] * 14 + [1] * 16
    y = np.where(n > 0, x / np.maximum(n, 1), np.nan)
    pairs = [
        (lambda i: xmr(y[i], phase=phase, baseline=12), xmr(y, phase=phase, baseline=12)),
        (lambda i: p_prime(x[i], n[i], phase=phase), p_prime(x, n, phase=phase)),
        (lambda i: u_prime(x[i], n[i], phase=phase), u_prime(x, n, phase=phase)),
        (lambda i: t_chart(x[i], phase=phase), t_chart(x, phase=phase)),
        (lambda i: g_chart(x[i], phase=phase), g_chart(x, phase=phase)),
    ]
    for alone, together in pairs:
        for i in np.ndindex(4, 3):
            for line in ("value", "center", "lower", "upper", "near_lower", "near_upper", "basis"):
                np.testing.assert_allclose(getattr(together, line)[i], getattr(alone(i), line), rtol=1e-12)


@pytest.mark.parametrize("values", [[], [4.0], [float("nan")] * 8, [2.0] * 14])
def test_series_that_say_nothing_have_no_limits(values):
    chart = xmr(values)
    assert np.isnan([chart.lower, chart.upper]).all()
    assert chart.value.shape == (len(values),)


def test_denominators_of_zero_and_shares_of_none_or_all_have_no_limits():
    for x in ([0] * 12, [9] * 12):
        chart = p_prime(x, [9] * 12)
        assert np.isnan([chart.lower, chart.upper]).all()
        assert chart.center.tolist() == [x[0] / 9] * 12
    nothing = u_prime([0] * 12, [0] * 12)
    assert np.isnan([nothing.value, nothing.center, nothing.upper]).all()


@pytest.mark.parametrize("phase", [[0, 1], [1, 0, 0]])
def test_phases_that_do_not_fit_are_refused(phase):
    with pytest.raises(ValueError, match="phases"):
        xmr([1, 2, 3], phase=phase)


def test_negative_numbers_are_refused():
    for chart in (lambda: p_prime([-1], [2]), lambda: u_prime([1], [-2]), lambda: t_chart([-1]), lambda: g_chart([-1])):
        with pytest.raises(ValueError, match="negative"):
            chart()
