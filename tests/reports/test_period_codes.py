"""Codes of periods go there and back, whatever the calendar."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.measures import Period
from dashboard.reports.period_codes import CALENDARS, read_period, report_periods, twelve_months_to, year_of
from pipelines.errors import OutcomesError


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("2026-FFQ3", "2026-04-01", "2026-06-30"),
        ("2026-FFQ1", "2025-10-01", "2025-12-31"),
        ("2026-FFY", "2025-10-01", "2026-09-30"),
        ("2026Q3", "2026-07-01", "2026-09-30"),
        ("2027-SFQ1", "2026-07-01", "2026-09-30"),
        ("2026-SFY", "2025-07-01", "2026-06-30"),
        ("2026-GY", "2025-09-30", "2026-09-29"),
        ("2026H1", "2026-01-01", "2026-06-30"),
        ("2026H2", "2026-07-01", "2026-12-31"),
        ("2026-07", "2026-07-01", "2026-07-31"),
        ("2026", "2026-01-01", "2026-12-31"),
        (" 2026q3 ", "2026-07-01", "2026-09-30"),
    ],
)
def test_a_code_names_a_period(code, first, last):
    period = read_period(code).period
    assert (period.start, period.end) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("calendar", CALENDARS)
@pytest.mark.parametrize("start", [(9, 30), (9, 1), (1, 1)])
def test_every_period_of_a_calendar_is_found_again_by_its_code(calendar, start):
    periods = report_periods(calendar, date(2023, 5, 1), date(2027, 2, 28), grant_start=start)
    assert len({p.code for p in periods}) == len(periods) > 2
    for period in periods:
        assert read_period(period.code, (calendar,), grant_start=start) == period


def test_another_code_is_answered_with_examples():
    with pytest.raises(OutcomesError, match=r'"2026-Q9" is no period.*2026-FFQ3, 2026-FFY'):
        read_period("2026-Q9", ("federal_fiscal_quarter", "federal_fiscal_year"))


def test_a_period_belongs_to_the_year_that_holds_its_middle():
    quarter = read_period("2026-FFQ4").period  # ends on the day the next grant year begins
    assert year_of("grant_year", quarter).start == date(2025, 9, 30)


def test_twelve_months_end_where_they_are_told_to():
    assert twelve_months_to(date(2026, 9, 30)).start == date(2025, 10, 1)
    assert twelve_months_to(date(2028, 2, 29)) == Period(
        date(2027, 3, 1), date(2028, 2, 29), "12 months to 29 Feb 2028"
    )
