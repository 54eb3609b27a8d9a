"""Calendars: whole periods, both days included, whatever the year begins with."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.measures import Period, calendars, custom, periods_of
from dashboard.measures.periods import year_before
from pipelines.errors import UnknownNameError

D = date


@pytest.mark.parametrize(
    ("calendar", "day", "label", "start", "end"),
    [
        ("month", D(2024, 2, 29), "Feb 2024", D(2024, 2, 1), D(2024, 2, 29)),
        ("quarter", D(2026, 7, 1), "2026 Q3", D(2026, 7, 1), D(2026, 9, 30)),
        ("calendar_year", D(2026, 7, 1), "2026", D(2026, 1, 1), D(2026, 12, 31)),
        ("state_fiscal_year", D(2026, 7, 1), "SFY27", D(2026, 7, 1), D(2027, 6, 30)),
        ("state_fiscal_year", D(2026, 6, 30), "SFY26", D(2025, 7, 1), D(2026, 6, 30)),
        ("federal_fiscal_year", D(2026, 9, 30), "FFY26", D(2025, 10, 1), D(2026, 9, 30)),
        ("federal_fiscal_quarter", D(2026, 4, 1), "FFY26 Q3", D(2026, 4, 1), D(2026, 6, 30)),
        ("federal_fiscal_quarter", D(2025, 12, 31), "FFY26 Q1", D(2025, 10, 1), D(2025, 12, 31)),
        ("state_fiscal_quarter", D(2026, 6, 30), "SFY26 Q4", D(2026, 4, 1), D(2026, 6, 30)),
        ("grant_year", D(2026, 9, 29), "Grant year from 30 Sep 2025", D(2025, 9, 30), D(2026, 9, 29)),
    ],
)
def test_the_period_of_a_day(calendar, day, label, start, end):
    assert periods_of(calendar, day, day) == (Period(start, end, label),)


def test_a_grant_year_may_begin_on_a_leap_day():
    years = periods_of("grant_year", D(2024, 2, 29), D(2025, 3, 1), grant_start=(2, 29))
    assert [(p.start, p.end) for p in years] == [
        (D(2024, 2, 29), D(2025, 2, 27)),
        (D(2025, 2, 28), D(2026, 2, 27)),
    ]


def test_rolling_windows_end_with_each_month_and_rest_on_twelve():
    windows = periods_of("rolling_12", D(2025, 8, 15), D(2026, 9, 30))
    assert [p.label for p in windows] == ["12 months to Jul 2026", "12 months to Aug 2026", "12 months to Sep 2026"]
    assert (windows[-1].start, windows[-1].end) == (D(2025, 10, 1), D(2026, 9, 30))
    assert periods_of("rolling_12", D(2026, 1, 1), D(2026, 9, 30)) == ()


CONTIGUOUS = st.sampled_from([name for name in calendars() if name != "rolling_12"])


@given(CONTIGUOUS, st.dates(D(1999, 1, 1), D(2040, 1, 1)), st.integers(0, 900))
def test_periods_cover_every_day_once(calendar, first, days):
    last = first + timedelta(days=days)
    periods = periods_of(calendar, first, last)
    assert periods[0].start <= first
    assert last <= periods[-1].end
    for one, following in pairwise(periods):
        assert following.start == one.end + timedelta(days=1)
    assert len({p.label for p in periods}) == len(periods)


@given(st.sampled_from(calendars()), st.dates(D(2001, 1, 1), D(2040, 1, 1)))
def test_the_same_period_a_year_before_is_found(calendar, day):
    now = periods_of(calendar, year_before(day), day)[-1]
    earlier = periods_of(calendar, year_before(year_before(now.start)), day)
    assert any(period.is_year_before(now) for period in earlier)


def test_completeness_knows_three_states():
    september = Period(D(2026, 9, 1), D(2026, 9, 30), "Sep 2026")
    assert september.completeness(D(2026, 9, 29)) == "incomplete"
    assert september.completeness(D(2026, 9, 30)) == "complete"
    assert september.completeness(D(2026, 9, 30), gap_days=90) == "filling"
    assert september.completeness(D(2026, 12, 29), gap_days=90) == "complete"


def test_a_period_of_two_chosen_days():
    assert custom(D(2026, 7, 1), D(2026, 8, 15)).label == "1 Jul 2026 to 15 Aug 2026"
    with pytest.raises(ValueError, match="ends before it starts"):
        custom(D(2026, 7, 2), D(2026, 7, 1))


def test_another_calendar_is_answered_with_the_nearest():
    with pytest.raises(UnknownNameError, match='Did you mean "month"'):
        periods_of("months", D(2026, 1, 1), D(2026, 1, 1))
