"""The engagements file of the recovery platform: sessions in the vendor's words, with its dirt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pyarrow as pa
from numpy.random import Generator

from pipelines.sample import text
from pipelines.sample import vendor_words as words
from pipelines.sample.chunks import Chunk
from pipelines.sample.closings import ALIVE
from pipelines.sample.dirt import SESSION_DIRT, spots
from pipelines.sample.draws import NONE, Codes, Columns, Index, Mask, chance, code_of, stack, take
from pipelines.sample.identifiers import coach_numbers, person_labels
from pipelines.sample.people import PROGRAMS
from pipelines.sample.seasons import AS_OF_DAY, CALENDAR_SHIFT, MADE_DAY, Days
from pipelines.sample.sessions import Sessions
from pipelines.sample.timeline import COMPLETED
from pipelines.sample.topic_sets import link_labels, link_position, topic_labels

US_DATE = "%m/%d/%Y"
_UNMAPPED_MODE, _UNMAPPED_STATUS = len(words.MODES), len(words.STATUSES)
_KIND_LABELS = [*words.KINDS, *(kind.lower() for kind in words.KINDS)]
_LONG = 1000  # label positions 0-999 are minutes, 1000-1999 the same with the unit
_ZERO_DATE, _PLACEHOLDER = -1, -2
_LATE_VISIT_WAIT = 9


@dataclass(frozen=True, slots=True)
class Written(Columns):
    """One row per line of the file: where its parts are found, dirt included."""

    number: Index  # of the engagement
    session: Index
    person: Index  # row of the person; beyond the last: TEST, then empty
    date: Days  # day number, or a special date
    is_special_date: Mask
    kind: Days
    mode: Codes
    status: Codes
    minutes: Days
    county: Days
    changed: Days


def engagements(rng: Generator, chunk: Chunk, first_number: int) -> pa.Table:
    """Return the lines of the engagements file for a chunk; engagements are numbered from `first_number`."""
    sessions = stack([chunk.sessions, _visits_after_death(rng, chunk)])
    found = spots(rng, len(sessions), SESSION_DIRT)
    lines = _with_dirt(_clean_lines(sessions, first_number), found, len(chunk.people))
    lines = stack([lines, take(lines, found["duplicate"]), _corrected(rng, lines, found["corrected"])])
    return _table(rng, chunk, sessions, lines)


def _visits_after_death(rng: Generator, chunk: Chunk) -> Sessions:
    """Return sessions entered for people already recorded as dead: one in eight, at least one if any died."""
    closings = chunk.closings
    known = closings.death_day < AS_OF_DAY - _LATE_VISIT_WAIT
    dead = np.flatnonzero((closings.death_kind != ALIVE) & known)
    chosen = np.sort(rng.choice(dead, max(1, len(dead) // 8), replace=False)) if len(dead) else dead
    first = np.searchsorted(chunk.sessions.person, chosen)
    visits = take(chunk.sessions, first)
    visits.day[:] = closings.death_day[chosen] + _LATE_VISIT_WAIT
    visits.entered[:] = visits.day
    visits.kind[:] = code_of("kind", "coaching")
    return visits


def _clean_lines(sessions: Sessions, first_number: int) -> Written:
    full = (sessions.kind == code_of("kind", "first_meeting")) & (sessions.changed_minute % 2 == 1)
    rows = np.arange(len(sessions))
    return Written(
        rows + first_number,
        rows,
        sessions.person.copy(),
        sessions.day.copy(),
        np.zeros(len(sessions), bool),
        np.where(full, words.FULL_INTAKE, sessions.kind).astype(np.int32),
        sessions.mode.copy(),
        sessions.status.copy(),
        sessions.minutes.copy(),
        sessions.county.astype(np.int32),
        sessions.entered.copy(),
    )


def _with_dirt(lines: Written, found: dict[str, Index], people: int) -> Written:
    """Write each kind of dirt over its rows."""
    lines.kind[found["case_drift"]] += len(words.KINDS)
    lines.mode[found["unmapped_mode"]] = _UNMAPPED_MODE
    lines.status[found["unmapped_status"]] = _UNMAPPED_STATUS
    for spelling, kind in enumerate(("county_word", "co_word", "fips_five", "fips_three", "town"), start=1):
        rows = found[kind][lines.county[found[kind]] != NONE]
        lines.county[rows] += 5 * spelling
    lines.county[found["other_state"]] = words.OTHER_STATE
    lines.person[found["test_id"]] = people
    lines.person[found["missing_id"]] = people + 1
    for special, kind in ((_ZERO_DATE, "zero_date"), (_PLACEHOLDER, "placeholder_date")):
        lines.date[found[kind]] = special
        lines.is_special_date[found[kind]] = True
    lines.minutes[found["zero_minutes"]] = 0
    lines.minutes[found["long_minutes"]] = 900
    with_unit = found["minutes_with_unit"]
    lines.minutes[with_unit[lines.minutes[with_unit] != NONE]] += _LONG
    return lines


def _corrected(rng: Generator, lines: Written, rows: Index) -> Written:
    """Rows sent again with another length and a later change."""
    again = take(lines, rows)
    again.minutes[again.minutes >= 0] = 25
    changed = np.minimum(again.changed + rng.integers(1, 20, len(rows), np.int32), MADE_DAY)
    return replace(again, changed=changed)


def _table(rng: Generator, chunk: Chunk, sessions: Sessions, lines: Written) -> pa.Table:
    told = take(sessions, lines.session)
    people = take(chunk.people, told.person)
    skipped = (told.status != COMPLETED) | chance(rng, 0.05, len(sessions))[lines.session]
    return pa.table(
        {
            "Engagement ID": text.numbered("SYN-E-", lines.number, 9),
            "Participant ID": text.pick(person_labels(chunk.people), _blank_last(lines, chunk)),
            "Program ID": text.pick(PROGRAMS, people.program),
            "Service Location": text.pick(words.SITES, told.site),
            "Peer ID": text.numbered("SYN-C-", coach_numbers(told, people.number), 6),
            "Engagement Date": _dates(lines),
            "Engagement Type": text.pick(_KIND_LABELS, lines.kind),
            "Contact Method": text.pick([*words.MODES, "Kiosk chat"], lines.mode),
            "Engagement Status": text.pick([*words.STATUSES, "Rescheduled"], lines.status),
            "Duration (Minutes)": text.pick(_minute_labels(), lines.minutes),
            **{
                header: text.pick(_COUNTS, np.where(skipped & (count == 0), NONE, count))
                for header, count in (
                    ("Recurrences of Use", told.returns_to_use),
                    ("Overdose Events", told.overdoses),
                    ("ER Visits", told.er_visits),
                    ("Goals Completed", told.goals_met),
                )
            },
            "Topics Discussed": text.pick(_topic_labels(), told.topics),
            "Referrals": text.pick(_link_labels(), link_position(told.link, told.second_link)),
            "County of Service": text.pick(words.COUNTY_WORDS, lines.county),
            "Date Entered": text.dates(told.entered, US_DATE),
            "Last Modified": text.stamps(lines.changed, told.changed_minute, US_DATE, "12h"),
        }
    )


_COUNTS = ["0", "1", "2", "3", "4"]


def _blank_last(lines: Written, chunk: Chunk) -> Index:
    return np.where(lines.person > len(chunk.people), NONE, lines.person)


def _dates(lines: Written) -> pa.Array:
    labels = text.date_labels(US_DATE)
    special = np.where(lines.date == _ZERO_DATE, len(labels), len(labels) + 1)
    position = np.where(lines.is_special_date, special, lines.date + CALENDAR_SHIFT)
    return text.pick(_date_labels(), position)


@cache
def _date_labels() -> pa.Array:
    return text.labels([*text.date_labels(US_DATE), "0/0/0000", "01/01/1990"])


@cache
def _minute_labels() -> pa.Array:
    return text.labels([*(str(n) for n in range(_LONG)), *(f"{n} min" for n in range(_LONG))])


@cache
def _topic_labels() -> pa.Array:
    return text.labels(topic_labels(words.title, "; "))


@cache
def _link_labels() -> pa.Array:
    return text.labels(link_labels(words.title, "; ", ": "))
