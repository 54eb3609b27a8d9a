"""Reading a result as a series of points in order of time: complete periods, or days between events."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.measures.estimates.arrays import Floats
from dashboard.measures.result import Result
from dashboard.measures.values import TOO_RECENT

Days: TypeAlias = NDArray[np.datetime64]


@dataclass(frozen=True, slots=True)
class Series:
    """What is charted: names, days and counts of the points, in order of time, each of shape (points,)."""

    labels: tuple[str, ...]
    start: Days
    end: Days
    value: Floats
    numerator: Floats
    denominator: Floats


def complete_periods(frame: pd.DataFrame) -> Series:
    """Read the complete periods, through the newest that has a value.

    Cohorts too recent to be judged have none; a period without a value further back stays, as a gap.
    """
    value, start, end = frame["value"].to_numpy(float), _days(frame["period_start"]), _days(frame["period_end"])
    complete = np.array(frame["completeness"].tolist(), dtype=object) == "complete"
    known = complete & ~np.isnan(value)
    newest = start[known].max() if known.any() else np.datetime64("NaT")
    rows = np.flatnonzero(complete & (start <= newest))
    rows = rows[np.argsort(start[rows], kind="stable")]
    labels = frame["period"].tolist()
    counts = (frame[name].to_numpy(float)[rows] for name in ("numerator", "denominator"))
    return Series(tuple(str(labels[row]) for row in rows), start[rows], end[rows], value[rows], *counts)


def settled(result: Result) -> Result:
    """Return the result with complete periods still "filling" while some of their people are too recent to be judged.

    A chart compares periods with each other: one whose value still changes is no point yet.
    """
    frame = result.frame
    if TOO_RECENT not in frame:
        return result
    waiting = (frame["completeness"] == "complete") & (frame[TOO_RECENT] > 0)
    if not waiting.any():
        return result
    return replace(result, frame=frame.assign(completeness=frame["completeness"].mask(waiting, "filling")))


def closed_gaps(frame: pd.DataFrame) -> tuple[Series, float]:
    """Read the closed gaps, each named after the day that ended it, and the days of the open one."""
    is_open, value = frame["open"].to_numpy(bool), frame["value"].to_numpy(float)
    rows = np.flatnonzero(~is_open & ~np.isnan(value))
    end = _days(frame["event_date"])
    rows = rows[np.argsort(end[rows], kind="stable")]
    start = end[rows] - value[rows].astype("timedelta64[D]")
    labels = tuple(f"{day.day} {day:%b %Y}" for day in end[rows].tolist())
    nothing = np.full(rows.size, np.nan)
    still = value[is_open]
    return Series(labels, start, end[rows], value[rows], nothing, nothing), float(still[-1]) if still.size else np.nan


def _days(values: pd.Series[pd.Timestamp]) -> Days:
    return values.to_numpy().astype("datetime64[D]")
