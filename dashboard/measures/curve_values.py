"""Counts to curves by days since entry: one per period and combination of dimensions, one row per day of change."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from dashboard.measures.cells import Columns, combinations
from dashboard.measures.curve_counting import EXITS, exit_column, exits_of
from dashboard.measures.definition import Kind, Measure
from dashboard.measures.estimates.aalen_johansen import aalen_johansen
from dashboard.measures.estimates.arrays import Floats
from dashboard.measures.estimates.kaplan_meier import kaplan_meier
from dashboard.measures.repeated import repeated_events
from dashboard.measures.values import CURVE_MIN_AT_RISK, CURVE_MIN_PEOPLE, NOBODY

Rows = NDArray[np.int64]
_SHARES = ("value", "lower", "upper", *EXITS)


def curves(measure: Measure, counted: Columns, by: tuple[str, ...], periods: int) -> Columns:
    """Return period, dimensions and the columns of a `Result` of curves; a group without people keeps one row.

    `counted` comes sorted by period and dimensions; a row without people says only what was left out.
    """
    known = "entry" if measure.kind == "repeated_events" else "day"
    observed = {name: values[~np.isnan(counted[known])] for name, values in counted.items()}
    found, place = combinations(observed, by)
    curve, names = _CURVES[measure.kind]
    nobody = np.array([[np.nan if name in _SHARES else 0.0 for name in names]])
    groups = _by_curve(observed["period"] * len(found) + place, periods * len(found))
    parts = [curve(measure, {n: v[rows] for n, v in observed.items()}) if rows.size else nobody for rows in groups]
    number = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    columns = dict(zip(names, np.concatenate([nobody[:0], *parts]).T, strict=True))
    codes = np.array(found, dtype=object).reshape(len(found), len(by))
    return {
        "period": number // max(len(found), 1),
        **{name: codes[number % max(len(found), 1), n] for n, name in enumerate(by)},
        **columns,
        "reason": np.where(columns["people"] > 0, "", NOBODY).astype(object),
        "reliable": (columns["people"] >= CURVE_MIN_PEOPLE) & (columns["at_risk"] >= CURVE_MIN_AT_RISK),
    }


def _by_curve(curve: Rows, size: int) -> Iterator[Rows]:
    """Yield the row numbers of each curve, none where nobody is observed; rows keep their order."""
    order = np.argsort(curve, kind="stable")
    ends = np.searchsorted(curve[order], np.arange(size), side="right")
    yield from np.split(order, ends[:-1]) if size else ()


def _retention(measure: Measure, life: Columns) -> Floats:
    day = life["day"]
    curve = kaplan_meier(day, life["at_risk"], _exits(measure, life), longest=float(day[-1]))
    shares = (curve.value, curve.lower, curve.upper, *curve.states)
    return np.column_stack([day, curve.at_risk, curve.exits, *shares, life["people"]])


def _first_event(measure: Measure, life: Columns) -> Floats:
    """The share of people with the event; it begins on day 0, with 0 unless something happens there."""
    if life["day"][0] > 0:
        start = {name: values[0] if name in {"at_risk", "people"} else 0.0 for name, values in life.items()}
        life = {name: np.append(start[name], values) for name, values in life.items() if values.dtype.kind == "f"}
    exits = _exits(measure, life)
    found = aalen_johansen(life["day"], life["at_risk"], exits)
    shares = (found.value[0], found.lower[0], found.upper[0], *found.value[1:])
    return np.column_stack([life["day"], life["at_risk"], exits[0], exits[1:].sum(axis=0), *shares, life["people"]])


def _repeated_events(measure: Measure, people: Columns) -> Floats:
    return repeated_events(people)


def _exits(measure: Measure, life: Columns) -> Floats:
    return np.array([life[exit_column(reason)] for reason in exits_of(measure)], dtype=float)


# How each kind is estimated, and the columns that come of it.
_CURVES: dict[Kind, tuple[Callable[[Measure, Columns], Floats], tuple[str, ...]]] = {
    "retention": (_retention, ("day", "at_risk", "exits", *_SHARES, "people")),
    "first_event": (_first_event, ("day", "at_risk", "events", "exits", *_SHARES, "people")),
    "repeated_events": (_repeated_events, ("day", "at_risk", "events", "exits", *_SHARES, "people")),
}
