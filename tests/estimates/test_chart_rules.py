"""The four rules: one drawn series per rule, and a plain loop over random series."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from slow_counts import budget

from dashboard.measures.estimates.control_chart import Chart
from dashboard.measures.estimates.laney import p_prime
from dashboard.measures.estimates.rules import signals
from dashboard.measures.estimates.xmr import xmr


def chart(values, phase=None):
    """A chart whose center is 0, near limits ∓2 and limits ∓3."""
    y = np.array(values, dtype=float)
    line = np.ones_like(y)
    number = np.zeros(y.size, dtype=int) if phase is None else np.array(phase)
    return Chart(y, 0 * line, -3 * line, 3 * line, -2 * line, 2 * line, 12 * line, number)


def drawn(values, phase=None):
    """Write each point's signal as a letter: o, t, n (near), s; capitals for high or rising; . for none."""
    found = signals(chart(values, phase))
    letters = {"": ".", "outside": "o", "trend": "t", "2-of-3": "n", "shift": "s"}
    return "".join(
        letters[rule].upper() if side > 0 else letters[rule] for rule, side in zip(found.rule, found.side, strict=True)
    )


NAN = float("nan")
UP = [-1, -0.5, -0.2, 0.1, 0.4, 0.8, 1.2]


@pytest.mark.parametrize(
    ("values", "letters"),
    [
        ([1, -1, 4, 0, -4], "..O.o"),
        ([1, -1, 3, 0, -3], "....."),  # on the limit is inside
        ([1] * 7, "SSSSSSS"),
        ([-1] * 8, "ssssssss"),
        ([1] * 6, "......"),
        ([1, 1, 1, 0, 1, 1, 1, 1], "........"),  # a point on the center breaks the run
        (UP, "TTTTTTT"),
        (UP[::-1], "ttttttt"),
        (UP[:6], "......"),
        ([-1, -0.5, -0.2, -0.2, 0.1, 0.4, 0.8, 1.2], "........"),  # equal values break the trend
        ([0, 2.5, 0.5, 2.5, 0], ".N.N."),
        ([0, 2.5, -0.5, 2.5, 0], "....."),  # not all three on one side
        ([0, 2.5, -2.5, 0.5], "...."),
        ([0.5, 2.5, 2.5, 0.5], ".NN."),
        ([0.5, 2.5, 4, 0.5], "..O."),  # a point outside is not one of the two
        ([0.5, 2.5, 4, 2.5, 0.5], ".NON."),
        ([1, 1, 1, 1, 2.5, 1, 2.5], "SSSSNSN"),  # 2-of-3 goes before shift
        ([0.1, 0.2, 0.3, 0.4, 0.5, 2.2, 2.6], "TTTTTTT"),  # trend goes before 2-of-3 and shift
        ([0.1, 0.2, 0.3, 0.4, 0.5, 2.2, 3.6], "TTTTTTO"),  # outside goes before trend
        ([1, 1, 1, NAN, 1, 1, 1, 1], "........"),  # runs end at a gap
        ([2.5, NAN, 2.5, 1], "...."),
        ([], ""),
        ([5], "O"),
    ],
)
def test_one_series_per_rule(values, letters):
    assert drawn(values) == letters


def test_runs_end_where_a_phase_begins():
    assert drawn([1] * 8, [0] * 4 + [1] * 4) == "." * 8
    assert drawn([1] * 8, [0] * 1 + [1] * 7) == ".SSSSSSS"
    assert drawn(UP, [0] * 3 + [1] * 4) == "." * 7
    assert drawn([2.5, 2.5, 1], [0, 1, 1]) == "..."


def test_without_limits_there_are_no_signals():
    same = xmr([3.0] * 20)
    assert (signals(same).rule == "").all()
    assert (signals(same).side == 0).all()
    few = xmr([1, 2, 3, 4, 5])
    assert (signals(few).rule == "").all()


def test_rounding_does_not_put_a_point_beside_the_center():
    """Every third point is the mean, up to the last bit; a run of seven never forms."""
    y = [0.1, 0.2, 0.3] * 8
    assert (signals(xmr(y)).rule == "").all()


def test_limits_on_trial_are_judged_and_say_so():
    eleven = xmr([1.0, 2, 1, 2, 1, 2, 1, 2, 1, 2, 50])
    assert signals(eleven).rule[-1] == "outside"
    assert eleven.trial.all()


def test_varying_limits_are_judged_point_by_point():
    x, n = [5] * 11 + [30], [50] * 11 + [60]
    wide = p_prime(x, n)
    assert signals(wide).rule[-1] == "outside"
    assert signals(wide).side[-1] == 1


def by_hand(y, phase):
    """The rules as they are written, point by point."""
    size = len(y)
    side = [0 if np.isnan(v) else int(np.sign(v)) for v in y]
    outside = [abs(v) > 3 for v in y]
    close = [2 < abs(v) <= 3 for v in y]
    shift, rise, fall, near = (set() for _ in range(4))
    for i in range(size):
        run = range(i, i + 7)
        if i + 7 <= size and phase[i] == phase[i + 6]:
            if abs(sum(side[j] for j in run)) == 7:
                shift |= set(run)
            for found, way in ((rise, 1), (fall, -1)):
                if all((y[j + 1] - y[j]) * way > 0 for j in run[:-1]):
                    found |= set(run)
        three = range(i, i + 3)
        if i + 3 <= size and phase[i] == phase[i + 2] and abs(sum(side[j] for j in three)) == 3:
            flagged = {j for j in three if close[j]}
            near |= flagged if len(flagged) >= 2 else set()
    rules = []
    for i in range(size):
        if outside[i]:
            rules.append(("outside", side[i]))
        elif i in rise or i in fall:
            rules.append(("trend", 1 if i in rise else -1))
        elif i in near:
            rules.append(("2-of-3", side[i]))
        elif i in shift:
            rules.append(("shift", side[i]))
        else:
            rules.append(("", 0))
    return rules


levels = st.sampled_from([-4, -3, -2.5, -2.2, -2, -1, -0.5, 0, 0.3, 0.5, 1, 2, 2.2, 2.5, 3, 4, NAN])
steady = st.integers(0, 3).flatmap(
    lambda kind: (
        st.lists(levels, max_size=12)
        if kind == 0
        else st.lists(st.floats(0.1, 2.9), max_size=10)
        if kind == 1
        else st.lists(st.floats(-2.9, 2.9), max_size=9).map(sorted)
        if kind == 2
        else st.lists(st.floats(-2.9, 2.9), max_size=9).map(lambda v: sorted(v, reverse=True))
    )
)
series = st.lists(steady, max_size=4).map(lambda parts: [round(value, 3) for part in parts for value in part])


@budget
@given(series, st.integers(0, 30))
def test_the_rules_equal_a_loop(y, change):
    phase = [int(i >= change) for i in range(len(y))]
    found = signals(chart(y, phase))
    assert list(zip(found.rule.tolist(), found.side.tolist(), strict=True)) == by_hand(y, phase)


def test_many_series_are_judged_each_on_its_own():
    rng = np.random.default_rng(5)
    values = rng.normal(size=(6, 5, 40)).cumsum(axis=-1)
    together = signals(xmr(values))
    for i in np.ndindex(6, 5):
        alone = signals(xmr(values[i]))
        assert together.rule[i].tolist() == alone.rule.tolist()
        assert together.side[i].tolist() == alone.side.tolist()
