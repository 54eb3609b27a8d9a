"""Counts to values with limits: one estimator per kind of measure; nothing branches on a measure's name."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pandas as pd

from dashboard.measures.counting import EXITS
from dashboard.measures.definition import Measure
from dashboard.measures.estimates.arrays import Floats
from dashboard.measures.estimates.kaplan_meier import kaplan_meier
from dashboard.measures.estimates.poisson import EXACT_BELOW, rate
from dashboard.measures.estimates.wilson import wilson

DAYS_PER_MONTH = 30.4375
NOBODY = "nobody in the denominator"
NOTHING = "nothing in the denominator"
NO_TIME = "no active time"
SMALL_SHARE, WIDE_SHARE, WIDE_RATE = 30, 0.30, 1.6  # statistics.md 3, "unreliable"
CURVE_MIN_PEOPLE, CURVE_MIN_AT_RISK = 20, 10  # statistics.md 4
HEAD = ["period", "period_start", "period_end", "completeness"]


def with_values(measure: Measure, by: tuple[str, ...], counts: pd.DataFrame) -> pd.DataFrame:
    """Return the frame of a `Result` from counted rows (`statement` says which columns they have)."""
    if measure.kind == "retention":
        return _curves(by, counts)
    frame = counts.copy()
    frame["left_out"] = _left_out(measure, frame)
    nothing = NOBODY if measure.unit in {"person", "coach"} else NOTHING
    match measure.kind:
        case "people" | "events":
            _count(frame)
        case "share_of_people" | "share_of_rows":
            _share(frame, measure.interval == "wilson", nothing)
        case "rate":
            _rate(frame, measure.per)
        case "median":
            _median(frame, nothing)
    beside = ["row_numerator", "row_denominator"] if measure.rows_beside else []
    extra = ["widening"] if measure.kind == "rate" else []
    columns = ["numerator", "denominator", "value", "lower", "upper", "reason", "reliable", "left_out"]
    return frame[[*HEAD, *by, *columns, *extra, *beside]]


def _left_out(measure: Measure, frame: pd.DataFrame) -> pd.Series[float]:
    return frame[[f"out_{code}" for code, _ in measure.left_out]].sum(axis=1)


def _count(frame: pd.DataFrame) -> None:
    frame["value"] = frame["numerator"]
    frame[["denominator", "lower", "upper"]] = np.nan
    frame["reason"], frame["reliable"] = "", True


def _share(frame: pd.DataFrame, interval: bool, nothing: str) -> None:
    total = frame["denominator"]
    frame["value"], frame["lower"], frame["upper"] = wilson(frame["numerator"], total)
    narrow = frame["upper"] - frame["lower"] < WIDE_SHARE
    frame["reason"] = np.where(total > 0, "", nothing)
    frame["reliable"] = (total >= SMALL_SHARE) & (narrow if interval else True)
    if not interval:  # rows cluster in people, so that an interval on rows would be too narrow (measures.md 1)
        frame[["lower", "upper"]] = np.nan


def _rate(frame: pd.DataFrame, per: float) -> None:
    months = frame["denominator"] / DAYS_PER_MONTH
    values = rate(frame["numerator"], months, per=per, widening=frame["widening"])
    frame["value"], frame["lower"], frame["upper"] = values
    frame["denominator"] = months
    spread = (frame["upper"] - frame["lower"]) / frame["value"].where(frame["value"] > 0)
    frame["reason"] = np.where(months > 0, "", NO_TIME)
    frame["reliable"] = (frame["numerator"] >= EXACT_BELOW) & (spread <= WIDE_RATE)


def _median(frame: pd.DataFrame, nothing: str) -> None:
    frame["value"] = frame["middle"]
    frame["reason"] = np.where(frame["denominator"] > 0, "", nothing)
    frame["reliable"] = frame["denominator"] > 0


def _curves(by: tuple[str, ...], counts: pd.DataFrame) -> pd.DataFrame:
    """One curve per period and combination; a group without people keeps one row that says so."""
    columns = ["day", "at_risk", "exits", "value", "lower", "upper", *EXITS]
    frame = counts[[*HEAD, *by, "people"]].copy()
    known = counts["day"].notna().to_numpy()
    life = counts[["day", "at_risk", *(f"exits_{reason}" for reason in EXITS)]].to_numpy(dtype=float)
    curves = [_curve(rows) if known[start] else _NO_CURVE for start, rows in _by_curve(by, counts, life)]
    values = np.concatenate(curves) if curves else np.empty((0, len(columns)))
    frame[columns] = values
    frame["people"] = frame["people"].fillna(0.0)
    frame["reason"] = np.where(known, "", NOBODY)
    frame["reliable"] = (frame["people"] >= CURVE_MIN_PEOPLE) & (frame["at_risk"] >= CURVE_MIN_AT_RISK)
    return frame[[*HEAD, *by, *columns, "people", "reason", "reliable"]]


def _by_curve(by: tuple[str, ...], counts: pd.DataFrame, life: Floats) -> Iterator[tuple[int, Floats]]:
    """Yield the first row number and the life table of each curve; rows come sorted by curve and day."""
    keys = counts[["period", *by]]
    starts = np.flatnonzero((keys != keys.shift()).any(axis=1).to_numpy())
    for start, end in pairwise([*starts, len(life)]):
        yield int(start), life[start:end]


def _curve(life: Floats) -> Floats:
    """Return day, at risk, exits, share in touch, its limits and the shares by reason, one row per day."""
    curve = kaplan_meier(life[:, 0], life[:, 1], life[:, 2:].T, longest=float(life[-1, 0]))
    parts = (curve.day, curve.at_risk, curve.exits, curve.value, curve.lower, curve.upper, *curve.states)
    return np.column_stack(parts)


_NO_CURVE = np.array([[0.0, 0.0, 0.0, *([np.nan] * (3 + len(EXITS)))]])
