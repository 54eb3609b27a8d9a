"""Events that people can have more than once: mean number per person, and the share who left, by days since entry."""

from __future__ import annotations

import numpy as np

from dashboard.measures.cells import Columns
from dashboard.measures.curve_counting import EXITS
from dashboard.measures.estimates.aalen_johansen import aalen_johansen
from dashboard.measures.estimates.arrays import Floats
from dashboard.measures.estimates.mean_cumulative import mean_cumulative
from dashboard.measures.estimates.steps import on_days


def repeated_events(rows: Columns) -> Floats:
    """Return one row per day of change, from day 0 through the longest follow-up, of one curve.

    `rows` has one entry per person and event: `participant_key`, `entry`, `duration`, `exit_reason` and
    `event_day` (NaN for a person without events). The columns returned are day, people at risk, events, exits,
    mean events per person with limits, the share who left for each reason of EXITS, people in all.
    """
    _, first, person = np.unique(rows["participant_key"], return_index=True, return_inverse=True)
    entry, duration, reason = (rows[name][first] for name in ("entry", "duration", "exit_reason"))
    told = ~np.isnan(rows["event_day"])
    found = mean_cumulative(entry, duration, person[told], rows["event_day"][told])
    left = np.array([reason == code for code in EXITS], dtype=bool)
    day = np.unique(np.concatenate([[0.0, found.longest], found.day, duration[left.any(axis=0)]]))
    at_risk = _before(day, entry) - _before(day, duration)
    exits = np.array([np.bincount(np.searchsorted(day, duration[of]), minlength=day.size) for of in left])
    events = np.bincount(np.searchsorted(day, found.day), found.events, minlength=day.size)
    shares = aalen_johansen(day, at_risk, exits).value
    value = on_days(found.day, found.value, day, before=0.0, longest=np.inf)
    limits = [on_days(found.day, limit, day, before=np.nan, longest=np.inf) for limit in (found.lower, found.upper)]
    people = np.full(day.size, float(first.size))
    return np.column_stack([day, at_risk, events, exits.sum(axis=0), value, *limits, *shares, people])


def _before(day: Floats, moment: Floats) -> Floats:
    """Count the moments that lie before each day."""
    return np.searchsorted(np.sort(moment), day, side="left").astype(float)
