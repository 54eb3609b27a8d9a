"""One share of people as a bar with its interval and n of N, and the rows the measure counts beside people."""

from __future__ import annotations

from dashboard.charts import shares
from dashboard.measures import Result
from dashboard.ui.block import Block, chart
from dashboard.ui.view import View


def share_block(view: View, result: Result, said: str = "") -> Block:
    """Make the block of a result over one period without a split; `said` follows the period in the subtitle."""
    row = result.frame.iloc[0]
    counted = result.measure.rows_beside
    beside = f"{row['row_numerator']:,.0f} of {row['row_denominator']:,.0f} {counted}" if counted else ""
    subtitle = " · ".join(words for words in (said, beside) if words)
    return chart(view, result, shares([(result.measure.short_title, result)]), "Bar", subtitle=subtitle)
