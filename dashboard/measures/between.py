"""Days between rare events, with the limits of a t-chart: one row per event, and the gap that is still open."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from dashboard.measures.cells import Columns
from dashboard.measures.estimates.rare_events import t_chart
from dashboard.measures.periods import Period
from dashboard.measures.result import Result

DAYS_PER_MONTH, FEWEST_A_PERIOD = 30.4375, 5
NO_GAP = "fewer than two events"


def days_between(counted: Columns, periods: tuple[Period, ...], as_of: date) -> Columns:
    """Return the columns of a `Result` of gaps, period by period, each in order of time.

    `counted` has `period`, `event_date` and `numerator` (days since the event before; NaN for the first of
    all, and for what was left out) of every event, in order of time. `value` are the days, `center`, `lower` and
    `upper` those of the chart of that period, NaN where it has too few gaps. A period ends with a row in which
    `open` is True: the days since its last event, through its end or `as_of`; NaN with a `reason` without one.
    """
    parts = [_of_period(counted, np.flatnonzero(counted["period"] == n), p, as_of) for n, p in enumerate(periods)]
    names = ("event_date", "value", "center", "lower", "upper", "open", "reliable")
    columns: Columns = {name: np.concatenate([part[n] for part in parts]) for n, name in enumerate(names)}
    missing = np.isnan(columns["value"])
    return {
        "period": np.repeat(np.arange(len(periods)), [len(part[0]) for part in parts]),
        "numerator": columns["value"],
        "denominator": np.full(len(missing), np.nan),
        **columns,
        "reason": np.where(missing, NO_GAP, "").astype(object),
    }


def too_frequent(result: Result) -> bool:
    """Say whether events come so often that months say more than the days between them (statistics.md 6)."""
    frame = result.frame
    gaps = frame.loc[~frame["open"].astype(bool), "value"].dropna()
    return bool(len(gaps)) and bool(gaps.mean() < DAYS_PER_MONTH / FEWEST_A_PERIOD)


def _of_period(
    counted: Columns, rows: NDArray[np.int64], period: Period, as_of: date
) -> tuple[NDArray[np.generic], ...]:
    day, gap = counted["event_date"][rows], counted["numerator"][rows]
    known = ~np.isnan(gap)
    chart = t_chart(gap[known])
    dated = day[~_left_out(counted, rows)]
    end = np.datetime64(min(period.end, as_of), "D")
    since = [(end - dated[-1].astype("datetime64[D]")).astype(float)] if dated.size else [np.nan]
    none = [np.nan]
    return (
        np.append(day[known].astype("datetime64[s]"), end.astype("datetime64[s]")),
        np.append(gap[known], since),
        *(np.append(line, line[-1:] if line.size else none) for line in (chart.center, chart.lower, chart.upper)),
        np.append(np.zeros(known.sum(), dtype=bool), True),
        np.append(~chart.trial, ~chart.trial[-1:] if known.any() else False),
    )


def _left_out(counted: Columns, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    flags = [values[rows] > 0 for name, values in counted.items() if name.startswith("out_")]
    return np.any(flags, axis=0) if flags else np.zeros(len(rows), dtype=bool)
