"""Who comes: arrivals, home counties, how many sessions, and what is recorded about them at entry."""

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
    spin,
    spin_evenly,
    uniform,
    vocabulary_wheel,
    wheel,
)
from pipelines.sample.seasons import Days, to_calendar
from pipelines.schema import VOCABULARIES

PROGRAMS = ("SYN-CORE", "SYN-COURT")
COACHES_PER_COUNTY = (20, 14, 9, 6, 4)

_NEEDS = len(VOCABULARIES["linkage_domain"]) - 1  # nobody mainly needs "other"
_COUNTY = wheel(cal.COUNTY_SHARE)
_PROGRAM = wheel((0.8, 0.2))
_AGE = vocabulary_wheel(
    "age_band",
    {
        "under_18": 0.6,
        "18_24": 9,
        "25_34": 27,
        "35_44": 30,
        "45_54": 18,
        "55_64": 11,
        "65_plus": 3,
        "unknown": 1.4,
    },
)
_GENDER = vocabulary_wheel(
    "gender", {"woman": 45, "man": 50, "transgender": 1, "another_gender": 1, "declined": 1, "unknown": 2}
)
_RACE = vocabulary_wheel(
    "race_eth",
    {
        "white": 86,
        "american_indian_alaska_native": 4.5,
        "black": 1.5,
        "hispanic_any_race": 2,
        "asian": 0.5,
        "multiracial": 2.5,
        "another": 0.5,
        "declined": 1,
        "unknown": 1.5,
    },
)
_REFERRAL = vocabulary_wheel(
    "referral_source",
    {
        "self": 27,
        "family_or_friend": 11,
        "court_or_corrections": 15,
        "treatment_program": 14,
        "hospital_or_ed": 8,
        "primary_care": 5,
        "child_welfare": 3,
        "recovery_residence": 5,
        "community_organization": 5,
        "outreach": 4,
        "other": 1,
        "unknown": 2,
    },
)
_PATHWAY = vocabulary_wheel(
    "pathway",
    {
        "mutual_support": 24,
        "medication": 24,
        "clinical_treatment": 10,
        "faith_based": 5,
        "cultural": 2,
        "harm_reduction_or_moderation": 6,
        "self_directed": 10,
        "multiple": 12,
        "not_stated": 7,
    },
)
_SUBSTANCE = vocabulary_wheel(
    "substance_group",
    {
        "alcohol": 36,
        "opioids": 33,
        "stimulants": 13,
        "cannabis": 3,
        "sedatives": 1,
        "multiple": 11,
        "not_stated": 3,
    },
)


@dataclass(frozen=True, slots=True)
class People(Columns):
    """One row per person; `number` is set when the person is kept, codes are vocabulary positions."""

    number: Index
    steady_start: Days  # steady time of the first session
    start: Days  # day number of the first session
    visits: Days  # planned sessions, of every status
    pace: Reals  # multiplies the days between sessions
    miss_factor: Reals  # multiplies the chance of a missed session
    improved: Mask
    county: Codes
    second_county: Codes  # equals county for most people
    site: Codes  # 0 or 1: which of the county's two centers
    coach: Codes  # position among the county's coaches
    program: Codes
    age_band: Codes
    gender: Codes
    race_eth: Codes
    referral_source: Codes
    pathway: Codes
    substance: Codes
    need: Codes  # linkage domain the person asks about most


def draw_people(rng: Generator, size: int) -> People:
    """Draw candidates; those without a session inside the export window are dropped later."""
    span = cal.LAST_ARRIVAL - cal.FIRST_ARRIVAL
    steady = (cal.FIRST_ARRIVAL + span * rng.random(size) ** cal.ARRIVAL_GROWTH).astype(np.int32)
    start = to_calendar(steady)
    county = spin_evenly(rng, _COUNTY, size)
    improved = (start >= cal.IMPROVED_FROM) & np.isin(county, cal.IMPROVED_IN)
    activity = rng.gamma(cal.LATER_SHAPE, 1 / cal.LATER_SHAPE, size).astype(np.float32)
    return People(
        number=np.zeros(size, np.int64),
        steady_start=steady,
        start=start,
        visits=_visits(rng, activity, improved),
        pace=_pace(rng, activity),
        miss_factor=rng.gamma(3.0, 1 / 3.0, size).astype(np.float32),
        improved=improved,
        county=county,
        second_county=_second_county(rng, county),
        site=rng.integers(0, 2, size, dtype=np.int8),
        coach=(uniform(rng, size) * np.array(COACHES_PER_COUNTY)[county]).astype(np.int8),
        program=spin(rng, _PROGRAM, size),
        age_band=spin(rng, _AGE, size),
        gender=spin(rng, _GENDER, size),
        race_eth=spin(rng, _RACE, size),
        referral_source=spin(rng, _REFERRAL, size),
        pathway=spin(rng, _PATHWAY, size),
        substance=spin(rng, _SUBSTANCE, size),
        need=rng.integers(0, _NEEDS, size, dtype=np.int8),
    )


def _visits(rng: Generator, activity: Reals, improved: Mask) -> Days:
    """First session plus a negative binomial number of later ones; fewer single visits once improved."""
    later = rng.poisson(activity * cal.LATER_SESSIONS)
    returns = improved & (later == 0) & chance(rng, cal.IMPROVED_RETURNS, len(later))
    later = np.where(returns, rng.geometric(0.4, len(later)), later)
    return (1 + later).astype(np.int32)


def _pace(rng: Generator, activity: Reals) -> Reals:
    spread = rng.standard_normal(len(activity), dtype=np.float32) * cal.PACE_SPREAD
    pace: Reals = np.maximum(activity, 0.02) ** -cal.PACE_BY_ACTIVITY * np.exp(spread)
    return pace.astype(np.float32)


def _second_county(rng: Generator, county: Codes) -> Codes:
    moves = chance(rng, cal.SECOND_COUNTY_SHARE, len(county))
    return np.where(moves, np.array(cal.NEIGHBOR, np.int8)[county], county)
