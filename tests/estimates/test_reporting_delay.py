"""How late records come, from data that do not hold the late ones yet: drawn by hand, by rows, and against a cohort."""

import numpy as np
import pytest

from dashboard.measures.estimates.reporting_delay import arrived_by


def counted(pairs, longest):
    """Count (delay, age) pairs as the estimator wants them."""
    delays, ages = zip(*pairs, strict=True)
    return np.bincount(delays, minlength=longest + 1), np.bincount(np.minimum(ages, longest), minlength=longest + 1)


def by_rows(pairs, longest):
    """F(d) the slow way: for every later delay s, the part with exactly s of all who could be seen with s or less."""
    share = []
    for day in range(longest + 1):
        product = 1.0
        for s in range(day + 1, longest + 1):
            seen = [delay for delay, age in pairs if delay <= s <= age]
            product *= 1 - seen.count(s) / len(seen) if seen else 1
        share.append(product)
    return share


def test_without_recent_records_it_is_the_plain_share():
    old = [(delay, 100) for delay in (0, 0, 0, 1, 1, 2, 2, 2, 5, 9)]
    assert arrived_by(*counted(old, 10)) == pytest.approx([0.3, 0.5, 0.8, 0.8, 0.8, 0.9, 0.9, 0.9, 0.9, 1, 1])


def test_what_is_not_in_yet_is_allowed_for():
    """Every day half of two records come at once and half a day later; of today only the first is here."""
    pairs = [(0, 0), (0, 1), (1, 1), (0, 2), (1, 2), (0, 3), (1, 3)]
    assert arrived_by(*counted(pairs, 3)) == pytest.approx([0.5, 1, 1, 1])
    assert np.mean([delay == 0 for delay, _ in pairs]) > 0.5  # the plain share is too high


def test_it_agrees_with_the_rows_and_with_what_came_in_the_end():
    random = np.random.default_rng(7)
    days, delays = random.integers(0, 200, 4000), np.minimum(random.negative_binomial(1, 0.08, 4000), 60)
    known = [(int(delay), int(age)) for delay, age in zip(delays, days, strict=True) if delay <= age]
    found = arrived_by(*counted(known, 60))
    assert found[::6] == pytest.approx(by_rows(known, 60)[::6])
    assert found == pytest.approx([np.mean(delays <= day) for day in range(61)], abs=0.03)


def test_no_record_at_all_hides_nothing():
    assert arrived_by(np.zeros(4), np.zeros(4)).tolist() == [1, 1, 1, 1]
    with pytest.raises(ValueError, match="negative"):
        arrived_by([-1, 0], [0, 0])
