"""What a version changes: five headline measures before and after, over the same months and over the newest ones."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from dashboard.measures.evaluate import evaluate
from dashboard.measures.periods import Period, year_before
from dashboard.measures.registry import measure
from dashboard.measures.result import Query
from dashboard.measures.wording import value_text
from dashboard.store import Store

FIVE = ("people_served", "contacts", "second_contact", "retained", "people_with_win")
NEEDS = {"people_with_win": "has_milestones"}  # the others need sessions
NOT_LOADED = "not loaded"


@dataclass(frozen=True, slots=True)
class Change:
    """One measure in words: before, over the same months after, and over the newest twelve months after."""

    title: str
    before: str
    same: str
    difference: str
    newest: str


@dataclass(frozen=True, slots=True)
class Effect:
    """Twelve months to the end of the data before (empty without any) and after, and the five measures."""

    before: str
    after: str
    changes: tuple[Change, ...]

    def plain(self) -> dict[str, Any]:
        """Return plain values, for a file."""
        return asdict(self)


def effect(before: Store | None, after: Store) -> Effect:
    """Compare two versions; `before` is None for the first."""
    new = _year(after.as_of)
    old = _year(before.as_of) if before else None
    changes = tuple(_change(name, before, after, old, new) for name in FIVE)
    return Effect(old.label if old else "", new.label, changes)


def _change(name: str, before: Store | None, after: Store, old: Period | None, new: Period) -> Change:
    asked = measure(name)
    was, same = (_answer(name, store, old) for store in (before, after))
    newest = _answer(name, after, new)
    title = asked.title.replace("{days}", "90")
    return Change(title, _words(was), _words(same), _difference(was, same), _words(newest))


def _answer(name: str, store: Store | None, period: Period | None) -> Any:  # noqa: ANN401  (a row of a result)
    """Return (result, its one row); None where there is nothing to ask."""
    if store is None or period is None:
        return None
    if store.settings.get(NEEDS.get(name, "has_sessions")) != "true":
        return NOT_LOADED
    result = evaluate(store, Query(name, (period,)))
    return result, next(result.frame.itertuples())


def _words(answer: Any) -> str:  # noqa: ANN401
    if answer is None or answer == NOT_LOADED:
        return answer or "–"
    result, row = answer
    text = value_text(result.measure, row.value, row.reason)
    is_part = row.denominator == row.denominator and row.value == row.value
    return f"{text} ({row.numerator:,.0f} of {row.denominator:,.0f})" if is_part else text


def _difference(was: Any, same: Any) -> str:  # noqa: ANN401
    """Say how many more or fewer; for shares the people counted, because a share of others is no difference."""
    if not (isinstance(was, tuple) and isinstance(same, tuple)):
        return "–"
    change = same[1].numerator - was[1].numerator
    if change != change:
        return "–"
    return "no change" if change == 0 else f"{change:+,.0f}".replace("-", "−")


def _year(as_of: date) -> Period:
    start = year_before(as_of) + timedelta(days=1)
    return Period(start, as_of, f"12 months to {as_of.day} {as_of:%b %Y}")
