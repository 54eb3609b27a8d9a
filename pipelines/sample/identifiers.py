"""Source IDs: every one begins with SYN, so that no sample row can pass for a real one."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from pipelines.sample import text
from pipelines.sample.draws import Index
from pipelines.sample.people import COACHES_PER_COUNTY, People
from pipelines.sample.sessions import Sessions

_COACHES = sum(COACHES_PER_COUNTY)
_PEOPLE_PER_TEAM = 2_000  # larger samples have more teams of coaches
_FIRST_COACH = np.concatenate(([0], np.cumsum(COACHES_PER_COUNTY)[:-1]))


def person_labels(people: People) -> pa.Array:
    """Return the participant ID of each person, then the placeholder TEST, ready for `text.pick`."""
    ids = text.numbered("SYN-", people.number, id_width(people))
    return pa.concat_arrays([ids, text.labels(["TEST"])])


def id_width(people: People) -> int:
    """Return how many digits an ID has: seven, or eight beyond ten million people."""
    return 7 if people.number.max(initial=0) < 10**7 else 8


def coach_numbers(sessions: Sessions, person_number: Index) -> Index:
    """Return the number of each session's coach: the person's team, the county, the place in it."""
    team = (person_number - 1) // _PEOPLE_PER_TEAM
    numbers: Index = team * _COACHES + _FIRST_COACH[sessions.coach_county] + sessions.coach + 1
    return numbers
