"""Reliability and assurance: tables of cases."""

import numpy as np
import pytest

from dashboard.measures.estimates.assurance import assurance, standing
from dashboard.measures.estimates.poisson import rate
from dashboard.measures.estimates.reliability import rate_is_reliable, share_is_reliable
from dashboard.measures.estimates.wilson import wilson

NAN = float("nan")


@pytest.mark.parametrize(
    ("events", "widening", "reliable"),
    [(9, 1.0, False), (10, 1.0, True), (10, 1.4, False), (40, 1.4, True), (0, 1.0, False)],
)
def test_a_rate_needs_ten_events_and_limits_within_160_percent(events, widening, reliable):
    assert bool(rate_is_reliable(events, *rate(events, 412.5, widening=widening))) is reliable


def test_a_stricter_number_of_events_wins():
    limits = rate([10, 20], 412.5)
    assert rate_is_reliable([10, 20], *limits, fewest=20).tolist() == [False, True]


def test_without_time_a_rate_is_not_reliable():
    assert not rate_is_reliable(0, *rate(0, 0))


@pytest.mark.parametrize(
    ("x", "n", "reliable"),
    [(14, 29, False), (15, 30, False), (1, 30, True), (21, 42, True), (20, 40, True), (19, 38, False), (0, 0, False)],
)
def test_a_share_needs_thirty_people_and_limits_within_30_points(x, n, reliable):
    _, lower, upper = wilson(x, n)
    assert bool(share_is_reliable(n, lower, upper)) is reliable


def test_a_share_without_limits_needs_thirty_only():
    assert share_is_reliable([29, 30], np.nan, np.nan).tolist() == [False, True]


@pytest.mark.parametrize(
    ("target", "basis", "higher", "word"),
    [
        (35, 12, True, "meets"),
        (65, 12, True, "misses"),
        (35, 12, False, "misses"),
        (65, 12, False, "meets"),
        (50, 12, True, "hit or miss"),
        (40, 12, True, "hit or miss"),  # on a limit
        (60, 12, False, "hit or miss"),
        (35, 11, True, ""),
        (NAN, 12, True, ""),
    ],
)
def test_a_target_against_the_limits_of_the_process(target, basis, higher, word):
    assert assurance(target, 40.0, 60.0, basis, higher_is_better=higher) == word


def test_without_limits_there_is_no_assurance():
    assert assurance(50, NAN, NAN, 24, higher_is_better=True) == ""
    assert assurance(50, NAN, 60, 24, higher_is_better=True) == ""


@pytest.mark.parametrize(
    ("lower", "upper", "higher", "word"),
    [
        (0.51, 0.60, True, "meets"),
        (0.40, 0.49, True, "below"),
        (0.40, 0.49, False, "meets"),
        (0.51, 0.60, False, "below"),
        (0.40, 0.60, True, "not distinguishable"),
        (0.50, 0.60, True, "not distinguishable"),
        (NAN, NAN, True, "not distinguishable"),
    ],
)
def test_a_target_against_the_interval_of_a_value(lower, upper, higher, word):
    assert standing(0.50, lower, upper, higher_is_better=higher) == word
