"""A result over time as a control chart: which chart fits, its limits, and what the rules flag (statistics.md 10).

Only complete periods count. The chart of individual values is the usual one; where the largest denominator
is more than twice the smallest it is P′ or U′, and days between events have a t-chart. Where no chart is
honest there are no limits, and `Trend.reason` says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd

from dashboard.measures.estimates.arrays import Floats
from dashboard.measures.estimates.control_chart import FEWEST_FOR_LIMITS, FEWEST_FOR_SIGNALS, Chart
from dashboard.measures.estimates.laney import p_prime, u_prime
from dashboard.measures.estimates.rare_events import t_chart
from dashboard.measures.estimates.rules import signals
from dashboard.measures.estimates.xmr import xmr
from dashboard.measures.result import Result

Method = Literal["xmr", "p_prime", "u_prime", "t_chart", "none"]
COUNTS, SHARES = ("people", "events", "rate"), ("share_of_people", "share_of_rows")
FEWEST_A_PERIOD, RAREST = 5, 0.25  # statistics.md 6: below it the days between events say more
VARYING = 2  # largest denominator over the smallest, from which limits follow the denominators
MEANINGS = {"higher": {1: "improvement", -1: "concern"}, "lower": {1: "concern", -1: "improvement"}}
LINES = ("value", "center", "lower", "upper", "near_lower", "near_upper", "basis")


@dataclass(frozen=True, slots=True)
class Trend:
    """One series with its limits and signals.

    `points` has one row per complete period (or closed gap between events), in order of time: `label`,
    `start`, `end` (its days), `value`, `center`, `lower`, `upper`, `near_lower`, `near_upper` (NaN without
    limits), `basis` (points the limits rest on), `phase`, `rule` ("outside", "trend", "2-of-3", "shift", ""),
    `side` (1 high or rising, −1 low or falling) and `meaning` of a signal ("improvement", "concern",
    "neutral", ""). `reason` says why there are no limits. `open_days` are the days since the last event of
    a t-chart (else NaN).
    """

    result: Result
    method: Method
    points: pd.DataFrame
    reason: str
    open_days: float

    @property
    def trial(self) -> bool:
        """Whether the newest limits rest on fewer than 12 points: dashed, and no words rest on them."""
        return not len(self.points) or self.trial_at(-1)

    def trial_at(self, index: int) -> bool:
        """Whether the limits of one point, by its position, rest on fewer than 12 points."""
        return bool(self.points["basis"].iloc[index] < FEWEST_FOR_SIGNALS)

    @property
    def limited(self) -> bool:
        """Whether the newest point has limits."""
        return bool(len(self.points)) and bool(self.points["upper"].notna().iloc[-1])

    @property
    def open_is_long(self) -> bool:
        """Whether the open gap is already longer than the upper limit; it can never be too short."""
        return self.limited and not self.trial and bool(self.open_days > self.points["upper"].iloc[-1])


def trend_of(result: Result, changes: Sequence[date] = (), *, baseline: int | None = None) -> Trend:
    """Chart one result that is not split; `changes` are days of named changes, each starting a new phase.

    A phase begins with the first whole period on or after its change. `baseline` freezes the limits at the
    first so many points of each phase. Raises ValueError for a result that is split or is a curve.
    """
    if result.query.by or "day" in result.frame:
        raise ValueError("a trend is drawn of one series of periods")
    between = "open" in result.frame
    rows = _gaps(result.frame) if between else _periods(result.frame)
    phase = np.searchsorted(np.sort(np.array(changes, dtype="datetime64[D]")), _days(rows["start"]), side="right")
    reason = _unfit(result, rows, between=between)
    method = "none" if reason else _method(result.measure.kind, rows, between=between)
    chart = _chart(method, result, rows, phase, baseline)
    points = _points(rows, chart, result.measure.direction)
    return Trend(result, method, points, reason or _no_limits(points), _open_days(result.frame) if between else np.nan)


def _periods(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the complete periods in order, with their names and days, through the newest that has a value.

    Cohorts too recent to be judged have none; a period without a value further back stays, as a gap.
    """
    rows = frame[frame["completeness"] == "complete"].sort_values("period_start")
    known = np.flatnonzero(rows["value"].notna())
    rows = rows.iloc[: known[-1] + 1 if known.size else 0].reset_index(drop=True)
    return rows.rename(columns={"period": "label", "period_start": "start", "period_end": "end"})


