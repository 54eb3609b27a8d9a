"""The signals of a control chart, and what each shows in words (statistics.md 10).

Words rest on limits from twelve points or more, and a signal is news while it includes one of the last three.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pandas as pd

from dashboard.measures.trends import Trend
from dashboard.measures.wording import amount

RECENT = 3  # points: a signal speaks while it includes one of the last three (pages.md H2)
MONTH, QUARTER = timedelta(days=31), timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal as of one point: its `rule`, `side` (1 high or rising, −1 low or falling) and `meaning`.

    `length` is the number of points of the run it is part of, `label` and `end` name and date the last of
    them, and `words` say what is to be seen, such as "8 months rising in a row".
    """

    rule: str
    side: int
    meaning: str
    length: int
    label: str
    end: pd.Timestamp
    words: str

    @property
    def meant(self) -> str:
        """What it means, in brackets; nothing where the measure has no better side."""
        return "" if self.meaning == "neutral" else f" ({self.meaning})"


def newest_signal(trend: Trend) -> Signal | None:
    """Return the newest signal among the last three points; None without one, or on limits on trial."""
    if trend.trial or not trend.limited:
        return None
    recent = trend.points.tail(RECENT)
    flagged = recent.index[recent["rule"] != ""]
    return signal_at(trend, int(flagged[-1])) if len(flagged) else None


def is_usual(trend: Trend) -> bool:
    """Say whether the newest points may be called usual: limits on 12 points or more, and no recent signal."""
    return trend.limited and not trend.trial and newest_signal(trend) is None


def still_so(trend: Trend, found: Signal) -> bool:
    """Say whether the newest point is still where the signal put it, so that a sentence about now is true."""
    last = trend.points.iloc[-1]
    if found.rule == "trend":
        return bool(last["end"] == found.end)
    return bool((last["value"] - last["center"]) * found.side > 0)


def signal_at(trend: Trend, index: int) -> Signal | None:
    """Return the signal of one point, by its position; None if it has none."""
    row = trend.points.iloc[index]
    rule, side = str(row["rule"]), int(row["side"])
    if not rule:
        return None
    first, last = _run(trend.points, index % len(trend.points))
    length, end = last - first + 1, trend.points.iloc[last]
    words = _words(rule, side, length, unit_of(trend))
    return Signal(rule, side, str(row["meaning"]), length, str(end["label"]), end["end"], words)


def mark_words(trend: Trend, index: int) -> str:
    """Say what one point shows, for its mark and its row in the table; empty without a signal."""
    found = signal_at(trend, index)
    if found is None:
        return ""
    return f"{found.words}{found.meant}{', limits on trial' if trend.trial_at(index) else ''}"


def open_words(trend: Trend) -> str:
    """Say how long nothing has happened, for the open gap of a t-chart; empty for other charts."""
    days = trend.open_days
    if np.isnan(days):
        return ""
    since = f"{amount(days)} day{'' if days == 1 else 's'} since the last {trend.result.measure.unit}"
    return f"{since}, longer than usual" if trend.open_is_long else since


def unit_of(trend: Trend) -> str:
    """Name what a point is: a month, a quarter, or a gap between events; else a period."""
    if trend.method == "t_chart":
        return "gap"
    longest = (trend.points["end"] - trend.points["start"]).max()
    return "month" if longest < MONTH else "quarter" if longest < QUARTER else "period"


def _words(rule: str, side: int, length: int, unit: str) -> str:
    above, limit = ("above", "upper") if side > 0 else ("below", "lower")
    match rule:
        case "trend":
            return f"{length} {unit}s {'rising' if side > 0 else 'falling'} in a row"
        case "2-of-3":
            return f"near the {limit} limit in 2 of 3 {unit}s"
        case "shift":
            return f"{length} {unit}s {above} the average"
        case _:
            return f"{above} usual variation"


def _run(points: pd.DataFrame, index: int) -> tuple[int, int]:
    """Return the positions of the first and the last point of the run that `index` is part of, in its phase."""
    rule, side, phase = points["rule"].iloc[index], points["side"].iloc[index], points["phase"].to_numpy()
    values, center = points["value"].to_numpy(float), points["center"].to_numpy(float)
    if rule == "trend":
        joined = np.diff(values) * side > 0
    elif rule == "shift":
        on_side = (values - center) * side > 0
        joined = on_side[1:] & on_side[:-1]
    else:
        return index, index
    joined &= phase[1:] == phase[:-1]  # whether a point and the next belong to one run
    first = last = index
    while first > 0 and joined[first - 1]:
        first -= 1
    while last < len(joined) and joined[last]:
        last += 1
    return first, last
