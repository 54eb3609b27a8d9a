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
from numpy.typing import NDArray

from dashboard.measures.definition import Measure
from dashboard.measures.estimates.control_chart import FEWEST_FOR_LIMITS, Chart
from dashboard.measures.estimates.laney import p_prime, u_prime
from dashboard.measures.estimates.rare_events import t_chart
from dashboard.measures.estimates.rules import signals
from dashboard.measures.estimates.xmr import xmr
from dashboard.measures.result import Result
from dashboard.measures.series import Days, Series, closed_gaps, complete_periods

Method = Literal["xmr", "p_prime", "u_prime", "t_chart", "none"]
COUNTS, SHARES = ("people", "events", "rate"), ("share_of_people", "share_of_rows")
FEWEST_A_PERIOD, RAREST = 5, 0.25  # statistics.md 6: below it the days between events say more
VARYING = 2  # largest denominator over the smallest, from which limits follow the denominators
MEANINGS = {"higher": {1: "improvement", -1: "concern"}, "lower": {1: "concern", -1: "improvement"}}
LINES = ("value", "center", "lower", "upper", "near_lower", "near_upper", "basis")


@dataclass(frozen=True, slots=True)
class Trend:
    """One series with its limits and signals; a point is a complete period, or a closed gap between events.

    `labels`, `start` and `end` (days) name and date the points, in order of time, all of shape (points,) like
    the arrays of `chart`, whose limits are NaN where there are none; `reason` then says why. `rule` is
    "outside", "trend", "2-of-3", "shift" or "", `side` 1 for high or rising and −1 for low or falling, and
    `meaning` of a signal "improvement", "concern", "neutral" or "". `open_days` are the days since the last
    event of a t-chart (else NaN).
    """

    result: Result
    method: Method
    labels: tuple[str, ...]
    start: Days
    end: Days
    chart: Chart
    rule: tuple[str, ...]
    side: tuple[int, ...]
    meaning: tuple[str, ...]
    reason: str
    open_days: float

    @property
    def trial(self) -> bool:
        """Whether the newest limits rest on fewer than 12 points: dashed, and no words rest on them."""
        return not self.labels or self.trial_at(-1)

    def trial_at(self, index: int) -> bool:
        """Whether the limits of one point, by its position, rest on fewer than 12 points."""
        return bool(self.chart.trial[index])

    @property
    def limited(self) -> bool:
        """Whether the newest point has limits."""
        return bool(self.labels) and not bool(np.isnan(self.chart.upper[-1]))

    @property
    def open_is_long(self) -> bool:
        """Whether the open gap is already longer than the upper limit; it can never be too short."""
        return self.limited and not self.trial and bool(self.open_days > self.chart.upper[-1])

    @property
    def points(self) -> pd.DataFrame:
        """One row per point, for tables: label, start, end, the lines of the chart, phase, rule, side, meaning."""
        named = {"label": self.labels, "start": self.start, "end": self.end}
        lines = {line: getattr(self.chart, line) for line in (*LINES, "phase")}
        return pd.DataFrame({**named, **lines, "rule": self.rule, "side": self.side, "meaning": self.meaning})


def trend_of(result: Result, changes: Sequence[date] = (), *, baseline: int | None = None) -> Trend:
    """Chart one result that is not split; `changes` are days of named changes, each starting a new phase.

    A phase begins with the first whole period on or after its change. `baseline` freezes the limits at the
    first so many points of each phase. Raises ValueError for a result that is split or is a curve.
    """
    if result.query.by or "day" in result.frame:
        raise ValueError("a trend is drawn of one series of periods")
    between = "open" in result.frame
    series, open_days = closed_gaps(result.frame) if between else (complete_periods(result.frame), float("nan"))
    phase = np.searchsorted(np.sort(np.array(changes, dtype="datetime64[D]")), series.start, side="right")
    reason = _unfit(result.measure, series, between=between)
    method = "none" if reason else _method(result.measure.kind, series, between=between)
    chart = _chart(method, result.measure, series, phase, baseline)
    found = signals(chart)
    rule, side = tuple(found.rule.tolist()), tuple(found.side.tolist())
    meanings = MEANINGS.get(result.measure.direction, {1: "neutral", -1: "neutral"})
    meaning = tuple(meanings.get(way, "") for way in side)
    dated = (series.labels, series.start, series.end)
    return Trend(result, method, *dated, chart, rule, side, meaning, reason or _no_limits(chart), open_days)


def _unfit(measure: Measure, series: Series, *, between: bool) -> str:
    """Say why the series cannot have limits at all; empty if it may."""
    if measure.direction == "none":
        return "never judged"
    if len(series.labels) < FEWEST_FOR_LIMITS:
        return f"needs {FEWEST_FOR_LIMITS} {'gaps' if between else 'complete periods'}"
    if between:
        return ""
    if bool((series.start[1:] <= series.end[:-1]).any()):
        return "periods overlap"
    return _too_rare(measure.kind, series)


def _too_rare(kind: str, series: Series) -> str:
    number = series.numerator
    if kind in COUNTS and bool(np.nanmean(number) < FEWEST_A_PERIOD):
        return f"under {FEWEST_A_PERIOD} a period"
    extreme = (number == 0) | (number == series.denominator) if kind in SHARES else number == 0
    return "0 or all too often" if kind in (*COUNTS, *SHARES) and bool(extreme.mean() > RAREST) else ""


def _method(kind: str, series: Series, *, between: bool) -> Method:
    if between:
        return "t_chart"
    size = series.denominator[series.denominator > 0]
    varies = bool(size.size) and bool(size.max() > VARYING * size.min())
    if varies and kind in SHARES:
        return "p_prime"
    return "u_prime" if varies and kind == "rate" else "xmr"


def _chart(method: Method, measure: Measure, series: Series, phase: NDArray[np.intp], baseline: int | None) -> Chart:
    match method:
        case "xmr":
            highest = 1.0 if measure.kind in SHARES else np.inf
            return xmr(series.value, phase=phase, baseline=baseline, within=(0.0, highest))
        case "p_prime":
            return p_prime(series.numerator, series.denominator, phase=phase, baseline=baseline)
        case "u_prime":
            counts = series.numerator, series.denominator
            return u_prime(*counts, per=measure.per, phase=phase, baseline=baseline)
        case "t_chart":
            return t_chart(series.value, phase=phase, baseline=baseline)
        case _:
            none = np.full(series.value.shape, np.nan)
            return Chart(series.value, none, none, none, none, none, np.zeros(none.shape), phase)


def _no_limits(chart: Chart) -> str:
    """Say why a chart that fits has no limits at its newest point; empty if it has."""
    if not np.isnan(chart.upper[-1]):
        return ""
    few = chart.basis[-1] < FEWEST_FOR_LIMITS
    return f"needs {FEWEST_FOR_LIMITS} points since the change" if few else "it does not vary"