def _gaps(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the closed gaps in order, each named after the day that ended it; it began that many days before."""
    rows = frame[~frame["open"].astype(bool) & frame["value"].notna()].sort_values("event_date").reset_index(drop=True)
    end = pd.to_datetime(rows["event_date"])
    start = end - pd.to_timedelta(rows["value"].astype(int), unit="D")
    labels = [f"{day.day} {day:%b %Y}" for day in end]
    return rows.assign(label=labels, start=start, end=end)


def _open_days(frame: pd.DataFrame) -> float:
    still = frame.loc[frame["open"].astype(bool), "value"]
    return float(still.iloc[-1]) if len(still) else float("nan")


def _unfit(result: Result, rows: pd.DataFrame, *, between: bool) -> str:
    """Say why the series cannot have limits at all; empty if it may."""
    if result.measure.direction == "none":
        return "never judged"
    if len(rows) < FEWEST_FOR_LIMITS:
        return f"needs {FEWEST_FOR_LIMITS} complete periods" if not between else f"needs {FEWEST_FOR_LIMITS} gaps"
    if between:
        return ""
    if bool((rows["start"].iloc[1:].to_numpy() <= rows["end"].iloc[:-1].to_numpy()).any()):
        return "periods overlap"
    return _too_rare(result.measure.kind, rows["numerator"].to_numpy(float), rows["denominator"].to_numpy(float))


def _too_rare(kind: str, number: Floats, of: Floats) -> str:
    if kind in COUNTS and bool(np.nanmean(number) < FEWEST_A_PERIOD):
        return f"under {FEWEST_A_PERIOD} a period"
    extreme = (number == 0) | (number == of) if kind in SHARES else number == 0
    return "0 or all too often" if kind in (*COUNTS, *SHARES) and bool(extreme.mean() > RAREST) else ""


def _method(kind: str, rows: pd.DataFrame, *, between: bool) -> Method:
    if between:
        return "t_chart"
    size = rows["denominator"].to_numpy(float)
    size = size[size > 0]
    varies = bool(size.size) and bool(size.max() > VARYING * size.min())
    if varies and kind in SHARES:
        return "p_prime"
    return "u_prime" if varies and kind == "rate" else "xmr"


def _chart(method: Method, result: Result, rows: pd.DataFrame, phase: np.ndarray, baseline: int | None) -> Chart | None:
    value, measure = rows["value"].to_numpy(float), result.measure
    match method:
        case "xmr":
            highest = 1.0 if measure.kind in SHARES else np.inf
            return xmr(value, phase=phase, baseline=baseline, within=(0.0, highest))
        case "p_prime":
            return p_prime(rows["numerator"], rows["denominator"], phase=phase, baseline=baseline)
        case "u_prime":
            counts = rows["numerator"], rows["denominator"]
            return u_prime(*counts, per=measure.per, phase=phase, baseline=baseline)
        case "t_chart":
            return t_chart(value, phase=phase, baseline=baseline)
        case _:
            return None


def _points(rows: pd.DataFrame, chart: Chart | None, direction: str) -> pd.DataFrame:
    points = rows[["label", "start", "end", "value"]].copy()
    if chart is None:
        points[[*LINES[1:]]] = np.nan
        return points.assign(basis=0.0, phase=0, rule="", side=0, meaning="")
    for line in LINES:
        points[line] = getattr(chart, line)
    found = signals(chart)
    points["phase"], points["rule"], points["side"] = chart.phase, found.rule.astype(object), found.side.astype(int)
    meanings = MEANINGS.get(direction, {1: "neutral", -1: "neutral"})
    points["meaning"] = [meanings.get(side, "") for side in points["side"]]
    return points


def _no_limits(points: pd.DataFrame) -> str:
    """Say why a chart that fits has no limits at its newest point; empty if it has."""
    if points["upper"].notna().iloc[-1]:
        return ""
    known = points["basis"].iloc[-1]
    return f"needs {FEWEST_FOR_LIMITS} points since the change" if known < FEWEST_FOR_LIMITS else "it does not vary"


def _days(values: pd.Series[pd.Timestamp]) -> np.ndarray:
    return values.to_numpy().astype("datetime64[D]")
