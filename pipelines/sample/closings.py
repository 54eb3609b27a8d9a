"""How support ends: recorded closings and deaths, chosen before the sessions are described."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from pipelines.sample import calibration as cal
from pipelines.sample.draws import (
    NONE,
    Codes,
    Columns,
    Index,
    Mask,
    chance,
    code_of,
    quota,
    spin,
    vocabulary_wheel,
)
from pipelines.sample.people import People
from pipelines.sample.seasons import AS_OF_DAY, MADE_DAY, Days
from pipelines.sample.timeline import Timeline

ALIVE = NONE
DEATH_KINDS = tuple(cal.DEATHS_PER_700)
NEVER = -10_000  # a day that is not recorded

_REASON = vocabulary_wheel(
    "close_reason",
    {
        "goals_met": 24,
        "mutual_agreement": 16,
        "lost_contact": 36,
        "declined_further": 6,
        "transferred": 5,
        "moved": 6,
        "incarcerated": 3,
        "hospital_or_treatment": 1.5,
        "administrative": 1.5,
        "unknown": 1,
    },
)
_LOST, _DIED = code_of("close_reason", "lost_contact"), code_of("close_reason", "died")
_PLANNED = [code_of("close_reason", reason) for reason in ("goals_met", "mutual_agreement", "transferred")]


@dataclass(frozen=True, slots=True)
class Closings(Columns):
    """One row per person."""

    enrolled: Days
    closed: Days  # NEVER while open
    reason: Codes
    death_kind: Codes  # position in DEATH_KINDS, or ALIVE
    death_day: Days
    last_row: Index  # the person's last session in the timeline


def draw_closings(rng: Generator, people: People, timeline: Timeline) -> Closings:
    """Draw closings and deaths of these people; every session of theirs is in the timeline, in order."""
    size = len(people)
    last_row = np.flatnonzero(np.append(np.diff(timeline.person) != 0, True))
    last_day = np.zeros(size, np.int32)
    np.maximum.at(last_day, timeline.person, timeline.day)
    death_kind, death_day = _deaths(rng, last_day)
    reason = spin(rng, _REASON, size)
    planned = np.isin(reason, _PLANNED)
    wait = np.where(planned, rng.integers(0, 10, size), rng.integers(20, 85, size))
    wait = np.where(reason == _LOST, wait + 20, wait)
    closed = last_day + wait
    alive = death_kind == ALIVE
    is_closed = chance(rng, cal.CLOSED_SHARE, size) & (closed <= AS_OF_DAY - 30) & alive
    died = ~alive & chance(rng, 0.7, size)
    return Closings(
        people.start - rng.integers(0, 6, size, np.int32),
        np.where(died, death_day, np.where(is_closed, closed, NEVER)).astype(np.int32),
        np.where(died, _DIED, np.where(is_closed, reason, NONE)).astype(np.int8),
        death_kind,
        death_day,
        last_row,
    )


def closeout_rows(rng: Generator, people: People, timeline: Timeline, closings: Closings) -> Index:
    """Return the rows that are closing paperwork: the last session of some people closed as planned."""
    planned = np.isin(closings.reason, _PLANNED) & (timeline.nth[closings.last_row] >= 2)
    return closings.last_row[planned & chance(rng, cal.CLOSEOUT_SESSION, len(people))]


def _deaths(rng: Generator, last_day: Days) -> tuple[Codes, Days]:
    """Choose who dies, soon after the last session; `late` deaths come after more than 90 days."""
    kind = np.full(len(last_day), ALIVE, np.int8)
    wait = rng.integers(4, 60, len(last_day), np.int32)
    for position, per_700 in enumerate(cal.DEATHS_PER_700.values()):
        free = np.flatnonzero(_eligible(last_day, DEATH_KINDS[position]) & (kind == ALIVE))
        kind[quota(rng, free, per_700 / 700 * len(last_day))] = position
    wait[kind == DEATH_KINDS.index("late")] += 95
    return kind, np.where(kind == ALIVE, NEVER, last_day + wait).astype(np.int32)


def _eligible(last_day: Days, kind: str) -> Mask:
    """Causes still pending are recent; every death lies before `as_of`."""
    result: Mask = (last_day > 30) & (last_day < AS_OF_DAY - (165 if kind == "late" else 65))
    return result & (last_day > AS_OF_DAY - 300) if kind == "pending" else result


def is_recorded(days: Days) -> Mask:
    """Return whether each day is recorded and known when the export is made."""
    result: Mask = (days > NEVER) & (days <= MADE_DAY)
    return result
