"""The outcomes file of the recovery platform: dated events in the vendor's words, with its dirt."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.random import Generator

from pipelines.sample import text
from pipelines.sample import vendor_words as words
from pipelines.sample.chunks import Chunk
from pipelines.sample.closings import NEVER
from pipelines.sample.dirt import OUTCOME_DIRT, spots
from pipelines.sample.draws import NONE, Index, code_of, stack, take
from pipelines.sample.event_table import FATAL_UNKNOWN, Events
from pipelines.sample.identifiers import person_labels
from pipelines.sample.people import PROGRAMS
from pipelines.sample.seasons import MADE_DAY, Days
from pipelines.sample.vendor_engagements import US_DATE

_OVERDOSE, _DEATH = code_of("milestone_code", "overdose"), code_of("milestone_code", "death")
_WINS_END = code_of("milestone_code", "return_to_use")
_LABELS = [*words.OUTCOMES, *(label.lower() for label in words.OUTCOMES)]


def outcomes(rng: Generator, chunk: Chunk, first_number: int) -> pa.Table:
    """Return the lines of the outcomes file; events told as a count in a session are not among them."""
    events = take(chunk.events, ~chunk.events.in_session)
    events = stack([events, take(events, np.flatnonzero(events.code == _DEATH)[::8])])  # a death sent twice
    found = spots(rng, len(events), OUTCOME_DIRT)
    label = _labels(events, found)
    county = events.county.astype(np.int32)
    county[found["county_word"]] += 5 * words.COUNTY_WORD
    county[found["missing_county"]] = NONE
    _dirty_dates(events, found)
    person = events.person.copy()
    person[found["test_id"]] = len(chunk.people)
    lines = np.concatenate([np.arange(len(events)), found["duplicate"]])
    table = _table(rng, chunk, events, label, county, person, first_number)
    return table.take(pa.array(lines))


def _labels(events: Events, found: dict[str, Index]) -> Days:
    label = events.code.astype(np.int32)
    overdose = events.code == _OVERDOSE
    label[overdose & (events.od_fatal == 1)] = words.FATAL_OVERDOSE
    label[overdose & (events.od_fatal == FATAL_UNKNOWN)] = words.UNCLEAR_OVERDOSE
    rows = found["unmapped_win"]
    label[rows[label[rows] < _WINS_END]] = words.UNMAPPED_WIN
    label[found["case_drift"]] += len(words.OUTCOMES)
    return label


def _dirty_dates(events: Events, found: dict[str, Index]) -> None:
    """Write over some dates: not recorded, reported before it happened, confirmed after 50 days."""
    undated = found["undated"]
    events.day[undated[events.code[undated] < _WINS_END]] = NEVER
    before = found["reported_before"]
    before = before[(events.code[before] < _WINS_END) & (events.day[before] != NEVER)]
    events.reported[before] = events.day[before] - 12
    early = np.flatnonzero(events.code == code_of("milestone_code", "housing_90_days"))
    events.day[early[: len(found["early_confirmation"])]] -= 40


def _table(
    rng: Generator, chunk: Chunk, events: Events, label: Days, county: Days, person: Index, first_number: int
) -> pa.Table:
    size = len(events)
    cause = np.where(label == words.FATAL_OVERDOSE, code_of("death_cause", "overdose"), events.death_cause)
    changed = np.minimum(events.reported + rng.integers(0, 4, size, np.int32), MADE_DAY)
    minute = rng.integers(8 * 60, 18 * 60, size, np.int32)
    return pa.table(
        {
            "Outcome ID": text.numbered("SYN-O-", np.arange(size) + first_number, 9),
            "Participant ID": text.pick(person_labels(chunk.people), person),
            "Program ID": text.pick(PROGRAMS, chunk.people.program[events.person]),
            "Outcome Type": text.pick(_LABELS, label),
            "Outcome Date": text.dates(events.day, US_DATE),
            "Date Reported": text.dates(events.reported, US_DATE),
            "Reported By": text.pick(words.REPORTED_BY, events.certainty),
            "Naloxone Given": text.pick(["No", "Yes"], events.od_naloxone),
            "Care Received": text.pick(words.CARE, events.od_care),
            "Cause of Death": text.pick(words.CAUSES, cause),
            "Substance": text.pick(words.SUBSTANCES, events.substance),
            "County of Residence": text.pick(words.COUNTY_WORDS, county),
            "Last Modified": text.stamps(changed, minute, US_DATE, "12h"),
        }
    )
