"""Deaths and fatal overdoses: few, told by others, and one told twice."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from pipelines.sample.closings import ALIVE, DEATH_KINDS, Closings
from pipelines.sample.draws import Index, code_of, stack
from pipelines.sample.event_table import Events, event_rows
from pipelines.sample.people import People
from pipelines.sample.seasons import AS_OF_DAY

_CAUSE = {"suicide": "suicide", "other": "other", "pending": "pending", "late": "other"}


def death_events(rng: Generator, people: People, closings: Closings) -> Events:
    """Return the deaths and fatal overdoses; every second fatal overdose is sent as both."""
    is_overdose = closings.death_kind == DEATH_KINDS.index("fatal_overdose")
    overdosed = np.flatnonzero(is_overdose)
    others = np.flatnonzero((closings.death_kind != ALIVE) & ~is_overdose)
    fatal = _events(rng, people, closings, overdosed, "overdose")
    fatal.od_fatal[:] = 1
    fatal.od_naloxone[:] = rng.integers(-1, 2, len(overdosed), np.int8)
    fatal.substance[:] = code_of("substance_group", "opioids")
    twice = _events(rng, people, closings, overdosed[::2], "death")
    twice.death_cause[:] = code_of("death_cause", "overdose")
    twice.day[:] = np.minimum(twice.day + rng.integers(0, 4, len(twice), np.int32), AS_OF_DAY)
    twice.reported[:] = np.maximum(twice.reported, twice.day)
    deaths = _events(rng, people, closings, others, "death")
    causes = [code_of("death_cause", _CAUSE.get(kind, "other")) for kind in DEATH_KINDS]
    deaths.death_cause[:] = np.array(causes, np.int8)[closings.death_kind[others]]
    return stack([fatal, twice, deaths])


def _events(rng: Generator, people: People, closings: Closings, who: Index, code: str) -> Events:
    """Return events reported within weeks; official for most, suspected or heard of for the rest."""
    events = event_rows(people, who, code, closings.death_day[who])
    events.reported[:] = np.minimum(events.day + rng.integers(1, 25, len(who), np.int32), AS_OF_DAY)
    official, suspected = (code_of("certainty", name) for name in ("official_confirmed", "suspected"))
    events.certainty[:] = np.resize(np.array([official, official, suspected], np.int8), len(who))
    return events
