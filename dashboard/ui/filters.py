"""The filters every page shares, in the sidebar and in the address of the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import streamlit as st

from dashboard.measures import NOT_RECORDED, Period, periods_of
from dashboard.measures.periods import GRANT_START
from dashboard.measures.result import CountyOf
from dashboard.measures.wording import COMPLETENESS

CALENDARS = {
    "month": "Months",
    "quarter": "Quarters",
    "calendar_year": "Calendar years",
    "state_fiscal_quarter": "State fiscal quarters (July)",
    "state_fiscal_year": "State fiscal years (July)",
    "federal_fiscal_quarter": "Federal fiscal quarters (October)",
    "federal_fiscal_year": "Federal fiscal years (October)",
    "grant_year": "Grant years",
    "rolling_12": "12 months to a month",
}
GRANT_STARTS = {"09-30": "30 September"} | {f"{m:02d}-01": f"1 {date(2000, m, 1):%B}" for m in range(1, 13)}
COUNTY_OF = {"contact": "Where the contact was", "residence": "Where the person lives"}
COMPARE = {"year": "The same period last year", "none": "Nothing"}
NOT_USED = "This page does not use the choices below; they are kept for the others."


def choose_calendar(*, used: bool = True) -> tuple[str, tuple[int, int]]:
    """Show the calendar and, for grant years, month and day they begin."""
    calendar = _choose("Calendar", CALENDARS, "calendar", "quarter", used)
    if calendar != "grant_year":
        return calendar, GRANT_START
    month, day = _choose("Grant year begins", GRANT_STARTS, "grant_start", "09-30", used).split("-")
    return calendar, (int(month), int(day))


def choose_period(
    calendar: str,
    grant_start: tuple[int, int],
    first: date,
    as_of: date,
    *,
    is_filling: Callable[[Period], bool],
    used: bool = True,
) -> tuple[str, Period]:
    """Show the periods; the newest complete one is chosen until someone picks another.

    `is_filling` tells of a period that is over whether too many of its records are still to come.
    """
    periods = {p.label: p for p in reversed(periods_of(calendar, first, as_of, grant_start=grant_start))}
    if not periods:  # twelve months of data do not exist yet
        calendar = "month"
        periods = {period.label: period for period in reversed(periods_of("month", first, as_of))}
    newest = next((name for name, p in periods.items() if p.end <= as_of), next(iter(periods)))
    words = {name: _worded(name, p, as_of, is_filling) for name, p in periods.items()}
    return calendar, periods[_choose("Period", words, "period", newest, used)]


def _worded(name: str, period: Period, as_of: date, is_filling: Callable[[Period], bool]) -> str:
    if period.end > as_of:
        return f"{name} ({COMPLETENESS['incomplete']})"
    return f"{name} ({COMPLETENESS['filling']})" if is_filling(period) else name


def choose_place(
    label: str, key: str, everything: str, options: Sequence[tuple[str, str]], *, used: bool = True
) -> str:
    """Show one filter of places or programs; an empty string is all of them. One option needs no filter."""
    if len(options) < 2:
        return ""
    return _choose(label, {"": everything, **dict(options)}, key, "", used)


def choose_county_of(homes: Sequence[tuple[str, str]], *, used: bool = True) -> CountyOf:
    """Show which county is meant; where no record says where people live there is nothing to choose."""
    if all(code == NOT_RECORDED for code, _ in homes):
        return "contact"
    chosen = _choose("County is", COUNTY_OF, "county_of", "contact", used)
    return "residence" if chosen == "residence" else "contact"


def choose_comparison(*, used: bool = True) -> bool:
    """Show what cards are compared with; True for the same period last year."""
    return _choose("Compare with", COMPARE, "compare", "year", used) == "year"


def _choose(label: str, options: Mapping[str, str], key: str, default: str, used: bool) -> str:
    """Show one select box bound to the address; whatever arrives there is checked against `options`.

    On a page that does not use it, it stands still: what is not drawn would be forgotten.
    """
    if st.session_state.get(key, default) not in options:
        del st.session_state[key]  # another calendar's period, or an address someone typed
    codes = list(options)
    chosen = st.selectbox(
        label,
        codes,
        index=codes.index(default),
        format_func=lambda code: options.get(code, code),
        key=key,
        bind="query-params",
        disabled=not used,
    )
    return chosen if chosen in options else default
