"""Reading a curve by days since entry: its value on chosen days, averages and medians, and how far it may be drawn."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.measures.curve_counting import EXITS
from dashboard.measures.estimates.kaplan_meier import Curve, median_stay
from dashboard.measures.estimates.restricted_mean import RestrictedMean, restricted_mean
from dashboard.measures.result import Result
from dashboard.measures.values import CURVE_MIN_AT_RISK, CURVE_MIN_PEOPLE, NOBODY

GRID = (30, 60, 90, 180, 365)
MONTHS = {91: "month 3", 183: "month 6", 365: "month 12"}  # days on which events per person are read
HORIZON = 180  # days of the average time in touch
GRAY_FROM = 5  # people at risk: a curve ends gray below 10 and is not drawn below 5 (statistics.md 4)
_SHARES = ["value", "lower", "upper", *EXITS]
_START = np.array([1.0, np.nan, np.nan, *([0.0] * len(EXITS))])


def on_days(result: Result, days: Iterable[int] = GRID) -> pd.DataFrame:
    """Return one row per curve and day: its value, limits, shares by reason of leaving, people at risk.

    Columns: `period`, the dimensions of the query, `day`, `at_risk`, `value`, `lower`, `upper`,
    `completed`, `left`, `died`, `other`, `people`, `reason`, `reliable`. Beyond the longest follow-up the
    shares are NaN and `reason` says so.
    """
    asked = np.fromiter(days, dtype=float)
    keys = ["period", *result.query.by]
    if keys == ["period"] and len(result.query.periods) == 1 and len(result.frame):  # one curve needs no grouping
        return _read(result.frame, asked, {"period": result.query.periods[0].label})
    read = [_read(part, asked, part[keys].iloc[0].to_dict()) for _, part in result.frame.groupby(keys, sort=False)]
    return pd.concat(read, ignore_index=True) if read else pd.DataFrame()


def medians(result: Result) -> pd.DataFrame:
    """Return one row per curve: `median` in days and its limits; NaN means "not reached"."""
    keys = ["period", *result.query.by]
    columns = {"median": "value", "lower": "lower", "upper": "upper"}
    rows = [
        {
            **dict(zip(keys, key, strict=True)),
            **{name: median_stay(part["day"].to_numpy(), part[c].to_numpy()) for name, c in columns.items()},
        }
        for key, part in result.frame.groupby(keys, sort=False)
    ]
    return pd.DataFrame(rows)


def average_stay(result: Result, horizon: int = HORIZON) -> RestrictedMean:
    """Return the average days in touch within `horizon` of one retention curve, with limits.

    NaN if the horizon lies beyond the longest follow-up, or fewer than 20 people are observed.
    """
    frame = result.frame
    if not enough_people(result):
        return RestrictedMean(*[float("nan")] * 4)
    columns = {name: frame[name].to_numpy(dtype=float) for name in ("day", "at_risk", "exits", *_SHARES[:3])}
    states = frame[list(EXITS)].to_numpy(dtype=float).T
    return restricted_mean(Curve(**columns, states=states, longest=float(frame["day"].max())), horizon)


def enough_people(result: Result) -> bool:
    """Say whether one curve rests on the 20 people below which none is drawn."""
    return bool(result.frame["people"].max() >= CURVE_MIN_PEOPLE)


def drawn(result: Result) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows of one curve that may be drawn, by day: those with 10 people at risk, then those with 5.

    Both are empty below 20 people. The second part is drawn gray.
    """
    frame = result.frame.sort_values("day")
    if not enough_people(result):
        return frame[:0], frame[:0]
    day, reliable = frame["day"].to_numpy(dtype=float), frame["reliable"].to_numpy(dtype=bool)
    last = day[reliable].max() if reliable.any() else np.inf
    few = (day > last) & (frame["at_risk"].to_numpy(dtype=float) >= GRAY_FROM)
    return frame.take(np.flatnonzero(reliable)), frame.take(np.flatnonzero(few))


def _read(part: pd.DataFrame, asked: NDArray[np.float64], key: Mapping[Hashable, object]) -> pd.DataFrame:
    """Read one curve, ascending by day, on the days asked for."""
    day, people, longest = part["day"].to_numpy(dtype=float), float(part["people"].max()), part["day"].max()
    known = (asked <= longest) & (people > 0)
    # The step in force is the last one on or before a day; 0 stands for the start, before any step.
    step = np.searchsorted(day, asked, side="right")
    shares = np.vstack([_START, part[_SHARES].to_numpy(dtype=float)])[step]
    # People under observation just before the day: nothing moves between two rows of the life table.
    at_risk = np.append(part["at_risk"].to_numpy(dtype=float), 0.0)[np.searchsorted(day, asked, side="left")]
    trusted = np.append(True, part["reliable"].to_numpy(dtype=bool))[step] & (at_risk >= CURVE_MIN_AT_RISK)
    unknown = NOBODY if people == 0 else f"longest follow-up is {longest:.0f} days"
    columns: dict[Hashable, object] = {**key, "day": asked.astype(int), "people": people, "at_risk": at_risk}
    columns |= dict(zip(_SHARES, np.where(known, shares.T, np.nan), strict=True))
    reasons = ["" if is_known else unknown for is_known in known]
    return pd.DataFrame(columns | {"reason": reasons, "reliable": trusted & known})
