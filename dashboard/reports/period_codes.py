"""Periods as they are typed and filed: 2026-FFQ3, 2026Q3, 2026-SFY, 2026-GY, 2026H1, 2026-07, 2026."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.measures import Period, periods_of
from dashboard.measures.periods import GRANT_START, year_before
from pipelines.errors import OutcomesError, unknown


@dataclass(frozen=True, slots=True)
class ReportPeriod:
    """A period with its code, used in file names and folders, and its calendar."""

    code: str
    calendar: str
    period: Period


@dataclass(frozen=True, slots=True)
class _Coding:
    """How the periods of a calendar are written: a pattern for reading, a function for writing."""

    pattern: re.Pattern[str]
    write: Callable[[Period], str]
    example: str


def _year_of_end(suffix: str) -> Callable[[Period], str]:
    return lambda period: f"{period.end.year}{suffix}"


def _quarter_of(prefix: str) -> Callable[[Period], str]:
    """Write the number the label ends in: `FFY26 Q3` is 2026-FFQ3."""
    return lambda period: f"{_fiscal_year(period)}-{prefix}{period.label[-1]}"


def _fiscal_year(period: Period) -> int:
    return 2000 + int(period.label[3:5])


CODINGS: dict[str, _Coding] = {
    "month": _Coding(re.compile(r"(\d{4})-\d\d"), lambda p: f"{p.start:%Y-%m}", "2026-07"),
    "quarter": _Coding(re.compile(r"(\d{4})Q[1-4]"), lambda p: p.label.replace(" ", ""), "2026Q3"),
    "half_year": _Coding(re.compile(r"(\d{4})H[12]"), lambda p: f"{p.start.year}H{1 + p.start.month // 7}", "2026H1"),
    "calendar_year": _Coding(re.compile(r"(\d{4})"), _year_of_end(""), "2026"),
    "federal_fiscal_quarter": _Coding(re.compile(r"(\d{4})-FFQ[1-4]"), _quarter_of("FFQ"), "2026-FFQ3"),
    "federal_fiscal_year": _Coding(re.compile(r"(\d{4})-FFY"), _year_of_end("-FFY"), "2026-FFY"),
    "state_fiscal_quarter": _Coding(re.compile(r"(\d{4})-SFQ[1-4]"), _quarter_of("SFQ"), "2027-SFQ1"),
    "state_fiscal_year": _Coding(re.compile(r"(\d{4})-SFY"), _year_of_end("-SFY"), "2026-SFY"),
    "grant_year": _Coding(re.compile(r"(\d{4})-GY"), _year_of_end("-GY"), "2026-GY"),
}
CALENDARS = tuple(CODINGS)


def report_periods(
    calendar: str, first: date, last: date, *, grant_start: tuple[int, int] = GRANT_START
) -> tuple[ReportPeriod, ...]:
    """Every period of the calendar that shares a day with first … last, in order, with its code."""
    if calendar not in CODINGS:
        raise unknown("calendar", "reporting calendar", calendar, CODINGS)
    halves = tuple(_half_years(first, last)) if calendar == "half_year" else ()
    found = halves or periods_of(calendar, first, last, grant_start=grant_start)
    return tuple(ReportPeriod(CODINGS[calendar].write(period), calendar, period) for period in found)


def read_period(
    code: str, calendars: tuple[str, ...] = CALENDARS, *, grant_start: tuple[int, int] = GRANT_START
) -> ReportPeriod:
    """Return the period a code names; OutcomesError with examples of what is expected otherwise."""
    for calendar in calendars:
        match = CODINGS[calendar].pattern.fullmatch(code.upper().strip())
        if match:
            year = int(match.group(1))
            around = report_periods(calendar, date(year - 1, 1, 1), date(year, 12, 31), grant_start=grant_start)
            for candidate in around:
                if candidate.code == match.group(0):
                    return candidate
    examples = ", ".join(CODINGS[calendar].example for calendar in calendars)
    raise OutcomesError("--period", f'"{code}" is no period this report is made for.', f"Write it like {examples}.")


def year_of(calendar: str, period: Period, *, grant_start: tuple[int, int] = GRANT_START) -> Period:
    """Return the year of a yearly calendar that holds the middle of `period`; targets are set for it."""
    middle = period.start + (period.end - period.start) / 2
    return report_periods(calendar, middle, middle, grant_start=grant_start)[-1].period


def _half_years(first: date, last: date) -> Iterator[Period]:
    for year in range(first.year, last.year + 1):
        for start, end in ((date(year, 1, 1), date(year, 6, 30)), (date(year, 7, 1), date(year, 12, 31))):
            if start <= last and end >= first:
                yield Period(start, end, f"{start:%b} to {end:%b %Y}")


def twelve_months_to(end: date) -> Period:
    """Return the twelve months that end on `end`, labeled so."""
    return Period(year_before(end) + timedelta(days=1), end, f"12 months to {long_date(end)}")


def long_date(day: date) -> str:
    """Write a day as people read it: 30 Sep 2026."""
    return f"{day.day} {day:%b %Y}"


def days_of(period: Period) -> str:
    """Write the first and last day of a period."""
    return f"{long_date(period.start)} to {long_date(period.end)}"


def read_range(
    text: str,
    first: date,
    last: date,
    calendars: tuple[str, ...] = CALENDARS,
    *,
    grant_start: tuple[int, int] = GRANT_START,
) -> tuple[Period, ...]:
    """Return the periods of `2025Q1:2026Q3`, of one code, or of an open end (`2025Q1:`), whole and in order.

    `first` and `last` are the first and last day of the data; they close an open end and name what is near a
    code that is none. Raises OutcomesError for an unknown code, two calendars or a range that runs backward.
    """
    codes = [code.strip() for code in text.split(":", maxsplit=1)]
    ends = [_near(code, first, last, calendars, grant_start) for code in codes if code]
    if not ends:
        raise OutcomesError("--period", "no period is named.", "Write it like 2026Q3 or 2025Q1:2026Q3.")
    if len({end.calendar for end in ends}) > 1:
        raise OutcomesError("--period", f'"{text}" mixes two calendars.', "Write both ends in one: 2025Q1:2026Q3.")
    start = ends[0].period.start if codes[0] else first
    end = ends[-1].period.end if codes[-1] else last
    if start > end:
        raise OutcomesError("--period", f'"{text}" runs backward.', "Write the earlier period first.")
    every = report_periods(ends[0].calendar, start, end, grant_start=grant_start)
    return tuple(item.period for item in every if start <= item.period.start and item.period.start <= end)


def _near(code: str, first: date, last: date, calendars: tuple[str, ...], grant_start: tuple[int, int]) -> ReportPeriod:
    try:
        return read_period(code, calendars, grant_start=grant_start)
    except OutcomesError:
        known = [
            period.code
            for calendar in calendars
            for period in report_periods(calendar, first, last, grant_start=grant_start)
        ]
        raise unknown("--period", "period", code, known) from None
