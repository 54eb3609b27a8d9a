"""What a control chart allows to be said (pages.md 3, statistics.md 11), and nothing stronger.

One place writes these sentences, and a table in the tests pins each. The direction of the measure decides
which words it may have: only a good side improves, and a neutral measure is higher or lower than usual.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from dashboard.measures.change import newest
from dashboard.measures.estimates.assurance import Assurance, assurance
from dashboard.measures.prose import headline
from dashboard.measures.result import Result
from dashboard.measures.signals import Signal, is_usual, newest_signal, still_so, unit_of
from dashboard.measures.trends import Trend

MOST_WORDS, MOST_DIFFERENCES = 15, 5
ASSURANCE: dict[Assurance, str] = {
    "meets": "consistently meets the target",
    "misses": "consistently misses the target unless the process changes",
    "hit or miss": "hit or miss: the target lies within usual variation",
    "": "",
}


def headline_of(level: Result, trend: Trend, year: Result | None = None) -> str:
    """Return the headline of `level` with at most one change clause: the chart's, else the year before's.

    `trend` is the monthly chart of the same measure, or of another that the second clause speaks of; `year` are then
    the periods of that other measure to compare. A clause that would make the sentence longer than 15 words is left
    out. Empty if no value can carry a headline.
    """
    alone = headline(_alone(level))
    if not alone:
        return ""
    own = trend.result.measure.name == level.measure.name
    compared = headline(level) if own else headline(level, year) if year else alone
    if compared != alone and newest_signal(trend) is None:
        return compared
    if not own:
        return _fitting(alone, "; ", subject_clause(trend))
    return _fitting(alone, ", ", change_clause(trend), change_clause(trend, short=True))


def change_clause(trend: Trend, *, short: bool = False) -> str:
    """Return the clause that follows a level in a headline: "more than before", "rising for 8 months", ….

    Empty where the chart supports none: too few points, no limits, or a signal that the newest point has
    already left. `short` shortens what is said of usual variation.
    """
    found = newest_signal(trend)
    if found is None:
        return _within(trend, short=short) if is_usual(trend) else ""
    if not still_so(trend, found):
        return ""
    if found.rule == "trend":
        return f"{'rising' if found.side > 0 else 'falling'} for {found.length} {unit_of(trend)}s"
    if found.meaning == "neutral":
        return f"{'higher' if found.side > 0 else 'lower'} than usual"
    return f"{_compared(trend, found.side)} than before"


def subject_clause(trend: Trend) -> str:
    """Return a clause of its own about the measure: "second meetings improved", "… within usual variation"."""
    found, subject = newest_signal(trend), trend.result.measure.subject
    if found and found.meaning != "neutral" and found.rule != "trend" and still_so(trend, found):
        moved = "rose" if found.side > 0 else "fell"
        is_count = trend.result.measure.kind in {"people", "events"}  # a number of people rises; it does not improve
        return f"{subject} {'improved' if found.meaning == 'improvement' and not is_count else moved}"
    words = change_clause(trend, short=True)
    return f"{subject} {words}" if words else ""


def card_words(trend: Trend) -> str:
    """Say how the newest points stand, for the icon of a card; empty where nothing may be said."""
    found = newest_signal(trend)
    if found:
        return f"{found.words}{found.meant}"
    return "within usual variation" if is_usual(trend) else ""


def dated_differences(trends: Iterable[Trend]) -> tuple[tuple[date, str, str], ...]:
    """Return what is different from usual, as (last day of the signal, measure name, sentence), newest first."""
    found = [(trend, signal) for trend in trends if (signal := newest_signal(trend))]
    found.sort(key=lambda pair: pair[1].end, reverse=True)
    return tuple(
        (date.fromisoformat(str(signal.end)), t.result.measure.name, _difference(t, signal)) for t, signal in found
    )


def differences(trends: Iterable[Trend]) -> tuple[tuple[str, str], ...]:
    """Return what is different from usual, as (measure name, sentence), newest first, at most five."""
    return tuple((name, sentence) for _, name, sentence in dated_differences(trends)[:MOST_DIFFERENCES])


def nothing_different(trends: Iterable[Trend]) -> str:
    """Say since when nothing was different; empty if something is, or if no chart has limits to judge by."""
    judged = [trend for trend in trends if trend.limited and not trend.trial]
    if not judged or not all(map(is_usual, judged)):
        return ""
    first = min((trend.start[0], trend.labels[0]) for trend in judged)
    flagged = [(end, label) for t in judged for end, label, rule in zip(t.end, t.labels, t.rule, strict=True) if rule]
    return f"Nothing outside usual variation since {max(flagged, default=first)[1]}."


def assurance_of(trend: Trend, target: float) -> Assurance:
    """Say whether the process as it runs meets the `target`, in the unit of the values; empty without an icon."""
    direction = trend.result.measure.direction
    if direction not in {"higher", "lower"} or not trend.limited:
        return ""
    lower, upper, basis = (float(line[-1]) for line in (trend.chart.lower, trend.chart.upper, trend.chart.basis))
    return assurance(target, lower, upper, basis, higher_is_better=direction == "higher")


def assurance_words(trend: Trend, target: float) -> str:
    """Return the same in words."""
    return ASSURANCE[assurance_of(trend, target)]


def _within(trend: Trend, *, short: bool) -> str:
    unit = unit_of(trend)
    return "within usual variation" if short or unit == "gap" else f"within usual {unit}-to-{unit} variation"


def _compared(trend: Trend, side: int) -> str:
    """People, events and shares are more or fewer; days are longer or shorter, medians higher or lower."""
    if trend.method == "t_chart":
        return "longer" if side > 0 else "shorter"
    if trend.result.measure.kind == "median":
        return "higher" if side > 0 else "lower"
    return "more" if side > 0 else "fewer"


def dated_words(trend: Trend, found: Signal) -> str:
    """Say what a signal shows, when, and what it means: "8 months above the average to Sep 2026 (improvement)"."""
    when = "to" if found.length > 1 or found.rule == "2-of-3" else "on" if unit_of(trend) == "gap" else "in"
    return f"{found.words} {when} {found.label}{found.meant}"


def _difference(trend: Trend, found: Signal) -> str:
    subject = trend.result.measure.subject
    return f"{subject[:1].upper()}{subject[1:]}: {dated_words(trend, found)}."


def _alone(level: Result) -> Result:
    """Keep the newest complete period only, so that its headline compares with nothing."""
    row = newest(level)
    if row is None:
        return level
    only = tuple(period for period in level.query.periods if period.label == row.period)
    frame = level.frame[level.frame["period"] == row.period]
    return replace(level, query=replace(level.query, periods=only), frame=frame)


def _fitting(words: str, joint: str, *clauses: str) -> str:
    """Add the first clause that keeps the sentence within fifteen words."""
    sentences = (f"{words}{joint}{clause}" for clause in clauses if clause)
    return next((sentence for sentence in sentences if len(sentence.split()) <= MOST_WORDS), words)
