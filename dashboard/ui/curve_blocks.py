"""Curves by days since the first contact as blocks of a page: the same for every measure of that kind."""

from __future__ import annotations

from datetime import timedelta

from dashboard.charts import curve
from dashboard.measures import curve_words, why_no_curve
from dashboard.ui.block import Block, chart
from dashboard.ui.cohorts import everyone
from dashboard.ui.page import long_date
from dashboard.ui.view import View, remembered

KINDS = {
    "retention": "Curve in steps",
    "first_event": "Rising curve in steps, beside the share who left",
    "repeated_events": "Rising curve in steps, above the share who left",
}


@remembered
def curve_block(view: View, name: str) -> Block:
    """Make the block of a curve of everyone in the data: what it says, the curve, or why there is none."""
    result = view.ask(name, everyone(view))
    kind, missing = KINDS[result.measure.kind], why_no_curve(result)
    # What is told to a coach depends on contact, so its caveat stands beside the numbers (statistics.md 5).
    caution = "" if missing or result.measure.kind == "retention" else f" {result.measure.caveats[0]}"
    says = curve_words(result) + caution
    return chart(view, result, curve(result), kind, subtitle=follow_up(view), says=says, nothing=missing)


def follow_up(view: View) -> str:
    """Say how long people are followed, and under which gap rule."""
    end = view.as_of - timedelta(days=view.gap_days)
    return f"followed to {long_date(end)}, {view.gap_days}-day rule"
