"""Life wins: told in sessions, confirmed after 90 days or not, and the recovery-time ladder."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from pipelines.sample import calibration as cal
from pipelines.sample.draws import Index, Mask, chance, code_of, quota, spin, stack, take, vocabulary_wheel
from pipelines.sample.event_table import Events, event_rows, told_by
from pipelines.sample.people import People
from pipelines.sample.seasons import AS_OF_DAY, Days
from pipelines.sample.sessions import Sessions

_WIN = vocabulary_wheel(
    "milestone_code",
    {
        "got_job": 24,
        "found_housing": 19,
        "entered_recovery_residence": 7,
        "enrolled_education": 6,
        "credential_earned": 3,
        "promotion_or_better_job": 4,
        "child_born": 2,
        "reunited_with_child": 4,
        "custody_or_visitation_gain": 3,
        "family_reconnected": 8,
        "treatment_court_graduation": 2,
        "supervision_completed": 3,
        "license_or_record_restored": 3,
        "health_coverage": 7,
        "began_medication": 6,
        "treatment_completed": 5,
        "primary_care_connected": 7,
        "id_documents": 6,
        "financial_step": 4,
        "volunteering": 6,
        "became_coach": 1,
    },
)
_LADDER = (30, 90, 180, 365)
# A first win, what confirms it, what ends it.
_LASTING = (("got_job", "job_90_days", "job_ended"), ("found_housing", "housing_90_days", "housing_lost"))


def win_events(rng: Generator, people: People, sessions: Sessions, told: Index, size: int) -> Events:
    """Return every life win and what became of jobs and homes; marks `sessions.win` and `goals_met`."""
    rows = quota(rng, told, cal.WINS * size)
    sessions.win[rows] = spin(rng, _WIN, len(rows))
    wins = event_rows(people, sessions.person[rows], sessions.win[rows], _happened(rng, sessions.day[rows]))
    wins.reported[:] = sessions.day[rows]
    wins.certainty[:] = told_by(rng, len(rows))
    follow_ups = [_follow_up(rng, people, wins, *codes) for codes in _LASTING]
    goals = _goals(rng, people, sessions, told, size)
    return stack([wins, goals, _ladder(rng, people, sessions), *follow_ups])


def _happened(rng: Generator, told_on: Days) -> Days:
    return (told_on - np.minimum(rng.exponential(5.0, len(told_on)), 60)).astype(np.int32)


def _goals(rng: Generator, people: People, sessions: Sessions, told: Index, size: int) -> Events:
    """Goals met are counted in the session row; one in eight tells of two."""
    rows = quota(rng, told, cal.GOALS_MET * size)
    sessions.goals_met[rows] = 1 + chance(rng, 0.125, len(rows))
    rows = np.repeat(rows, sessions.goals_met[rows])
    goals = event_rows(people, sessions.person[rows], "goal_met", sessions.day[rows])
    goals.in_session[:] = True
    goals.certainty[:] = code_of("certainty", "self_reported")
    return goals


def _ladder(rng: Generator, people: People, sessions: Sessions) -> Events:
    """Return steps of recovery time while the person is in contact; most steps are told."""
    climbers = np.flatnonzero(chance(rng, cal.LADDER_SHARE, len(people)))
    began = people.start[climbers] - rng.integers(0, 28, len(climbers), np.int32)
    last_day = np.zeros(len(people), np.int32)
    np.maximum.at(last_day, sessions.person, sessions.day)
    steps = []
    for days in _LADDER:
        reached = (began + days <= np.minimum(last_day[climbers], AS_OF_DAY)) & (began + days >= 0)
        reached &= chance(rng, 0.8, len(climbers))
        step = event_rows(people, climbers[reached], f"recovery_time_{days}", began[reached] + days)
        step.certainty[:] = code_of("certainty", "self_reported")
        steps.append(step)
    return stack(steps)


def _follow_up(rng: Generator, people: People, wins: Events, first: str, confirms: str, ends: str) -> Events:
    """Of jobs (homes) found: some confirmed after 90 days, some ended before, the rest not heard of."""
    started = take(wins, wins.code == code_of("milestone_code", first))
    fate = chance(rng, cal.CONFIRMED_AFTER_90_DAYS, len(started))
    ended = ~fate & chance(rng, cal.ENDED_BEFORE_90_DAYS / (1 - cal.CONFIRMED_AFTER_90_DAYS), len(started))
    blocks = [
        _later(rng, people, started, fate, confirms, (88, 108)),
        _later(rng, people, started, ended, ends, (8, 85)),
    ]
    return stack(blocks)


def _later(rng: Generator, people: People, started: Events, which: Mask, code: str, wait: tuple[int, int]) -> Events:
    day = started.day + rng.integers(*wait, len(started), np.int32)
    chosen = which & (day <= AS_OF_DAY)
    events = event_rows(people, started.person[chosen], code, day[chosen])
    events.reported[:] = np.minimum(events.day + rng.integers(0, 15, len(events), np.int32), AS_OF_DAY)
    events.certainty[:] = told_by(rng, len(events))
    return events
