"""What a session was: kind, mode, length, place, coach, topics, links to other help, and its entry."""

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
    spin,
    uniform,
    vocabulary_wheel,
)
from pipelines.sample.people import People
from pipelines.sample.seasons import Days
from pipelines.sample.timeline import COMPLETED, NO_SHOW, Timeline
from pipelines.schema import VOCABULARIES

TOPIC_SETS = 2048  # different topic combinations; a session refers to one of them
WITHOUT_TOPICS = TOPIC_SETS
SITES_PER_COUNTY = 2

_OUTCOMES = len(VOCABULARIES["linkage_outcome"])
LINKS = len(VOCABULARIES["linkage_domain"]) * _OUTCOMES  # a link is domain * outcomes + outcome
WITHOUT_LINK = LINKS
_PROGRESS = ("offered", "declined", "accepted", "connected")

_FIRST_KIND = vocabulary_wheel("kind", {"first_meeting": 85, "outreach": 8, "brief_check_in": 7})
_LATER_KIND = vocabulary_wheel(
    "kind",
    {
        "coaching": 46,
        "brief_check_in": 30,
        "care_coordination": 9,
        "recovery_planning": 8,
        "family_support": 3.5,
        "outreach": 3,
        "other": 0.5,
    },
)
_GROUP, _CHECK_IN, _CLOSEOUT = (code_of("kind", kind) for kind in ("group", "brief_check_in", "closeout"))
_MODE = vocabulary_wheel(
    "mode",
    {"in_person": 60, "phone": 26, "video": 10, "text": 2.5, "email": 0.8, "mail": 0.2, "unknown": 0.5},
)
_CHECK_IN_MODE = vocabulary_wheel("mode", {"in_person": 14, "phone": 55, "video": 3, "text": 27, "email": 1})
_IN_PERSON, _TEXT = code_of("mode", "in_person"), code_of("mode", "text")
_NOT_REACHED = code_of("status", "attempted_no_contact")
# Eight lengths per kind, in the order of the vocabulary; one is drawn.
_MINUTES = np.array(
    [
        [45, 60, 60, 75, 90, 60, 50, 45],
        [30, 45, 45, 45, 60, 60, 40, 50],
        [5, 10, 10, 15, 15, 20, 15, 25],
        [60, 60, 90, 90, 60, 75, 90, 60],
        [20, 30, 45, 45, 60, 30, 25, 40],
        [30, 45, 60, 45, 45, 30, 60, 50],
        [5, 10, 15, 20, 30, 10, 15, 20],
        [45, 60, 60, 45, 75, 50, 60, 90],
        [15, 20, 30, 30, 45, 20, 30, 15],
        [30, 45, 15, 20, 30, 45, 60, 30],
    ],
    np.int16,
)


@dataclass(frozen=True, slots=True)
class Sessions(Columns):
    """One row per session; counts and `win` are filled by `events`."""

    person: Index
    nth: Index
    day: Days
    entered: Days
    changed_minute: Days  # minute of the day of the last change
    status: Codes
    kind: Codes
    mode: Codes
    minutes: Days  # NONE where not recorded
    county: Codes  # NONE where not recorded
    site: Codes
    coach: Codes
    coach_county: Codes
    topics: Days  # topic combination, or WITHOUT_TOPICS
    link: Days  # link to other help, or WITHOUT_LINK
    second_link: Days
    returns_to_use: Codes
    overdoses: Codes
    er_visits: Codes
    goals_met: Codes
    win: Codes  # milestone code of a life win told in this session, or NONE


