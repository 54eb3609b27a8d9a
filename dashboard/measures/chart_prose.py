"""What stands around a control chart: its title, what its lines are, its text alternative, and its target.

As in `signal_prose`, one place writes these sentences and a table in the tests pins each.
"""

from __future__ import annotations

import numpy as np

from dashboard.measures.plans import Annotation
from dashboard.measures.signal_prose import assurance_words, card_words, dated_words, subject_clause
from dashboard.measures.signals import last_signal, unit_of
from dashboard.measures.trends import Trend
from dashboard.measures.wording import amount, line_text, percent, value_text

TOO_LITTLE = "Too little is recorded yet to say what is usual from month to month."


def chart_title(trend: Trend) -> str:
    """Return the finding as a title: "Second meetings improved"; empty if the chart supports none."""
    words = subject_clause(trend)
    return words[:1].upper() + words[1:]


def limits_words(trend: Trend) -> str:
    """Say what the thin lines are, that they are on trial, or why there are none; empty where none are meant."""
    if trend.reason == "never judged":
        return ""
    if not trend.limited:
        unit = unit_of(trend) if trend.labels else "period"
        return f"no limits: {trend.reason.replace('too often', 'in too many periods').replace('period', unit)}"
    if trend.trial:
        since = " since the change" if trend.chart.phase[-1] else ""
        return f"limits on trial: under 12 {unit_of(trend)}s{since}"
    return "thin lines: mean and limits of usual variation"


def means_words(trend: Trend) -> str:
    """Compare the mean of the newest phase with the one before: "mean 66 % since Oct 2025, 52 % before"."""
    phase, center = trend.chart.phase, trend.chart.center
    starts = np.flatnonzero(np.diff(phase)) + 1
    if not starts.size or np.isnan(center[[starts[-1] - 1, -1]]).any():
        return ""
    before, now = (line_text(trend.result.measure, float(mean)) for mean in center[[starts[-1] - 1, -1]])
    return f"mean {now} since {trend.labels[starts[-1]]}, {before} before"


def signal_words(trend: Trend) -> str:
    """Say what the newest signal of the whole chart shows, and when; empty if there is none."""
    found = last_signal(trend)
    if found is None:
        return ""
    return dated_words(trend, found) + (", limits on trial" if trend.trial_at(-1) else "")


def chart_alt(trend: Trend) -> str:
    """Return what the chart shows beyond its values, as sentences for its text alternative."""
    now = card_words(trend)
    parts = [f"Newest {unit_of(trend)}s: {now}" if now else "", means_words(trend), "" if now else limits_words(trend)]
    return " ".join(f"{part[:1].upper()}{part[1:]}." for part in parts if part)


def note_words(note: Annotation) -> str:
    """Name a dated change or event: "1 Oct 2025: Welcome calls begin"."""
    return f"{note.day.day} {note.day:%b %Y}: {note.note}"


def aim_words(trend: Trend, target: float) -> str:
    """Say what the target of a share, rate or median is and, where the chart allows, whether it is met."""
    assured = assurance_words(trend, target)
    return f"Target {value_text(trend.result.measure, target)}" + (f": {assured}" if assured else "")


def pace_words(value: float, target: float, gone: float) -> str:
    """Say how much of the target of a count is reached, and how much of its time is gone (0 to 1)."""
    return f"{percent(value / target)} of the target of {amount(target)}, {percent(gone)} of its time gone"
