"""Which periods a report can be made for: of published numbers only those that were released."""

from __future__ import annotations

from datetime import date

from dashboard.measures import Period
from dashboard.measures.periods import GRANT_START
from dashboard.reports.period_codes import ReportPeriod, report_periods
from dashboard.reports.source import Source
from pipelines.errors import OutcomesError

DECK_CALENDARS = ("quarter", "state_fiscal_year", "federal_fiscal_year", "calendar_year")
MOST_NAMED = 8


def offered(
    source: Source, calendars: tuple[str, ...], *, grant_start: tuple[int, int] = GRANT_START
) -> tuple[ReportPeriod, ...]:
    """Return the periods of the calendars that a report can be made for, each calendar newest first."""
    every = [
        period
        for calendar in calendars
        for period in reversed(report_periods(calendar, source.data_start, source.as_of, grant_start=grant_start))
    ]
    if source.release is None:
        return tuple(every)
    known = source.release.coverage()
    return tuple(period for period in every if _days(period.period) in known)


def first_choice(source: Source, periods: tuple[ReportPeriod, ...]) -> int:
    """Return the place of the period to begin with.

    That is the newest that is over; of published numbers the newest with at least half as many measures as any has.
    """
    if source.release is None:
        return next((i for i, p in enumerate(periods) if p.period.end <= source.as_of), 0)
    known = source.release.coverage()
    measures = [known[_days(period.period)] for period in periods]
    full = (i for i, count in enumerate(measures) if 2 * count >= max(measures))
    return max(full, key=lambda i: (periods[i].period.end, measures[i], -i), default=0)


def require_released(
    source: Source, chosen: ReportPeriod, calendars: tuple[str, ...], *, grant_start: tuple[int, int] = GRANT_START
) -> None:
    """Refuse a period nothing was released for. OutcomesError names those there are."""
    if source.release is None or _days(chosen.period) in source.release.coverage():
        return
    what = f"nothing is released to the {source.audience} for {chosen.period.label}."
    raise OutcomesError("--period", what, _cure(offered(source, calendars, grant_start=grant_start)))


def _cure(periods: tuple[ReportPeriod, ...]) -> str:
    if not periods:
        return "None of the periods this report is made for is released; the policy says which are."
    newest = sorted(periods, key=lambda p: (p.period.end, -p.period.start.toordinal()), reverse=True)[:MOST_NAMED]
    return f"Released are {', '.join(period.code for period in newest)}."


def _days(period: Period) -> tuple[date, date]:
    return period.start, period.end
