"""Reading a retention result: its value on chosen days, and the day half of people had left."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.measures.curve_counting import EXITS
from dashboard.measures.estimates.kaplan_meier import median_stay
from dashboard.measures.result import Result
from dashboard.measures.values import CURVE_MIN_AT_RISK, NOBODY

GRID = (30, 60, 90, 180, 365)
_SHARES = ["value", "lower", "upper", *EXITS]
_START = np.array([1.0, np.nan, np.nan, *([0.0] * len(EXITS))])


def on_days(result: Result, days: Iterable[int] = GRID) -> pd.DataFrame:
    """Return one row per curve and day: share in touch, limits, shares by reason, people at risk.

    Columns: `period`, the dimensions of the query, `day`, `at_risk`, `value`, `lower`, `upper`,
    `completed`, `left`, `died`, `other`, `people`, `reason`, `reliable`. Beyond the longest follow-up the
    shares are NaN and `reason` says so.
    """
    asked = np.fromiter(days, dtype=float)
    keys = ["period", *result.query.by]
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
