"""Events per person by day, repeats included (E5): the mean cumulative function with robust variance.

Sources: Nelson 1995; Lawless & Nadeau 1995 (variance). People stay under observation after an event; who
leaves or dies is no longer counted in the denominator.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dashboard.measures.estimates.arrays import Z_95, Floats, floats

__all__ = ["MeanCumulative", "mean_cumulative"]

ROUNDING = 1e-13  # of the squared value: a variance below it is a difference of equal sums


@dataclass(frozen=True, slots=True)
class MeanCumulative:
    """Events per person by day; arrays of shape (days,), one for each day with an event.

    `value` is the mean number of events per person through that day, `variance` its robust variance,
    `lower` and `upper` its limits on the log scale (NaN where the variance is 0: one person, or people
    all alike, say nothing about others). `at_risk` are the people under observation, `events` all events
    of the day. `longest` is the longest follow-up in days.
    """

    day: Floats
    at_risk: Floats
    events: Floats
    value: Floats
    variance: Floats
    lower: Floats
    upper: Floats
    longest: float


def mean_cumulative(
    entry: ArrayLike, exit_day: ArrayLike, person: ArrayLike, event_day: ArrayLike, z: float = Z_95
) -> MeanCumulative:
    """Estimate M(t) = Σ D_u/n_u over the event days u ≤ t, with limits at the level of `z`.

    People: `entry` and `exit_day` of shape (people,); a person is under observation on days
    entry < day ≤ exit_day, so that entry is −1 for someone seen from day 0. Events: `person`, the position
    in those arrays, and `event_day`, of shape (events,), in any order; two events of a day both count.
    Raises ValueError for an event outside its person's observation.
    """
    start, end, event = floats(entry), floats(exit_day), floats(event_day)
    who = np.asarray(person, dtype=np.intp)
    if bool(((event <= start[who]) | (event > end[who])).any()):
        raise ValueError("an event lies outside its person's time under observation")
    day, step = np.unique(event, return_inverse=True)
    first, last = (np.searchsorted(day, bound, side="right") for bound in (start, end))
    at_risk = np.cumsum(_tally(first, day.size + 1) - _tally(last, day.size + 1))[: day.size]
    events = _tally(step, day.size)
    value = np.cumsum(events / at_risk)
    variance = _variance(at_risk, events, first, last, who, step)
    variance = np.where(variance > ROUNDING * value**2, variance, 0.0)
    width = z * np.sqrt(np.where(variance > 0, variance, np.nan)) / value
    longest = float(end.max()) if end.size else 0.0
    return MeanCumulative(day, at_risk, events, value, variance, value * np.exp(-width), value * np.exp(width), longest)


def _variance(
    at_risk: Floats,
    events: Floats,
    first: NDArray[np.intp],
    last: NDArray[np.intp],
    who: NDArray[np.intp],
    step: NDArray[np.intp],
) -> Floats:
    """Σᵢ φᵢ² by day, φᵢ = Σ over days at risk of (dᵢ − D/n)/n, without a table of people by days.

    On a day φ of those at risk moves by x = dᵢ/n − b with b = D/n², so Σφ² grows by Σx² + 2Σφx, and Σφx
    needs φ just before that day only over those at risk, and over those with an event.
    """
    size, mean_step = at_risk.size, events / at_risk**2
    sums = np.concatenate([[0.0], np.cumsum(mean_step)])  # Σb before each day, and in all
    pair, count = np.unique(np.stack([who, step]), axis=1, return_counts=True)  # by person, then by day
    whose, when = pair
    gained = floats(count / at_risk[when])
    earlier = _sum_before(whose, gained)
    phi = earlier - (sums[when] - sums[first[whose]])
    gains = np.cumsum(_tally(when + 1, size + 1, gained) - _tally(last[whose], size + 1, gained))[:size]
    begun = np.cumsum(_tally(first, size + 1, sums[first]) - _tally(last, size + 1, sums[first]))[:size]
    phi_at_risk = gains - (at_risk * sums[:size] - begun)
    squares = _tally(when, size, floats(count**2))
    grown = (squares - events**2 / at_risk) / at_risk**2
    crossed = _tally(when, size, floats(count * phi)) / at_risk - mean_step * phi_at_risk
    return np.cumsum(grown + 2 * crossed)


def _sum_before(whose: NDArray[np.intp], gained: Floats) -> Floats:
    """Sum what each person `gained` on earlier days; rows come sorted by person and day."""
    total = np.concatenate([[0.0], np.cumsum(gained)])[:-1]
    begins = np.searchsorted(whose, whose, side="left")
    return total - total[begins] if total.size else total


def _tally(index: NDArray[np.intp], size: int, weights: Floats | None = None) -> Floats:
    return np.bincount(index, weights, minlength=size).astype(float)
