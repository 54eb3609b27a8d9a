"""Life tables to curves: one per period and combination of dimensions, one row per day on which something changes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from dashboard.measures.cells import Columns, combinations
from dashboard.measures.counting import EXITS, exit_column
from dashboard.measures.estimates.kaplan_meier import kaplan_meier
from dashboard.measures.values import NOBODY

CURVE_MIN_PEOPLE, CURVE_MIN_AT_RISK = 20, 10  # statistics.md 4
_COLUMNS = ("day", "at_risk", "exits", "value", "lower", "upper", *EXITS)
_NO_CURVE = np.array([[0.0, 0.0, 0.0, *([np.nan] * (len(_COLUMNS) - 3))]])


def curves(counted: Columns, by: tuple[str, ...], periods: int) -> Columns:
    """Return period, dimensions and the columns of a retention `Result`; a group without people keeps one row.

    `counted` comes sorted by period, dimensions and day; a row without a day says only what was left out.
    """
    observed = {name: values[~np.isnan(counted["day"])] for name, values in counted.items()}
    found, place = combinations(observed, by)
    parts = list(_by_curve(observed["period"] * len(found) + place, periods * len(found)))
    values = [_curve(observed, rows) if rows.size else _NO_CURVE for rows in parts]
    sizes = [len(rows) for rows in values]
    known = np.repeat([rows.size > 0 for rows in parts], sizes).astype(bool)
    people = np.repeat([observed["people"][rows[0]] if rows.size else 0.0 for rows in parts], sizes)
    columns = dict(zip(_COLUMNS, np.concatenate([np.empty((0, len(_COLUMNS))), *values]).T, strict=True))
    curve = np.repeat(np.arange(len(parts)), sizes)
    codes = np.array(found, dtype=object).reshape(len(found), len(by))
    return {
        "period": curve // max(len(found), 1),
        **{name: codes[curve % max(len(found), 1), n] for n, name in enumerate(by)},
        **columns,
        "people": people,
        "reason": np.where(known, "", NOBODY).astype(object),
        "reliable": (people >= CURVE_MIN_PEOPLE) & (columns["at_risk"] >= CURVE_MIN_AT_RISK),
    }


def _by_curve(curve: NDArray[np.int64], size: int) -> Iterator[NDArray[np.int64]]:
    """Yield the row numbers of each curve, none where nobody is observed; rows keep their order."""
    order = np.argsort(curve, kind="stable")
    ends = np.searchsorted(curve[order], np.arange(size), side="right")
    yield from np.split(order, ends[:-1]) if size else ()


def _curve(life: Columns, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return day, at risk, exits, share in touch, its limits and the shares by reason, one row per day."""
    day, at_risk = life["day"][rows], life["at_risk"][rows]
    exits = np.array([life[exit_column(reason)][rows] for reason in EXITS])
    curve = kaplan_meier(day, at_risk, exits, longest=float(day[-1]))
    parts = (curve.day, curve.at_risk, curve.exits, curve.value, curve.lower, curve.upper, *curve.states)
    return np.column_stack(parts)
