"""Counties beside the average of all: is a difference more than its size explains, and a smoothed value (E7).

Nothing is ranked. A county without a name ("not recorded") is no county, and stays out of the average.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.measures.definition import Measure
from dashboard.measures.dimensions import NOT_RECORDED
from dashboard.measures.estimates.arrays import Z_95, Z_998, Floats
from dashboard.measures.estimates.empirical_bayes import FEWEST_COUNTIES, smoothed_rates
from dashboard.measures.estimates.funnel import (
    ALERT,
    OUTLIER,
    rate_curves,
    rate_positions,
    share_limits,
    share_positions,
)
from dashboard.measures.result import Result

FUNNEL_KINDS = ("share_of_people", "rate")
FEWEST_IN_FUNNEL = 6  # fewer counties are told apart better by their intervals (pages.md 5.6)
LIMITS = {ALERT: Z_95, OUTLIER: Z_998}
_POINTS = 120  # of an edge of a funnel of shares


@dataclass(frozen=True, slots=True)
class Edge:
    """One edge of a funnel: `exposure` (people or person-months) and `value` in the measure's unit, shape (points,)."""

    exposure: Floats
    value: Floats


@dataclass(frozen=True, slots=True)
class Places:
    """The counties of one result over one period, in the order of its frame.

    `frame` has the rows of the result with the columns `label` ("outlier", "alert" or ""), `side` (1 above the
    average, −1 below, 0), and for rates of eight counties or more `smoothed`, `smoothed_lower`,
    `smoothed_upper` (NaN where nothing tells the counties apart) and `weight` of own data, 0 … 1. `mean` is the
    average of all in the measure's unit; `widening` the k of the whole program.
    """

    result: Result
    frame: pd.DataFrame
    mean: float
    widening: float

    @property
    def is_smoothed(self) -> bool:
        """Whether smoothed values can be given that differ between counties."""
        return "weight" in self.frame and bool((self.frame["weight"] > 0).any())

    def edges(self, level: str) -> tuple[Edge, Edge]:
        """Return the lower and the upper edge at the level of "alert" (95 %) or "outlier" (99.8 %).

        They come from the functions that judge the counties, with the same widening.
        """
        largest = float(self.frame["denominator"].max())
        if self.result.measure.kind == "rate":
            per = self.result.measure.per
            curves = rate_curves(self.mean / per, largest, self.widening, LIMITS[level])
            return Edge(curves[0].person_months, per * curves[0].rate), Edge(
                curves[1].person_months, per * curves[1].rate
            )
        size = np.unique(np.round(np.geomspace(1, max(largest, 1.0), _POINTS)))
        lower, upper = share_limits(self.mean, size, LIMITS[level])
        return Edge(size, lower), Edge(size, upper)


def places_of(result: Result) -> Places:
    """Judge the counties of a result split by county, over one period.

    Raises ValueError for a kind of measure that has no funnel.
    """
    measure = result.measure
    if measure.kind not in FUNNEL_KINDS:
        raise ValueError(f"{measure.name} has no funnel: only shares of people and rates do")
    frame = result.frame
    frame = frame[(frame["county"] != NOT_RECORDED) & (frame["denominator"] > 0)].reset_index(drop=True)
    events, size = frame["numerator"].to_numpy(float), frame["denominator"].to_numpy(float)
    if measure.kind == "share_of_people":
        found = share_positions(events, size)
        return Places(result, frame.assign(label=found.label, side=found.side), found.mean, 1.0)
    widening = float(frame["widening"].max()) if len(frame) else 1.0
    found = rate_positions(events, size, widening)
    frame = _smoothed(measure, frame.assign(label=found.label, side=found.side), events, size)
    return Places(result, frame, measure.per * found.mean, widening)


def place_words(measure: Measure, label: str, side: int) -> str:
    """Say how a county stands to the average of all: "usual", "lower (alert)", "higher (outlier)"."""
    if not label:
        return "usual"
    return f"{'higher' if side > 0 else 'lower'} ({label})"


def funnel_words(places: Places) -> str:
    """Say how many counties stand out, and how many do by chance alone."""
    count = len(places.frame)
    alerts, outliers = (int((places.frame["label"] == level).sum()) for level in (ALERT, OUTLIER))
    if not alerts + outliers:
        return f"All {count} counties lie within what their size explains."
    found = (f"{_counties(outliers, OUTLIER)} (beyond 99.8 %)", f"{_counties(alerts, ALERT)} (beyond 95 %)")
    by_chance = f"About {max(1, round(0.05 * count))} of {count} would be an alert by chance alone."
    return f"{' and '.join(words for words, n in zip(found, (outliers, alerts), strict=True) if n)}. {by_chance}"


def _counties(n: int, level: str) -> str:
    return f"{n} {'county is' if n == 1 else 'counties are'} {f'an {level}' if n == 1 else f'{level}s'}"


def _smoothed(measure: Measure, frame: pd.DataFrame, events: Floats, size: Floats) -> pd.DataFrame:
    if len(frame) < FEWEST_COUNTIES:
        return frame
    found = smoothed_rates(events, size, per=measure.per)
    limits = {"smoothed_lower": found.lower, "smoothed_upper": found.upper}
    return frame.assign(smoothed=found.value, weight=found.weight, **limits)
