"""Counting the slow way: life tables from lists of people, for random inputs and the benchmarks' small sisters.

A person is (entry, duration, reason): under observation on days entry < day ≤ duration, and gone for that
reason on the day `duration`, or still there if the reason is 0.
"""

import os

from hypothesis import settings
from hypothesis import strategies as st

EXAMPLES = 1_000 if os.environ.get("OUTCOMES_SLOW") else 60
RELATIVE = 1e-9
budget = settings(max_examples=EXAMPLES, deadline=None)  # a deadline would test the machine

reasons = st.integers(0, 3)
on_time = st.tuples(st.just(-1), st.integers(0, 30), reasons)
late = st.tuples(st.integers(-1, 12), st.integers(13, 40), reasons)
people_on_time = st.lists(on_time, min_size=1, max_size=60)
people = st.lists(st.one_of(on_time, late), min_size=1, max_size=60)


def life_table(observed, groups=(1, 2, 3)):
    """Return day, people at risk and exits by reason: one row per day on which anybody came or went."""
    days = sorted({day for entry, duration, _ in observed for day in (entry, duration)})
    at_risk = [sum(entry < day <= duration for entry, duration, _ in observed) for day in days]
    exits = [
        [sum(duration == day and reason == group for _, duration, reason in observed) for day in days]
        for group in groups
    ]
    return days, at_risk, exits
