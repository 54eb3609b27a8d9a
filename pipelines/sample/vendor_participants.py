"""The participants file of the recovery platform, with its dirt."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.random import Generator

from pipelines.sample import text
from pipelines.sample import vendor_words as words
from pipelines.sample.chunks import Chunk
from pipelines.sample.closings import NEVER
from pipelines.sample.dirt import PARTICIPANT_DIRT, spots
from pipelines.sample.draws import NONE
from pipelines.sample.identifiers import person_labels
from pipelines.sample.people import PROGRAMS
from pipelines.sample.seasons import MADE_DAY
from pipelines.sample.vendor_engagements import US_DATE

_GENDERS = [*words.GENDERS, *(word.lower() for word in words.GENDERS)]


def participants(rng: Generator, chunk: Chunk) -> pa.Table:
    """Return the lines of the participants file; a few people are missing from it, a few stand twice."""
    people, closings = chunk.people, chunk.closings
    size = len(people)
    found = spots(rng, size, PARTICIPANT_DIRT)
    county = people.county.astype(np.int32)
    county[found["co_word"]] += 5 * words.CO_WORD
    county[found["missing_county"]] = NONE
    gender = people.gender.copy()
    gender[found["case_drift"]] += len(words.GENDERS)
    closed = closings.closed.copy()
    for kind, days in (("closed_before_enrolled", -20), ("closed_too_early", 3)):
        closed[found[kind]] = closings.enrolled[found[kind]] + days
    changed = np.clip(np.maximum(closings.closed, closings.enrolled) + 2, NEVER, MADE_DAY)
    table = pa.table(
        {
            "Participant ID": text.pick(person_labels(people), np.arange(size)),
            "Program ID": text.pick(PROGRAMS, people.program),
            "County of Residence": text.pick(words.COUNTY_WORDS, county),
            "Age Group": text.pick(words.AGES, people.age_band),
            "Gender": text.pick(_GENDERS, gender),
            "Race/Ethnicity": text.pick(words.RACES, people.race_eth),
            "Referral Source": text.pick(words.titles("referral_source"), people.referral_source),
            "Recovery Pathway": text.pick(words.titles("pathway"), people.pathway),
            "Primary Substance": text.pick(words.SUBSTANCES, people.substance),
            "Enrollment Date": text.dates(closings.enrolled, US_DATE),
            "Discharge Date": text.dates(closed, US_DATE),
            "Discharge Reason": text.pick(words.titles("close_reason"), closings.reason),
            "Last Modified": text.stamps(changed, rng.integers(480, 1080, size, np.int32), US_DATE, "12h"),
        }
    )
    exported = np.delete(np.arange(size), found["not_exported"])
    return table.take(pa.array(np.concatenate([exported, found["duplicate"]])))
