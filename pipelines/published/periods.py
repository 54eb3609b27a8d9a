"""Codes of periods: 2026-07, 2026-Q3, 2026, FY2027 (the year a fiscal year ends in)."""

from __future__ import annotations

import re
from datetime import date, timedelta

from pipelines.errors import OutcomesError
from pipelines.policy import Policy
from pipelines.policy.model import PeriodLevel

_FORMS: tuple[tuple[PeriodLevel, str], ...] = (
    ("month", r"(\d{4})-(0[1-9]|1[0-2])"),
    ("quarter", r"(\d{4})-Q([1-4])"),
    ("year", r"(\d{4})"),
    ("fiscal_year", r"FY(\d{4})"),
)
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def level_of(period: str) -> PeriodLevel:
    """Return the level of a period's code; OutcomesError if it is none."""
    for level, form in _FORMS:
        if re.fullmatch(form, period):
            return level
    raise OutcomesError(period, "this is no period.", "Write 2026-07, 2026-Q3, 2026 or FY2027.")


def months_of(period: str, fiscal_start: int = 1) -> tuple[str, ...]:
    """Return the codes of a period's months, in order. `fiscal_start`: first month of a fiscal year."""
    year = int(re.findall(r"\d{4}", period)[0])
    match level_of(period):
        case "month":
            return (period,)
        case "quarter":
            first, count = 3 * int(period[-1]) - 2, 3
        case "year":
            first, count = 1, 12
        case "fiscal_year":
            year, first, count = year - (fiscal_start > 1), fiscal_start, 12
    return tuple(_month(12 * year + first - 1 + n) for n in range(count))


def period_of(month: str, level: PeriodLevel, fiscal_start: int = 1) -> str:
    """Return the period of a level that a month belongs to."""
    year, number = int(month[:4]), int(month[5:])
    match level:
        case "month":
            return month
        case "quarter":
            return f"{year}-Q{(number + 2) // 3}"
        case "year":
            return f"{year}"
        case "fiscal_year":
            return f"FY{year + (fiscal_start > 1 and number >= fiscal_start)}"


def fiscal_start(policy: Policy) -> int:
    """Return the first month of the policy's fiscal year, 1 without one."""
    start = policy.hierarchies.period.fiscal_year_start
    return 1 if start == "none" else int(start)


def start_of(period: str, fiscal_start: int = 1) -> date:
    """Return the first day of a period."""
    return date.fromisoformat(months_of(period, fiscal_start)[0] + "-01")


def end_of(period: str, fiscal_start: int = 1) -> date:
    """Return the last day of a period."""
    year, month = (int(part) for part in months_of(period, fiscal_start)[-1].split("-"))
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def label_of(period: str) -> str:
    """Return the words for a period: Jul 2026, 2026 Q3, 2026, FY2027."""
    if level_of(period) == "month":
        return f"{_MONTHS[int(period[5:]) - 1]} {period[:4]}"
    return period.replace("-", " ")


def months_between(first: date, last: date) -> tuple[str, ...]:
    """Return the codes of all months from the one of `first` to the one of `last`."""
    start, end = 12 * first.year + first.month - 1, 12 * last.year + last.month - 1
    return tuple(_month(n) for n in range(start, end + 1))


def _month(number: int) -> str:
    return f"{number // 12}-{number % 12 + 1:02d}"
