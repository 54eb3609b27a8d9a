"""What happened in people's lives and became known: one row per event, each told on a known day."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from pipelines.sample import calibration as cal
from pipelines.sample.closings import Closings
from pipelines.sample.deaths import death_events
from pipelines.sample.draws import Index, chance, code_of, quota, spin, stack, vocabulary_wheel
from pipelines.sample.event_table import FATAL_UNKNOWN, Events, event_rows, told_by
from pipelines.sample.people import People
from pipelines.sample.seasons import AS_OF_DAY, Days
from pipelines.sample.sessions import Sessions
from pipelines.sample.timeline import COMPLETED
from pipelines.sample.wins import win_events

_CARE = vocabulary_wheel("od_care", {"none": 30, "ems": 20, "ed": 30, "inpatient": 8, "unknown": 12})


def draw_events(rng: Generator, people: People, closings: Closings, sessions: Sessions) -> Events:
    """Draw every event of these people; counts told in sessions are written into `sessions`."""
    told = np.flatnonzero((sessions.status == COMPLETED) & (sessions.nth > 0) & (sessions.day <= AS_OF_DAY))
    size = len(people)
    blocks = [
        _returns_to_use(rng, people, sessions, told, size),
        _overdoses(rng, people, sessions, told, size),
        win_events(rng, people, sessions, told, size),
        *(
            _in_passing(rng, people, sessions, quota(rng, told, share * size), code)
            for code, share in (
                ("goal_set", cal.GOALS_SET),
                ("hospital_stay", cal.HOSPITAL_STAYS),
                ("incarceration", cal.INCARCERATIONS),
            )
        ),
        _er_visits(rng, people, sessions, told, size),
        death_events(rng, people, closings),
    ]
    return stack(blocks)


def _in_passing(rng: Generator, people: People, sessions: Sessions, rows: Index, code: str) -> Events:
    """Events with a date of their own, told in a session some days later."""
    events = event_rows(people, sessions.person[rows], code, _some_days_before(rng, sessions.day[rows]))
    events.reported[:] = sessions.day[rows]
    events.certainty[:] = told_by(rng, len(rows))
    return events


def _some_days_before(rng: Generator, day: Days) -> Days:
    return (day - np.minimum(rng.exponential(6.0, len(day)), 80)).astype(np.int32)


def _split(rng: Generator, rows: Index, share: float) -> tuple[Index, Index]:
    inside = chance(rng, share, len(rows))
    return rows[inside], rows[~inside]


def _told(sessions: Sessions, people: People, rows: Index, code: str) -> Events:
    """Events counted in the session row: no date of their own, reported on the session's day."""
    events = event_rows(people, sessions.person[rows], code, sessions.day[rows])
    events.reported[:] = sessions.day[rows]
    events.in_session[:] = True
    events.certainty[:] = code_of("certainty", "self_reported")
    return events


def _returns_to_use(rng: Generator, people: People, sessions: Sessions, told: Index, size: int) -> Events:
    inside, outside = _split(rng, quota(rng, told, cal.RETURNS_TO_USE * size), cal.RETURNS_IN_SESSION)
    sessions.returns_to_use[inside] += 1
    dated = _in_passing(rng, people, sessions, outside, "return_to_use")
    dated.substance[:] = people.substance[dated.person]
    return stack([_told(sessions, people, inside, "return_to_use"), dated])


def _overdoses(rng: Generator, people: People, sessions: Sessions, told: Index, size: int) -> Events:
    """Nonfatal overdoses; most are told in a session, some come with details, a few without an outcome."""
    rows = quota(rng, told, cal.NONFATAL_OVERDOSES * size)
    inside, outside = _split(rng, rows, cal.OVERDOSES_IN_SESSION)
    unknown = quota(rng, told[~np.isin(told, rows, assume_unique=True)], cal.OVERDOSES_UNKNOWN * size)
    sessions.overdoses[inside] += 1
    counted = _told(sessions, people, inside, "overdose")
    counted.od_fatal[:] = 0
    dated = _in_passing(rng, people, sessions, outside, "overdose")
    dated.od_fatal[:] = 0
    dated.od_naloxone[:] = rng.integers(-1, 2, len(outside), np.int8)
    dated.od_care[:] = spin(rng, _CARE, len(outside))
    dated.substance[:] = people.substance[dated.person]
    unclear = _in_passing(rng, people, sessions, unknown, "overdose")
    unclear.od_fatal[:] = FATAL_UNKNOWN
    unclear.certainty[:] = code_of("certainty", "unknown")
    return stack([counted, dated, unclear])


def _er_visits(rng: Generator, people: People, sessions: Sessions, told: Index, size: int) -> Events:
    inside, outside = _split(rng, quota(rng, told, cal.ER_VISITS * size), 0.8)
    sessions.er_visits[inside] += 1
    return stack([_told(sessions, people, inside, "er_visit"), _in_passing(rng, people, sessions, outside, "er_visit")])
