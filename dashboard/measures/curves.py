"""Reading a retention result: its value on chosen days, and the day half of people had left."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from dashboard.measures.counting import EXITS
from dashboard.measures.estimates.kaplan_meier import median_stay
from dashboard.measures.result import Result
from dashboard.measures.values import NOBODY

GRID = (30, 60, 90, 180, 365)
_SHARES = ["value", "lower", "upper", *EXITS]


def on_days(result: Result, days: Iterable[int] = GRID) -> pd.DataFrame:
    """Return one row per curve and day: share in touch, limits, shares by reason, people at risk.

    Columns: `period`, the dimensions of the query, `day`, `at_risk`, `value`, `lower`, `upper`,
    `completed`, `left`, `died`, `other`, `people`, `reason`, `reliable`. Beyond the longest follow-up the
    shares are NaN and `reason` says so.
    """
    keys = ["period", *result.query.by]
    rows = [
        {**dict(zip(keys, key, strict=True)), **_on_day(part, day)}
        for key, part in result.frame.groupby(keys, sort=False)
        for day in days
    ]
    return pd.DataFrame(rows)


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


def _on_day(part: pd.DataFrame, day: int) -> dict[str, object]:
    people = float(part["people"].max())
    at_risk = _at_risk(part, day)
    known = {"day": day, "people": people, "at_risk": at_risk}
    longest = part["day"].max()
    if people == 0 or day > longest:
        reason = NOBODY if people == 0 else f"longest follow-up is {longest:.0f} days"
        return {**known, **dict.fromkeys(_SHARES, np.nan), "reason": reason, "reliable": False}
    before = part[part["day"] <= day]
    start = {"value": 1.0, "lower": np.nan, "upper": np.nan, **dict.fromkeys(EXITS, 0.0), "reliable": True}
    row = before.iloc[-1].to_dict() if len(before) else start
    reliable = bool(row["reliable"]) and at_risk >= 10
    return {**known, **{name: row[name] for name in _SHARES}, "reason": "", "reliable": reliable}


def _at_risk(part: pd.DataFrame, day: int) -> float:
    """People under observation just before the day: nothing moves between two rows of the life table."""
    later = part[part["day"] >= day]
    return float(later.iloc[0]["at_risk"]) if len(later) else 0.0