def draw_sessions(rng: Generator, people: People, timeline: Timeline, closeouts: Index) -> Sessions:
    """Describe each session of the timeline; rows named in `closeouts` become closing paperwork."""
    size, person = len(timeline), timeline.person
    kind = np.where(timeline.nth == 0, spin(rng, _FIRST_KIND, size), spin(rng, _LATER_KIND, size))
    kind = np.where(timeline.is_group, _GROUP, kind).astype(np.int8)
    kind[closeouts] = _CLOSEOUT
    mode = _mode(rng, kind)
    status = timeline.status.copy()
    status[closeouts] = COMPLETED
    status[(status == NO_SHOW) & (mode >= _TEXT)] = _NOT_REACHED  # nobody misses a letter
    county = _county(rng, people, timeline)
    took_place = status == COMPLETED
    link, second_link = _links(rng, people, timeline, took_place)
    topics = np.where(took_place, rng.integers(0, TOPIC_SETS, size, np.int32), WITHOUT_TOPICS)
    return Sessions(
        person=person,
        nth=timeline.nth,
        day=timeline.day,
        entered=timeline.entered,
        changed_minute=(8 * 60 + uniform(rng, size) * 600).astype(np.int32),
        status=status,
        kind=kind,
        mode=mode,
        minutes=_minutes(rng, kind, took_place),
        county=np.where(chance(rng, cal.MISSING_COUNTY, size), NONE, county).astype(np.int8),
        site=(county * SITES_PER_COUNTY + people.site[person]).astype(np.int8),
        coach=_coach(rng, people, timeline),
        coach_county=people.county[person],
        topics=topics.astype(np.int32),
        link=link,
        second_link=second_link,
        returns_to_use=np.zeros(size, np.int8),
        overdoses=np.zeros(size, np.int8),
        er_visits=np.zeros(size, np.int8),
        goals_met=np.zeros(size, np.int8),
        win=np.full(size, NONE, np.int8),
    )


def _mode(rng: Generator, kind: Codes) -> Codes:
    mode = np.where(kind == _CHECK_IN, spin(rng, _CHECK_IN_MODE, len(kind)), spin(rng, _MODE, len(kind)))
    in_person = (kind == _GROUP) & chance(rng, 0.9, len(kind))
    return np.where(in_person, _IN_PERSON, mode).astype(np.int8)


def _minutes(rng: Generator, kind: Codes, took_place: Mask) -> Days:
    minutes = _MINUTES[kind, rng.integers(0, 8, len(kind), np.int8)].astype(np.int32)
    return np.where(took_place & chance(rng, 0.985, len(kind)), minutes, NONE).astype(np.int32)


def _county(rng: Generator, people: People, timeline: Timeline) -> Codes:
    away = (timeline.nth > 0) & chance(rng, cal.SECOND_COUNTY_VISITS, len(timeline))
    return np.where(away, people.second_county[timeline.person], people.county[timeline.person])


def _coach(rng: Generator, people: People, timeline: Timeline) -> Codes:
    """One coach per person; now and then a colleague steps in."""
    own = people.coach[timeline.person]
    return np.where(chance(rng, 0.12, len(own)), own // 2, own).astype(np.int8)


def _links(rng: Generator, people: People, timeline: Timeline, took_place: Mask) -> tuple[Days, Days]:
    """Draw up to two links: mostly the person's main need, offered first and connected in later sessions."""
    size = len(timeline)
    main = people.need[timeline.person].astype(np.int32)
    other = rng.integers(0, LINKS // _OUTCOMES, size, np.int32)
    first = np.where(chance(rng, 0.65, size), main, other) * _OUTCOMES + _outcome(rng, timeline.nth)
    second = other * _OUTCOMES + _outcome(rng, timeline.nth)
    has_first = took_place & chance(rng, 0.38, size)
    has_second = has_first & (second // _OUTCOMES != first // _OUTCOMES) & chance(rng, 0.2, size)
    links = (np.where(has, link, WITHOUT_LINK) for has, link in ((has_first, first), (has_second, second)))
    one, two = (each.astype(np.int32) for each in links)
    return one, two


def _outcome(rng: Generator, nth: Index) -> Days:
    """Return a position in `linkage_outcome`: later sessions tell of more connections."""
    progress = uniform(rng, len(nth)) + np.minimum(nth, 5) * np.float32(0.09)
    positions = [code_of("linkage_outcome", name) for name in _PROGRESS]
    return np.array(positions, np.int32)[np.digitize(progress, (0.52, 0.62, 0.80))]
