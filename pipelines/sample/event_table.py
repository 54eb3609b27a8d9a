"""The table of events, and how a block of them begins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from pipelines.sample.draws import NONE, Codes, Columns, Index, Mask, code_of, spin, vocabulary_wheel
from pipelines.sample.people import People
from pipelines.sample.seasons import Days

FATAL_UNKNOWN = 2

_TOLD_BY = vocabulary_wheel("certainty", {"self_reported": 70, "coach_observed": 15, "documented": 10, "unknown": 5})


@dataclass(frozen=True, slots=True)
class Events(Columns):
    """One row per event; codes are vocabulary positions, NONE where not recorded."""

    person: Index
    code: Codes  # position in `milestone_code`
    day: Days
    reported: Days
    in_session: Mask  # known only as a count in the session row, so without a date of its own
    county: Codes
    certainty: Codes
    od_fatal: Codes  # 0 no, 1 yes, 2 not known, NONE for other events
    od_naloxone: Codes  # 0 no, 1 yes
    od_care: Codes
    death_cause: Codes
    substance: Codes


def event_rows(people: People, person: Index, code: str | Codes, day: Days) -> Events:
    """Return events of these people on these days, reported the same day, with nothing else recorded."""
    size = len(person)
    codes = np.full(size, code_of("milestone_code", code), np.int8) if isinstance(code, str) else code
    blank = [np.full(size, NONE, np.int8) for _ in range(5)]
    unknown = np.full(size, code_of("certainty", "unknown"), np.int8)
    return Events(person, codes, day.copy(), day.copy(), np.zeros(size, bool), people.county[person], unknown, *blank)


def told_by(rng: Generator, size: int) -> Codes:
    """Draw who says so: mostly the participant."""
    return spin(rng, _TOLD_BY, size)
