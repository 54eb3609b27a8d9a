"""The same people as canonical tables: the columns of `pipelines.schema`, without the origin columns."""

from __future__ import annotations

from functools import cache

import numpy as np
import pyarrow as pa

from pipelines.sample import text
from pipelines.sample.calibration import FIPS
from pipelines.sample.chunks import Chunk
from pipelines.sample.closings import NEVER
from pipelines.sample.draws import NONE, Codes, take
from pipelines.sample.event_table import FATAL_UNKNOWN
from pipelines.sample.identifiers import coach_numbers, person_labels
from pipelines.sample.people import PROGRAMS
from pipelines.sample.topic_sets import link_labels, link_position, topic_labels
from pipelines.schema import LIFE_WINS, TABLES, VOCABULARIES
from pipelines.schema.tables import ORIGIN

ISO_DATE = "%Y-%m-%d"
_ORIGIN = {column.name for column in ORIGIN}
_SITES = tuple(f"site_{number}" for number in range(1, 11))


def canonical_columns(table: str) -> tuple[str, ...]:
    """Return the columns of a canonical sample file; sessions carry their topics and links as lists."""
    columns = tuple(c.name for c in TABLES[table].columns if c.name not in _ORIGIN)
    return (*columns, "topics", "linkages") if table == "session" else columns


def session_table(chunk: Chunk, first_number: int) -> pa.Table:
    """Return the sessions of a chunk; keys are numbered from `first_number`."""
    sessions, size = chunk.sessions, len(chunk.sessions)
    people = take(chunk.people, sessions.person)
    known = {
        "session_key": text.numbered("SYN-E-", np.arange(size) + first_number, 9),
        "participant_key": text.pick(person_labels(chunk.people), sessions.person),
        "program_id": text.pick(PROGRAMS, people.program),
        "site_id": text.pick(_SITES, sessions.site),
        "coach_key": text.numbered("SYN-C-", coach_numbers(sessions, people.number), 6),
        "session_date": text.dates(sessions.day, ISO_DATE),
        "date_precision": text.constant("day", size),
        **_county(sessions.county, "service_site"),
        "kind": _coded("kind", sessions.kind),
        "mode": _coded("mode", sessions.mode),
        "status": _coded("status", sessions.status),
        "minutes": text.pick(_MINUTES, sessions.minutes),
        "minutes_basis": text.pick(["recorded"], np.minimum(sessions.minutes, 0)),
        "entered_on": text.dates(sessions.entered, ISO_DATE),
        "updated_on": text.stamps(sessions.entered, sessions.changed_minute, ISO_DATE, "24h"),
        "topics": text.pick(_topic_labels(), sessions.topics),
        "linkages": text.pick(_link_labels(), link_position(sessions.link, sessions.second_link)),
    }
    return _table("session", known, size)


def milestone_table(chunk: Chunk, first_number: int) -> pa.Table:
    """Return the events of a chunk; those told as a count in a session have a reported date only."""
    events, size = chunk.events, len(chunk.events)
    day = np.where(events.in_session, NEVER, events.day)
    fatal = np.where(events.od_fatal == FATAL_UNKNOWN, NONE, events.od_fatal)
    known = {
        "milestone_key": text.numbered("SYN-O-", np.arange(size) + first_number, 9),
        "participant_key": text.pick(person_labels(chunk.people), events.person),
        "program_id": text.pick(PROGRAMS, chunk.people.program[events.person]),
        "event_date": text.dates(day, ISO_DATE),
        "date_precision": text.constant("day", size),
        "reported_date": text.dates(events.reported, ISO_DATE),
        **_county(events.county, "residence"),
        "class": text.pick(_CLASSES, events.code),
        "code": _coded("milestone_code", events.code),
        "domain": text.pick(_DOMAINS, events.code),
        "certainty": _coded("certainty", events.certainty),
        "od_fatal": text.pick(["false", "true"], fatal),
        "od_naloxone": text.pick(["false", "true"], events.od_naloxone),
        "od_care": _coded("od_care", events.od_care),
        "death_cause": _coded("death_cause", events.death_cause),
        "substance_group": _coded("substance_group", events.substance),
        "updated_on": text.stamps(events.reported, np.full(size, 720, np.int32), ISO_DATE, "24h"),
    }
    return _table("milestone", known, size)


def participant_table(chunk: Chunk) -> pa.Table:
    """Return the people of a chunk."""
    people, closings, size = chunk.people, chunk.closings, len(chunk.people)
    changed = np.maximum(closings.closed, closings.enrolled)
    known = {
        "participant_key": text.pick(person_labels(people), np.arange(size)),
        "program_id": text.pick(PROGRAMS, people.program),
        **_county(people.county, "residence"),
        "age_band": _coded("age_band", people.age_band),
        "gender": _coded("gender", people.gender),
        "race_eth": _coded("race_eth", people.race_eth),
        "referral_source": _coded("referral_source", people.referral_source),
        "pathway_chosen": _coded("pathway", people.pathway),
        "primary_substance": _coded("substance_group", people.substance),
        "enrolled_on": text.dates(closings.enrolled, ISO_DATE),
        "closed_on": text.dates(closings.closed, ISO_DATE),
        "close_reason": _coded("close_reason", closings.reason),
        "updated_on": text.stamps(changed, np.full(size, 720, np.int32), ISO_DATE, "24h"),
    }
    return _table("participant", known, size)


def _table(table: str, known: dict[str, pa.Array], size: int) -> pa.Table:
    return pa.table({name: known.get(name, text.blank(size)) for name in canonical_columns(table)})


def _coded(vocabulary: str, codes: Codes) -> pa.Array:
    return text.pick(VOCABULARIES[vocabulary], codes)


def _county(county: Codes, basis: str) -> dict[str, pa.Array]:
    return {
        "county_fips": text.pick(FIPS, county),
        "county_basis": text.pick([basis, "unknown"], np.where(county == NONE, 1, 0)),
    }


def _class_of(code: str) -> str:
    if code in _DOMAIN_OF:
        return "life_win"
    return code if code in VOCABULARIES["milestone_class"] else "other_event"


_DOMAIN_OF = {win.code: win.domain for win in LIFE_WINS}
_CLASSES = [_class_of(code) for code in VOCABULARIES["milestone_code"]]
_DOMAINS = [_DOMAIN_OF.get(code, "") for code in VOCABULARIES["milestone_code"]]
_MINUTES = text.labels([str(minutes) for minutes in range(601)])


@cache
def _topic_labels() -> pa.Array:
    return text.labels(topic_labels(str, ";"))


@cache
def _link_labels() -> pa.Array:
    return text.labels(link_labels(str, ";", ":"))
