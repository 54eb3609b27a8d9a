"""Reporting calendars: whole periods with both end days included."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from pipelines.errors import unknown

Completeness = Literal["complete", "filling", "incomplete"]
FEDERAL_START = (10, 1)
STATE_START = (7, 1)
GRANT_START = (9, 30)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One reporting period, both days included."""

    start: date
    end: date
    label: str

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"period {self.label} ends before it starts")

    def completeness(self, as_of: date, gap_days: int = 0) -> Completeness:
        """Judge the period against `as_of`; `filling` if it ends after `as_of - gap_days` (measures.md 1)."""
        if self.end > as_of:
            return "incomplete"
        return "filling" if self.end > as_of - timedelta(days=gap_days) else "complete"

    def is_year_before(self, other: Period) -> bool:
        """Say whether this is the same period one year before `other`."""
        day = timedelta(days=1)
        return self.start == year_before(other.start) and self.end + day == year_before(other.end + day)


def calendars() -> tuple[str, ...]:
    """Names of the built-in calendars."""
    return tuple(_CALENDARS)


def periods_of(
    calendar: str, first: date, last: date, *, grant_start: tuple[int, int] = GRANT_START
) -> tuple[Period, ...]:
    """Every whole period of the calendar that shares a day with `first` … `last`, in order.

    Windows of `rolling_12` end with a month and never begin before the month of `first`, so that each
    rests on twelve months of records. Raises UnknownNameError for another calendar name.
    """
    if calendar not in _CALENDARS:
        raise unknown("calendar", "calendar", calendar, _CALENDARS)
    return tuple(_CALENDARS[calendar](first, last, grant_start))


def custom(start: date, end: date) -> Period:
    """Return a period of any two days; for directors only (pages.md 2)."""
    return Period(start, end, f"{start.day} {start:%b %Y} to {end.day} {end:%b %Y}")


def year_before(day: date) -> date:
    """Return the same calendar day one year earlier; 28 February for a 29 February."""
    return _on(day.year - 1, (day.month, day.day))


def _on(year: int, month_day: tuple[int, int]) -> date:
    month, day = month_day
    return date(year, month, min(day, monthrange(year, month)[1]))


def _month_start(months: int) -> date:
    return date(months // 12, months % 12 + 1, 1)


def _months(day: date) -> int:
    return day.year * 12 + day.month - 1


def _blocks(first: date, last: date, size: int) -> Iterator[tuple[date, date]]:
    """Yield (start, end) of blocks of `size` calendar months that touch first … last."""
    for months in range(_months(first) // size * size, _months(last) + 1, size):
        yield _month_start(months), _month_start(months + size) - timedelta(days=1)


def _years(first: date, last: date, begin: tuple[int, int]) -> Iterator[tuple[date, date]]:
    """Yield (start, end) of years that begin on month and day `begin` and touch first … last."""
    for year in range(first.year - 1, last.year + 1):
        start, end = _on(year, begin), _on(year + 1, begin) - timedelta(days=1)
        if start <= last and end >= first:
            yield start, end


def _month(first: date, last: date, _: tuple[int, int]) -> Iterator[Period]:
    return (Period(a, b, f"{a:%b %Y}") for a, b in _blocks(first, last, 1))


def _quarter(first: date, last: date, _: tuple[int, int]) -> Iterator[Period]:
    return (Period(a, b, f"{a.year} Q{a.month // 3 + 1}") for a, b in _blocks(first, last, 3))


def _calendar_year(first: date, last: date, _: tuple[int, int]) -> Iterator[Period]:
    return (Period(a, b, str(a.year)) for a, b in _years(first, last, (1, 1)))


def _fiscal_year(prefix: str, begin: tuple[int, int]) -> Callable[..., Iterator[Period]]:
    def periods(first: date, last: date, _: tuple[int, int]) -> Iterator[Period]:
        return (Period(a, b, f"{prefix}{b:%y}") for a, b in _years(first, last, begin))

    return periods


def _fiscal_quarter(prefix: str, begin: tuple[int, int]) -> Callable[..., Iterator[Period]]:
    def periods(first: date, last: date, _: tuple[int, int]) -> Iterator[Period]:
        for a, b in _blocks(first, last, 3):
            year_end = a.year + (a.month >= begin[0])
            number = (a.month - begin[0]) % 12 // 3 + 1
            yield Period(a, b, f"{prefix}{year_end % 100:02d} Q{number}")

    return periods


def _grant_year(first: date, last: date, begin: tuple[int, int]) -> Iterator[Period]:
    return (Period(a, b, f"Grant year from {a.day} {a:%b %Y}") for a, b in _years(first, last, begin))


def _rolling_12(first: date, last: date, _: tuple[int, int]) -> Iterator[Period]:
    for months in range(_months(first) + 11, _months(last) + 1):
        end = _month_start(months + 1) - timedelta(days=1)
        yield Period(_month_start(months - 11), end, f"12 months to {end:%b %Y}")


_CALENDARS: dict[str, Callable[[date, date, tuple[int, int]], Iterator[Period]]] = {
    "month": _month,
    "quarter": _quarter,
    "calendar_year": _calendar_year,
    "state_fiscal_year": _fiscal_year("SFY", STATE_START),
    "federal_fiscal_year": _fiscal_year("FFY", FEDERAL_START),
    "federal_fiscal_quarter": _fiscal_quarter("FFY", FEDERAL_START),
    "state_fiscal_quarter": _fiscal_quarter("SFY", STATE_START),
    "grant_year": _grant_year,
    "rolling_12": _rolling_12,
}
