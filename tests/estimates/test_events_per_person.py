"""The mean cumulative function: against a slow loop, R's robust variance, Nelson's data and the edges."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from slow_counts import RELATIVE, budget

from dashboard.measures.estimates.mean_cumulative import mean_cumulative

observations = st.one_of(st.tuples(st.just(-1), st.integers(0, 20)), st.tuples(st.integers(-1, 8), st.integers(9, 30)))


@st.composite
def programs(draw):
    """People with their time under observation, and events inside it: (entry, exit, person, day)."""
    people = draw(st.lists(observations, min_size=1, max_size=25))
    person, day = [], []
    for index, (entry, last) in enumerate(people):
        events = draw(st.lists(st.integers(entry + 1, last), max_size=4))
        person += [index] * len(events)
        day += events
    entry, last = zip(*people, strict=True)
    return entry, last, person, day


def by_hand(entry, last, person, day):
    """Nelson's estimate and Lawless and Nadeau's variance as they are written, one person after the other."""
    days = sorted(set(day))
    value, phi, found = 0.0, [0.0] * len(entry), []
    for u in days:
        at_risk = [i for i in range(len(entry)) if entry[i] < u <= last[i]]
        of_day = [sum(p == i and d == u for p, d in zip(person, day, strict=True)) for i in range(len(entry))]
        mean = sum(of_day) / len(at_risk)
        value += mean
        for i in at_risk:
            phi[i] += (of_day[i] - mean) / len(at_risk)
        found.append((u, len(at_risk), sum(of_day), value, sum(p * p for p in phi)))
    return np.array(found).reshape(-1, 5).T


@budget
@given(programs())
def test_value_and_variance_equal_a_loop_over_people(program):
    found = mean_cumulative(*program)
    day, at_risk, events, value, variance = by_hand(*program)
    assert found.day.tolist() == day.tolist()
    assert found.at_risk.tolist() == at_risk.tolist()
    assert found.events.tolist() == events.tolist()
    assert found.value == pytest.approx(value, rel=RELATIVE)
    assert found.variance == pytest.approx(variance, rel=RELATIVE, abs=1e-12)
    known = found.variance > 0
    width = 1.959963984540054 * np.sqrt(found.variance[known]) / found.value[known]
    assert found.lower[known] == pytest.approx(found.value[known] * np.exp(-width))
    assert found.upper[known] == pytest.approx(found.value[known] * np.exp(width))
    assert np.isnan(found.lower[~known]).all()


# Replacement of valve seats in 41 diesel engines (Nelson 1995; `valveSeat` of R's survival): days of follow-up
# and of replacements. R cannot hold two replacements of an engine on one day; engines 328 and 402 keep one here.
ENGINES = """
761: | 759: | 667: 98 | 667: 326 653 | 665: | 667: 84 | 663: 87 | 653: 646 | 653: 92 | 651: | 650: 258 328 377 621
648: 61 539 | 644: 254 276 298 640 | 642: 76 538 | 641: 635 | 649: 349 404 561 | 631: | 596: | 614: 120 479
582: 323 449 | 589: 139 | 593: | 589: 573 | 606: 165 408 604 | 594: 249 | 613: 344 497 | 595: 265 586
389: 166 206 348 | 601: | 601: 410 581 | 611: | 608: | 587: | 603: 367 | 585: 202 563 570 | 587: | 578: | 578:
586: | 585: | 582:
"""


def engines(text=ENGINES):
    rows = [row.split(":") for line in text.strip().splitlines() for row in line.split("|")]
    last = [int(row[0]) for row in rows]
    events = [(engine, int(day)) for engine, row in enumerate(rows) for day in row[1].split()]
    person, day = zip(*events, strict=True)
    return [0] * len(last), last, person, day


def test_nelsons_valve_seats_have_the_robust_error_of_r():
    # survfit(Surv(t1, time, status) ~ 1, valveSeat, id = id): cumhaz and std.chaz, R 4.2.2, survival 3.5-3
    entry, last, person, day = engines()
    assert (len(last), len(day)) == (41, 46)
    found = mean_cumulative(entry, last, person, day)
    of_r = {
        61: (0.0243902439024, 0.0240909657719),
        206: (0.2926829268293, 0.0789875135203),
        328: (0.5121951219512, 0.1097395717614),
        404: (0.6591463414634, 0.1322657639013),
        586: (0.9898738956430, 0.1721860265593),
        621: (1.0941519705093, 0.2061155592387),
        653: (1.4071861585435, 0.2512454928788),
    }
    for when, (value, error) in of_r.items():
        (index,) = np.flatnonzero(found.day == when)
        assert found.value[index] == pytest.approx(value, rel=1e-11)
        assert found.variance[index] ** 0.5 == pytest.approx(error, rel=1e-10)


def test_two_events_of_one_person_on_one_day_both_count():
    found = mean_cumulative([-1, -1], [10, 10], [0, 0], [4, 4])
    assert (found.value.tolist(), found.events.tolist(), found.at_risk.tolist()) == ([1.0], [2.0], [2.0])
    assert found.variance[0] == pytest.approx(2 * 0.5**2)


def test_one_person_says_nothing_about_others():
    found = mean_cumulative([-1], [10], [0], [4])
    assert found.value.tolist() == [1.0]
    assert found.variance.tolist() == [0.0]
    assert np.isnan([found.lower, found.upper]).all()


def test_without_events_or_people_there_is_no_step():
    for entry, last in (([-1, -1], [5, 9]), ([], [])):
        found = mean_cumulative(entry, last, [], [])
        assert found.day.size == found.value.size == found.lower.size == 0
        assert found.longest == max(last, default=0)


def test_events_on_day_0_and_on_the_last_day_count():
    found = mean_cumulative([-1, -1], [5, 5], [0, 1], [0, 5])
    assert found.value.tolist() == [0.5, 1.0]


@pytest.mark.parametrize("day", [-1, 6])
def test_an_event_outside_the_observation_is_refused(day):
    with pytest.raises(ValueError, match="outside"):
        mean_cumulative([-1], [5], [0], [day])
