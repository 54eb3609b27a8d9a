"""Aalen-Johansen and the log-rank test: against statsmodels, R (etm, survival) and the edges."""

import warnings

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from published_survival import AML, LUNG
from slow_counts import RELATIVE, budget, life_table, on_time, people, people_on_time
from statsmodels.duration.survfunc import CumIncidenceRight, survdiff

from dashboard.measures.estimates.aalen_johansen import aalen_johansen
from dashboard.measures.estimates.kaplan_meier import kaplan_meier
from dashboard.measures.estimates.log_rank import log_rank, on_common_days

# measures.md 8.2, G = 90: 1 completed, 2 left, 3 died
EXAMPLE = [(178, 0), (0, 2), (41, 2), (46, 2), (74, 1), (84, 2), (115, 0), (87, 3), (59, 0)]


def test_the_worked_example_has_the_variances_and_limits_of_r():
    # summary(etmCIF(Surv(entry, time, cause != 0) ~ 1, d, etype = cause)), etm 1.1.1, entry = −1
    days, at_risk, exits = life_table([(-1, *person) for person in EXAMPLE])
    found = aalen_johansen(days, at_risk, exits)
    on = {int(day): index for index, day in enumerate(found.day)}
    at = [on[day] for day in (0, 41, 46, 84)]
    assert found.value[1, at] == pytest.approx([1 / 9, 2 / 9, 3 / 9, 0.466666666667])
    left = [0.0109739368999, 0.0192043895748, 0.0246913580247, 0.0300246913580]
    assert found.variance[1, at] == pytest.approx(left, rel=1e-11)
    assert found.lower[1, at] == pytest.approx(
        [0.0164359714744, 0.0607035575134, 0.1216932423686, 0.2040874817085], rel=1e-11
    )
    assert found.upper[1, at] == pytest.approx(
        [0.567034909774, 0.635248768835, 0.718317757778, 0.822908612530], rel=1e-11
    )
    for reason, day in ((0, 74), (2, 87)):
        assert found.value[reason, on[day]] == pytest.approx(2 / 15)
        assert found.variance[reason, on[day]] == pytest.approx(0.0152098765432, rel=1e-11)
        assert found.lower[reason, on[day]] == pytest.approx(0.0201732116954, rel=1e-11)
        assert found.upper[reason, on[day]] == pytest.approx(0.633892216948, rel=1e-11)
    assert found.value[:, on[87]].sum() == pytest.approx(1 - 0.2667, abs=5e-5)


@budget
@given(people_on_time)
def test_shares_by_reason_and_their_errors_equal_statsmodels(observed):
    _, duration, reason = (np.array(column) for column in zip(*observed, strict=True))
    assume(reason.max() > 0)
    with warnings.catch_warnings(action="ignore"):  # statsmodels takes roots of a zero that rounded below 0
        other = CumIncidenceRight(duration, reason)
    found = aalen_johansen(*life_table(observed))
    index = np.searchsorted(found.day, other.times)
    some_stay = found.value.sum(axis=0)[index] < 1 - 1e-9  # statsmodels has no error where everyone left
    for k in range(1, reason.max() + 1):
        assert found.value[k - 1, index] == pytest.approx(other.cinc[k - 1], rel=RELATIVE, abs=1e-12)
        error = np.nan_to_num(other.cinc_se[k - 1])[some_stay]
        assert found.variance[k - 1, index][some_stay] == pytest.approx(error**2, rel=RELATIVE, abs=1e-12)


@budget
@given(people)
def test_with_late_entry_the_variance_equals_a_double_loop(observed):
    """Σ (F(t) − F(u))²·d/(n(n − d)) + S²·d_k(n − d_k)/n³ − 2(F(t) − F(u))·S·d_k/n², over days u ≤ t."""
    days, at_risk, exits = life_table(observed)
    found = aalen_johansen(days, at_risk, exits)
    value = kaplan_meier(days, at_risk, exits, longest=days[-1]).value
    before = [1.0, *value[:-1]]
    for k in range(3):
        for t in range(len(days)):
            total = 0.0
            for u in range(t + 1):
                n, d, d_k, ahead = at_risk[u], sum(e[u] for e in exits), exits[k][u], found.value[k, t]
                ahead = ahead - found.value[k, u]
                if n > d:
                    total += ahead**2 * d / (n * (n - d))
                if n:
                    total += before[u] ** 2 * d_k * (n - d_k) / n**3 - 2 * ahead * before[u] * d_k / n**2
            assert found.variance[k, t] == pytest.approx(total, rel=RELATIVE, abs=1e-13)


