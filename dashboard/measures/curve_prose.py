"""Sentences about curves by days since entry, with their limits; a table in the tests pins them.

What a curve shows beyond ten people at risk is never put into words (statistics.md 4).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from dashboard.measures.curves import HORIZON, MONTHS, average_stay, drawn, enough_people, medians, on_days
from dashboard.measures.estimates.log_rank import log_rank, on_common_days
from dashboard.measures.result import Result, Row
from dashboard.measures.values import CURVE_MIN_PEOPLE
from dashboard.measures.wording import percent

SIGNIFICANT = 0.05  # of the log-rank test
JUDGED = (90, 180)  # days a first event is spoken of


def why_no_curve(result: Result) -> str:
    """Say why one curve is not drawn; empty if it is."""
    if enough_people(result) and len(drawn(result)[0]):
        return ""
    people = int(result.frame["people"].max())
    if not people:
        return "Nobody has been followed yet, so there is no curve."
    followed = f"{people} {result.measure.counted(people)} {'has' if people == 1 else 'have'} been followed so far"
    return f"Too few people for a curve: {followed}, and it takes {CURVE_MIN_PEOPLE}."


def curve_words(result: Result) -> str:
    """Say what one curve shows, or why there is none."""
    missing = why_no_curve(result)
    if missing:
        return missing
    match result.measure.kind:
        case "retention":
            return f"{_average(result)} {_half(result)}"
        case "first_event":
            return _first(result)
        case _:
            return _repeated(result)


def log_rank_words(result: Result) -> str:
    """Say whether the curves of groups known on day 0 differ by more than chance, with the p-value once.

    Groups of fewer than 20 people are left out; empty unless two or more are left, each with ten exits.
    """
    parts = (part for _, part in result.frame.groupby(list(result.query.by)))
    groups = [part for part in parts if part["people"].max() >= CURVE_MIN_PEOPLE]
    if len(groups) < 2:
        return ""
    _, at_risk, exits = on_common_days([(part["day"], part["at_risk"], part["exits"]) for part in groups])
    found = log_rank(at_risk, exits)
    if not found.enough or found.p_value != found.p_value:
        return ""
    p = "p < 0.001" if found.p_value < 0.001 else f"p = {found.p_value:.3f}"
    words = "differ by more than chance" if found.p_value < SIGNIFICANT else "differ no more than chance explains"
    return f"curves of all days {words} (log-rank test, {p})"


def _average(result: Result) -> str:
    found, longest = average_stay(result), result.frame["day"].max()
    if found.days != found.days:
        return f"An average over {HORIZON} days cannot be given yet: the longest follow-up is {longest:.0f} days."
    limits = f" (95 % interval {found.lower:.0f} to {found.upper:.0f})" if found.lower == found.lower else ""
    return f"On average people were in touch for {found.days:.0f} of the first {HORIZON} days{limits}."


def _half(result: Result) -> str:
    """Speak of the median as far as the curve is drawn; a limit the band does not reach is said to be so."""
    solid, _ = drawn(result)
    row: Row = next(medians(replace(result, frame=solid)).itertuples())
    if row.median != row.median:
        return f"The median is not reached: over half were still in touch at {solid['day'].max():.0f} days."
    low, high = (f"{limit:.0f}" if limit == limit else "not reached" for limit in (row.lower, row.upper))
    return f"Half were still in touch at {row.median:.0f} days (95 % interval {low} to {high})."


def _first(result: Result) -> str:
    known = _known(result, JUDGED)
    if known.empty:
        return f"Too few people are followed to {JUDGED[0]} days to put the curve into words."
    spans = {day: f"{day} days" for day in JUDGED}
    last = known.iloc[-1]
    left = f"By then {percent(float(last['left']))} had left without telling of one."
    return f"{_clauses(result, known, spans, 'within')}. {left}"


def _repeated(result: Result) -> str:
    known = _known(result, MONTHS)
    if known.empty:
        return "Too few people are followed to month 3 to put the curve into words."
    words = _clauses(result, known, MONTHS, "by")
    missing = [name for day, name in MONTHS.items() if day not in set(known["day"])]
    return words + (f"; too few people are followed to {' or '.join(missing)}." if missing else ".")


def _known(result: Result, days: Iterable[int]) -> pd.DataFrame:
    found = on_days(result, days)
    return found[found["reliable"].astype(bool)]


def _clauses(result: Result, known: pd.DataFrame, spans: dict[int, str], before: str) -> str:
    """Say the value on each day with its limits; only the first clause names what is counted."""
    clauses: list[str] = []
    rows: list[Row] = list(known.itertuples())
    for row in rows:
        value, limits = _written(result, row.value), ""
        if row.lower == row.lower:
            name = "" if clauses else "95 % interval "
            limits = f" ({name}{_written(result, row.lower)} to {_written(result, row.upper)})"
        period = spans[int(row.day)]
        full = result.measure.clause.format(value=value, period=period)
        clauses.append((full[:1].upper() + full[1:] if not clauses else f"{value} {before} {period}") + limits)
    return ", ".join(clauses)


def _written(result: Result, value: float) -> str:
    return percent(value) if result.measure.kind == "first_event" else f"{value:.2f}"
