"""Days between rare events as a block of a page: the chart, and how long nothing has happened."""

from __future__ import annotations

import pandas as pd

from dashboard.charts import gap_chart
from dashboard.measures import Period, Result
from dashboard.measures.between import too_frequent
from dashboard.measures.signals import mark_words, open_words
from dashboard.measures.trends import Trend, trend_of
from dashboard.measures.wording import amount
from dashboard.ui.block import Block, chart
from dashboard.ui.cache import plan
from dashboard.ui.page import long_date
from dashboard.ui.view import ALL_COUNTIES, View, remembered


def gaps(view: View, name: str) -> Result:
    """Answer a measure of days between events over all of the data, up to the chosen period."""
    span = Period(view.data_start, view.last_day, f"{long_date(view.data_start)} to {long_date(view.last_day)}")
    return view.ask(name, span)


@remembered
def gaps_block(view: View, name: str) -> Block | None:
    """Make the block of days between events; none where they are too frequent for it."""
    result = gaps(view, name)
    if too_frequent(result):
        return None
    trend = trend_of(result, plan(view.version).changes(name))
    says, missing = f"{gap_words(trend)} {result.measure.caveats[1]}", "" if len(trend.labels) else _nothing(trend)
    note = "one gap per point, the one still open hollow"
    rows, place = gap_table(trend), f"{ALL_COUNTIES} and programs"
    kind = "Dots and a line in order of time, with limits"
    return chart(
        view, result, gap_chart(trend), kind, subtitle=note, table=rows, place=place, says=says, nothing=missing
    )


def gap_words(trend: Trend) -> str:
    """Say how long nothing has happened, and what is usual."""
    since = open_words(trend)
    words = f"{since[:1].upper()}{since[1:]}." if since else ""
    if not trend.limited:
        return f"{words} No limits yet: {trend.reason}.".strip()
    low, high = (amount(round(float(line[-1]))) for line in (trend.chart.lower, trend.chart.upper))
    trial = ", on trial while there are under 12 gaps" if trend.trial else ""
    return f"{words} Usually {low} to {high} days lie between two{trial}.".strip()


def gap_table(trend: Trend) -> pd.DataFrame:
    """Return one row per gap, the newest first, and the open one on top."""
    places = range(len(trend.labels) - 1, -1, -1)
    rows = [(trend.labels[i], amount(float(trend.chart.value[i])), mark_words(trend, i) or "usual") for i in places]
    if trend.open_days == trend.open_days:
        shows = "longer than usual" if trend.open_is_long else ""
        rows.insert(0, ("not ended", amount(trend.open_days), shows))
    return pd.DataFrame(rows, columns=["Gap ended on", "Days", "Shows"])


def _nothing(trend: Trend) -> str:
    units, since = trend.result.measure.units, open_words(trend)
    return f"{since[:1].upper()}{since[1:]}; no gap yet." if since else f"No {units} are recorded."