@budget
@given(people)
def test_with_one_reason_the_limits_are_those_of_the_curve(observed):
    table = life_table([(entry, duration, min(reason, 1)) for entry, duration, reason in observed], (1,))
    curve, found = kaplan_meier(*table, longest=table[0][-1]), aalen_johansen(*table)
    assert found.value[0] == pytest.approx(1 - curve.value, abs=1e-12)
    assert found.lower[0] == pytest.approx(1 - curve.upper, rel=1e-7, nan_ok=True)
    assert found.upper[0] == pytest.approx(1 - curve.lower, rel=1e-7, nan_ok=True)


def test_shares_by_reason_at_the_edges():
    empty = aalen_johansen([], [], np.empty((2, 0)))
    assert empty.value.shape == empty.lower.shape == (2, 0)
    everyone = aalen_johansen([0], [4], [[1], [3]])
    assert everyone.value[:, 0].tolist() == [0.25, 0.75]
    nobody = aalen_johansen([3, 5], [2, 1], [[0, 0]])
    assert nobody.value.tolist() == nobody.variance.tolist() == [[0, 0]]
    assert np.isnan([nobody.lower, nobody.upper]).all()


def test_the_log_rank_test_of_aml_and_lung_is_what_r_publishes():
    # survdiff(Surv(time, status) ~ x, aml)$chisq; … ~ sex, lung
    _, at_risk, exits = on_common_days(list(AML.values()))
    assert log_rank(at_risk, exits).statistic == pytest.approx(3.39638869898, rel=1e-11)
    _, at_risk, exits = on_common_days([LUNG["men"], LUNG["women"]])
    found = log_rank(at_risk, exits)
    assert found[:3] == pytest.approx((10.3267419549, 1, 0.00131116), rel=1e-5)
    assert found.statistic == pytest.approx(10.3267419549, rel=1e-11)
    assert found.expected == pytest.approx([91.5817390296, 73.4182609704], rel=1e-11)
    assert found.observed.tolist() == [112, 53]
    assert found.enough


groups = st.lists(st.lists(on_time, min_size=1, max_size=30), min_size=2, max_size=5)


@budget
@given(groups)
def test_the_log_rank_test_of_several_groups_equals_statsmodels(several):
    _, at_risk, exits = on_common_days([compared(group) for group in several])
    rows = [(duration, reason > 0, g) for g, group in enumerate(several) for _, duration, reason in group]
    duration, left, group = (np.array(column) for column in zip(*rows, strict=True))
    found = log_rank(at_risk, exits)
    assume(found.degrees == len(several) - 1)  # statsmodels cannot invert otherwise
    assert found[0:3:2] == pytest.approx(survdiff(duration, left, group), rel=RELATIVE, abs=1e-9)


@budget
@given(st.lists(st.lists(st.one_of(on_time), min_size=1, max_size=20), min_size=2, max_size=4), people)
def test_life_tables_on_common_days_are_counted_on_them(several, late):
    several = [*several, late]
    days, at_risk, exits = on_common_days([compared(group) for group in several])
    for group, risk, left in zip(several, at_risk, exits, strict=True):
        assert risk.tolist() == [sum(entry < day <= duration for entry, duration, _ in group) for day in days]
        assert left.tolist() == [sum(duration == day and reason > 0 for _, duration, reason in group) for day in days]


def compared(group):
    day, at_risk, exits = life_table(group)
    return day, at_risk, np.sum(exits, axis=0)


def test_what_cannot_be_compared_has_no_p_value():
    alone = log_rank([[3, 2, 1]], [[1, 1, 1]])
    assert np.isnan([alone.statistic, alone.p_value]).all()
    assert not alone.enough
    nobody_leaves = log_rank([[3, 2], [4, 1]], [[0, 0], [0, 0]])
    assert np.isnan([nobody_leaves.statistic, nobody_leaves.p_value]).all()
    never_together = log_rank([[3, 0], [0, 4]], [[1, 0], [0, 2]])
    assert np.isnan(never_together.p_value)
    empty = log_rank(*on_common_days([])[1:])
    assert np.isnan(empty.p_value)
    assert not empty.enough


def test_a_group_with_fewer_than_ten_exits_is_not_enough():
    assert log_rank([[50], [50]], [[10], [10]]).enough
    assert not log_rank([[50], [50]], [[10], [9]]).enough


def test_groups_of_other_shapes_are_refused():
    with pytest.raises(ValueError, match="one row per group"):
        log_rank([[3, 2]], [[1]])
