"""The sample in chunks of people: memory stays flat however many sessions are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator

from pipelines.sample import calibration as cal
from pipelines.sample.closings import Closings, closeout_rows, draw_closings
from pipelines.sample.draws import Mask, take
from pipelines.sample.event_table import Events
from pipelines.sample.events import draw_events
from pipelines.sample.people import People, draw_people
from pipelines.sample.sessions import Sessions, draw_sessions
from pipelines.sample.timeline import Timeline, draw_timeline, in_export

CHUNK_PEOPLE = 16_384
_CANDIDATES_PER_PERSON = 1.15  # some arrive and leave before the export begins
_SPARE = 100


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some people, how their support ended, their sessions and their events."""

    people: People
    closings: Closings
    sessions: Sessions
    events: Events


@dataclass(frozen=True, slots=True)
class Size:
    """How much is asked for: a number of people, or the sessions at which to stop."""

    people: int | None
    sessions: int | None


def draw_chunks(seed: int, size: Size) -> Iterator[Chunk]:
    """Yield chunks until `size` is reached; the same seed and size give the same people."""
    people = sessions = number = 0
    while _wanted(size, people, sessions) > 0:
        chunk = _draw_chunk(np.random.default_rng([seed, number]), size, people, sessions)
        yield chunk
        people, sessions, number = people + len(chunk.people), sessions + len(chunk.sessions), number + 1


def expected_people(size: Size) -> int:
    """Return about how many people `size` means."""
    return size.people or int((size.sessions or 0) / cal.ROWS_PER_PERSON) + 1


def _wanted(size: Size, people: int, sessions: int) -> int:
    """Return about how many people are still to come; 0 when done."""
    if size.sessions is None:
        return max((size.people or 0) - people, 0)
    missing = size.sessions - sessions
    return int(missing / cal.ROWS_PER_PERSON * 1.1) + _SPARE if missing > 0 else 0


def _draw_chunk(rng: Generator, size: Size, people_before: int, sessions_before: int) -> Chunk:
    wanted = min(_wanted(size, people_before, sessions_before), CHUNK_PEOPLE)
    candidates = draw_people(rng, int(wanted * _CANDIDATES_PER_PERSON) + _SPARE)
    timeline = in_export(draw_timeline(rng, candidates))
    rows_left = None if size.sessions is None else size.sessions - sessions_before
    people, timeline = _keep(candidates, timeline, wanted, rows_left, people_before)
    closings = draw_closings(rng, people, timeline)
    sessions = draw_sessions(rng, people, timeline, closeout_rows(rng, people, timeline, closings))
    return Chunk(people, closings, sessions, draw_events(rng, people, closings, sessions))


def _keep(
    candidates: People, timeline: Timeline, wanted: int, rows_left: int | None, people_before: int
) -> tuple[People, Timeline]:
    """Keep the first `wanted` people with a session in the export, no further than the sessions asked for."""
    rows = np.bincount(timeline.person, minlength=len(candidates))
    kept = np.flatnonzero(rows > 0)[:wanted]
    if rows_left is not None:
        kept = kept[: int(np.searchsorted(np.cumsum(rows[kept]), rows_left)) + 1]
    row_of = np.full(len(candidates), -1)
    row_of[kept] = np.arange(len(kept))
    timeline = take(timeline, row_of[timeline.person] >= 0)
    people = replace(take(candidates, kept), number=np.arange(len(kept)) + people_before + 1)
    return people, replace(timeline, person=row_of[timeline.person])


def of_people(chunk: Chunk, chosen: Mask) -> Chunk:
    """Return the part of a chunk that concerns the chosen people."""
    row_of = np.cumsum(chosen) - 1
    sessions = take(chunk.sessions, chosen[chunk.sessions.person])
    events = take(chunk.events, chosen[chunk.events.person])
    return Chunk(
        take(chunk.people, chosen),
        take(chunk.closings, chosen),
        replace(sessions, person=row_of[sessions.person]),
        replace(events, person=row_of[events.person]),
    )
