"""The long windows of the county page: pool time before places (statistics.md section 9)."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from dashboard.measures import Period
from dashboard.measures.periods import year_before
from dashboard.ui.view import View


def choose_window(view: View) -> Period:
    """Show the windows the data can fill, ending with the last complete month of the chosen period."""
    offered = {str(12 * years): _window(view, years) for years in (1, 3)}
    reached = {name: window for name, window in offered.items() if window.start >= _month_of(view.data_start)}
    if len(reached) < 2:
        return next(iter(reached.values()), _all_of_it(view))
    name = st.segmented_control("Months", list(reached), default="12", required=True, key="window", bind="query-params")
    return reached.get(str(name), reached["12"])


def _window(view: View, years: int) -> Period:
    end = _last_complete_month_end(view)
    start = end + timedelta(days=1)
    for _ in range(years):
        start = year_before(start)
    return Period(start, end, f"{12 * years} months to {end:%b %Y}")


def _all_of_it(view: View) -> Period:
    month_end = _last_complete_month_end(view)
    end = month_end if month_end > view.data_start else view.last_day
    return Period(view.data_start, end, f"{view.data_start:%b %Y} to {end:%b %Y}")


def _last_complete_month_end(view: View) -> date:
    after = view.last_day + timedelta(days=1)
    return view.last_day if after.day == 1 else view.last_day.replace(day=1) - timedelta(days=1)


def _month_of(day: date) -> date:
    return day.replace(day=1)
