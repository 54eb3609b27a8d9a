"""When people come: the days of their planned sessions, and whether each took place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from pipelines.sample import calibration as cal
from pipelines.sample.draws import (
    Codes,
    Columns,
    Index,
    Mask,
    Reals,
    chance,
    code_of,
    quota,
    spin,
    take,
    uniform,
    wheel,
)
from pipelines.sample.people import People
from pipelines.sample.seasons import MADE_DAY, STEPS_PER_DAY, Days, is_winter, to_calendar, weekday

COMPLETED = code_of("status", "completed")
NO_SHOW = code_of("status", "no_show")
_WEDNESDAY = 2
# Days from the session to its entry: most at once, some within the week, a tail of months.
_LAG_KIND = wheel((0.66, 0.25, 0.065, 0.025))
_LAG_FROM = np.array([0, 2, 8, 31], np.int32)
_LAG_SPREAD = np.array([2, 6, 23, 90], np.int32)


@dataclass(frozen=True, slots=True)
class Timeline(Columns):
    """One row per planned session, in order of person and visit."""

    person: Index  # row of the person
    nth: Index  # 0 for the person's first session ever
    day: Days
    entered: Days
    status: Codes
    is_group: Mask


def draw_timeline(rng: Generator, people: People) -> Timeline:
    """Draw every planned session of these people, also those outside the export window."""
    first = np.cumsum(people.visits) - people.visits
    person = np.repeat(np.arange(len(people)), people.visits)
    nth = np.arange(len(person)) - np.repeat(first, people.visits)
    status = _status(rng, people.miss_factor[person], nth)
    steps = _gaps(rng, people, person, nth, status)
    elapsed = np.cumsum(steps)
    elapsed -= np.repeat(elapsed[first], people.visits)
    day = to_calendar(people.steady_start[person] + elapsed.astype(np.int32))
    is_group = (nth > 0) & chance(rng, cal.GROUP_SHARE, len(nth))
    day = np.where(is_group, day + (_WEDNESDAY - weekday(day)) % 7, day).astype(np.int32)
    status = _seasonal(rng, status, day, nth, people.county[person])
    return Timeline(person, nth, day, day + _lag(rng, nth), status, is_group)


def in_export(timeline: Timeline) -> Timeline:
    """Keep what the export holds: dated from day 0, and typed in before the export was made."""
    return take(timeline, (timeline.day >= 0) & (timeline.entered <= MADE_DAY))


def _status(rng: Generator, miss_factor: Reals, nth: Index) -> Codes:
    """Someone's first session took place, or there would be no person; later ones may not."""
    u = uniform(rng, len(nth))
    missed = np.minimum(cal.MISSED * miss_factor, 0.7)
    others = (cal.CANCELLED_BY_PARTICIPANT, cal.CANCELLED_BY_PROGRAM, cal.NOT_REACHED)
    status = np.full(len(nth), COMPLETED, np.int8)
    edge = missed + np.float32(sum(others))
    names = ("attempted_no_contact", "cancelled_by_program", "cancelled_by_participant", "no_show")
    for name, width in zip(names, (*reversed(others), 0.0), strict=True):
        status[u < edge] = code_of("status", name)
        edge = edge - np.float32(width)
    status[nth == 0] = COMPLETED
    return status


def _gaps(rng: Generator, people: People, person: Index, nth: Index, status: Codes) -> Days:
    """Return steps since the visit before: quick or slow to the second, then wider; a miss shortens them."""
    size = len(nth)
    pace = people.pace[person]
    spread = np.exp(rng.standard_normal(size, dtype=np.float32) * cal.GAP_SPREAD)
    days = cal.GAP_MEDIAN * pace * spread
    second = nth == 1
    quick_share = np.where(people.improved[person[second]], cal.IMPROVED_QUICK, cal.QUICK_SECOND)
    days[second] = _days_to_second(rng, quick_share.astype(np.float32))
    missed_before = np.concatenate(([False], status[:-1] == NO_SHOW))
    days[missed_before] *= 0.5
    pause = np.flatnonzero((nth > 1) & chance(rng, cal.PAUSE_SHARE, size))
    days[pause] = cal.PAUSE_DAYS + rng.exponential(cal.PAUSE_TAIL, len(pause))
    days[nth == 0] = 0
    steps: Days = np.minimum(days * STEPS_PER_DAY, 1e4).astype(np.int32)
    return steps


def _days_to_second(rng: Generator, quick_share: Reals) -> Reals:
    is_quick = chance(rng, quick_share, len(quick_share))
    low = np.where(is_quick, cal.QUICK_DAYS[0], cal.SLOW_DAYS[0])
    high = np.where(is_quick, cal.QUICK_DAYS[1], cal.SLOW_DAYS[1])
    days: Reals = low + (high - low) * uniform(rng, len(quick_share))
    return days


def _seasonal(rng: Generator, status: Codes, day: Days, nth: Index, county: Codes) -> Codes:
    """Turn completed sessions into missed ones: roads in winter, and the planted worsening."""
    held = (status == COMPLETED) & (nth > 0)
    in_winter = held & is_winter(day) & chance(rng, cal.WINTER_MISSED, len(day))
    worsened = np.flatnonzero(held & (county == cal.WORSENED_IN) & (day >= cal.WORSENED_FROM))
    status[in_winter] = NO_SHOW
    status[quota(rng, worsened, cal.WORSENED_MISSED * len(worsened))] = NO_SHOW
    return status


def _lag(rng: Generator, nth: Index) -> Days:
    kind = spin(rng, _LAG_KIND, len(nth))
    lag = _LAG_FROM[kind] + (uniform(rng, len(nth)) * _LAG_SPREAD[kind]).astype(np.int32)
    lag[nth == 0] = np.minimum(lag[nth == 0], 10)
    return lag
