"""What is asked and what is answered: both frozen, so that equal questions are one cache entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, TypeAlias

import pandas as pd

from dashboard.measures.definition import Measure
from dashboard.measures.dimensions import label
from dashboard.measures.periods import Period

Row: TypeAlias = Any  # one row of `Result.frame`, as `itertuples` yields it
Audience = Literal["director", "funder", "board"]
CountyOf = Literal["contact", "residence"]  # two different facts; a view uses one only (data-model.md R8)


@dataclass(frozen=True, slots=True)
class Query:
    """One question: a measure over periods, split `by` dimensions, kept `where` they match.

    `county_of` says which county and region are meant: those of the contact or event, or those where the person lives.
    Measures of records, which belong to no person, know the county of the record only.
    """

    measure: str
    periods: tuple[Period, ...]
    by: tuple[str, ...] = ()
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    settings: tuple[tuple[str, int], ...] = ()
    audience: Audience = "director"
    county_of: CountyOf = "contact"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the numbers come from; printed with them."""

    version: str
    as_of: date
    gap_days: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """One answer.

    `frame` has one row per period and combination of `query.by`, sorted, with the columns
    `period` (label), `period_start`, `period_end`, `completeness`, the dimensions (codes; labels come
    from `dimensions.label`), `numerator`, `denominator`, `value`, `lower`, `upper` (float, NaN = cannot be
    computed), `reason` (why not, in words, else ""), `reliable` (bool). For kind `retention` there is one
    row per day with a change and the columns `day`, `at_risk`, `exits`, `value` (share in contact),
    `lower`, `upper`, `completed`, `left`, `died`, `other` (cumulative shares) take the place of
    `numerator` and `denominator`; `people` is the size of the cohort.

    `value` is a fraction for shares, a rate per `measure.per` person-months, days or contacts for a median
    (`lower` and `upper` are then its quartiles) and the numerator itself for counts of people and events,
    which have no denominator (NaN). A missing value of a dimension has the code "unknown". `left_out` counts
    the units that could not be judged, `too_recent` those of them whose time is not over yet (where the measure
    knows that reason); `provenance.notes` say why. Where the measure has `rows_beside`,
    `row_numerator` of `row_denominator` counts those.
    """

    measure: Measure
    query: Query
    frame: pd.DataFrame
    provenance: Provenance
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def label(self, dimension: str, code: str) -> str:
        """Return the words for a code of one of the dimensions, county names included."""
        return self.names.get(dimension, {}).get(code) or label(dimension, code)
