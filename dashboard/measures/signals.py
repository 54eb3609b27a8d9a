"""The signals of a control chart, and what each shows in words (statistics.md 10).

Words rest on limits from twelve points or more, and a signal is news while it includes one of the last three.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.measures.trends import Trend
from dashboard.measures.wording import amount

RECENT = 3  # points: a signal speaks while it includes one of the last three (pages.md H2)
MONTH, QUARTER = np.timedelta64(31, "D"), np.timedelta64(92, "D")


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
    end: np.datetime64
    words: str

    @property
    def meant(self) -> str:
        """What it means, in brackets; nothing where the measure has no better side."""
        return "" if self.meaning == "neutral" else f" ({self.meaning})"


def newest_signal(trend: Trend) -> Signal | None:
    """Return the newest signal among the last three points; None without one, or on limits on trial."""
    if trend.trial or not trend.limited:
        return None
    flagged = [index for index in range(-RECENT, 0) if trend.rule[index]]
    return signal_at(trend, flagged[-1]) if flagged else None


def is_usual(trend: Trend) -> bool:
    """Say whether the newest points may be called usual: limits on 12 points or more, and no recent signal."""
    return trend.limited and not trend.trial and newest_signal(trend) is None


def still_so(trend: Trend, found: Signal) -> bool:
    """Say whether the newest point is still where the signal put it, so that a sentence about now is true."""
    if found.rule == "trend":
        return bool(trend.end[-1] == found.end)
    return bool((trend.chart.value[-1] - trend.chart.center[-1]) * found.side > 0)


def signal_at(trend: Trend, index: int) -> Signal | None:
    """Return the signal of one point, by its position; None if it has none."""
    rule, side = trend.rule[index], trend.side[index]
    if not rule:
        return None
    first, last = _run(trend, index % len(trend.labels))
    length = last - first + 1
    words = _words(rule, side, length, unit_of(trend))
    return Signal(rule, side, trend.meaning[index], length, trend.labels[last], trend.end[last], words)


def last_signal(trend: Trend) -> Signal | None:
    """Return the newest signal of the whole chart, also on limits on trial; None if it has none."""
    flagged = [index for index, rule in enumerate(trend.rule) if rule]
    return signal_at(trend, flagged[-1]) if flagged else None


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
    longest = (trend.end - trend.start).max()
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


def _run(trend: Trend, index: int) -> tuple[int, int]:
    """Return the positions of the first and the last point of the run that `index` is part of, in its phase."""
    rule, side, chart = trend.rule[index], trend.side[index], trend.chart
    if rule == "trend":
        joined = np.diff(chart.value) * side > 0
    elif rule == "shift":
        on_side = (chart.value - chart.center) * side > 0
        joined = on_side[1:] & on_side[:-1]
    else:
        return index, index
    joined &= chart.phase[1:] == chart.phase[:-1]  # whether a point and the next belong to one run
    first = last = index
    while first > 0 and joined[first - 1]:
        first -= 1
    while last < len(joined) and joined[last]:
        last += 1
    return first, last
