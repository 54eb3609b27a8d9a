"""What a page looks at: the data in use and the filters chosen, as one frozen object."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal, ParamSpec, TypeVar

import streamlit as st

from dashboard.measures import NOT_RECORDED, Period, Query, Result, measure, periods_of
from dashboard.measures.periods import GRANT_START, year_before
from dashboard.measures.result import CountyOf
from dashboard.measures.series import settled
from dashboard.ui.cache import answer
from dashboard.ui.subset import over

KEY = "_view"
P = ParamSpec("P")
T = TypeVar("T")
TREND_MONTHS = 36
ALL_COUNTIES = "All counties"
Settings = tuple[tuple[str, int], ...]
Filter = Literal["period", "county", "program"]


@dataclass(frozen=True, slots=True)
class View:
    """The data in use (version, as_of, first day, rules) and the filters every page shares."""

    version: str
    as_of: date
    data_start: date
    gap_days: int
    records: tuple[str, ...]  # what is recorded at all: "contact", and classes of events, as "life_win"
    organization: str
    resources: tuple[str, ...]
    counties: tuple[tuple[str, str], ...]  # of contacts, or of where people live, as `county_of` says
    programs: tuple[tuple[str, str], ...]
    calendar: str
    period: Period
    county: str  # code; empty for all
    program: str  # code; empty for all
    compare: bool
    county_of: CountyOf = "contact"
    grant_start: tuple[int, int] = GRANT_START  # month and day
    ground: str = ""  # light or dark, for the text of charts; empty while the browser has not said
    is_old: bool = False  # the data end so long ago that the page says so
    extras: tuple[str, ...] = ()  # what not every export holds, and this one does: "goals", "assessments", …

    @property
    def place(self) -> str:
        """The filters in words: one county or all, and the program if one is chosen."""
        county = self.named(dict(self.counties)[self.county] if self.county else ALL_COUNTIES)
        return f"{county}, {dict(self.programs)[self.program]}" if self.program else county

    def named(self, place: str) -> str:
        """Add to the name of a place which county is meant, where it is not that of the contact."""
        return f"{place} (where people live)" if self.county_of == "residence" else place

    @property
    def has_contacts(self) -> bool:
        """Whether the data hold contacts; without them nobody knows whom the program supported."""
        return "contact" in self.records

    @property
    def filtered(self) -> bool:
        """Whether a filter leaves out part of the data."""
        return bool(self.county or self.program)

    @property
    def is_one_place(self) -> bool:
        """Whether there is nothing to set side by side: one county chosen, or only one in the data."""
        return bool(self.county) or len([code for code, _ in self.counties if code != NOT_RECORDED]) < 2

    @property
    def compared(self) -> tuple[Period, ...]:
        """The chosen period, after the same period last year if that is wanted and can be compared."""
        before = self._year_before()
        complete = self.period.end <= self.as_of
        return (before, self.period) if before and complete and self.compare else (self.period,)

    @property
    def last_day(self) -> date:
        """The last day looked at: that of the period, or of the data if it comes first."""
        return min(self.period.end, self.as_of)

    @property
    def months(self) -> tuple[Period, ...]:
        """Up to 36 months, to the end of the period or of the data."""
        return periods_of("month", self.data_start, self.last_day)[-TREND_MONTHS:]

    @property
    def windows(self) -> tuple[Period, ...]:
        """Every twelve-month window of the data, one per month end, for what is too rare for single months."""
        return tuple(w for w in periods_of("rolling_12", self.data_start, self.as_of) if w.end <= self.as_of)

    @property
    def rolling(self) -> tuple[Period, ...]:
        """The newest of these windows, to the end of the period."""
        return tuple(window for window in self.windows if window.end <= self.last_day)[-TREND_MONTHS:]

    @property
    def settled_years(self) -> tuple[Period, ...]:
        """The last twelve months whose rates no longer change, after the twelve before if there are any."""
        settled = [w for w in self.rolling if w.completeness(self.as_of, self.gap_days) == "complete"]
        return tuple(settled[-13::12])

    @property
    def year(self) -> Period:
        """The twelve months to the end of the data, for what is too rare for anything shorter."""
        start = year_before(self.as_of) + timedelta(days=1)
        return Period(start, self.as_of, f"12 months to {self.as_of.day} {self.as_of:%b %Y}")

    def without(self, *filters: Filter) -> View:
        """Return the view as somebody sees it who does not look at these filters.

        It is the same whatever is chosen in them, so that what is remembered of it is made once for all.
        """
        all_time = Period(self.data_start, self.as_of, "all of the data")
        plain: dict[Filter, dict[str, Any]] = {
            "period": {"calendar": "month", "period": all_time, "compare": False, "grant_start": GRANT_START},
            "county": {"county": ""},
            "program": {"program": ""},
        }
        return replace(self, **{name: value for chosen in filters for name, value in plain[chosen].items()})

    def ask(
        self,
        name: str,
        *periods: Period,
        by: tuple[str, ...] = (),
        settings: Settings = (),
        only: tuple[tuple[str, str], ...] = (),
        ignore: tuple[str, ...] = (),
    ) -> Result:
        """Answer a measure over `periods` (the chosen one if none), kept to the filters and to `only`.

        Filters named in `ignore`, or that the measure does not offer (deaths by county), do not apply.
        Periods of a calendar are asked for together, so that the next one chosen is answered already.
        """
        asked = periods or (self.period,)
        every = next((family for family in self._families(by) if set(asked) <= set(family)), asked)
        query = Query(name, every, by, self._where(name, only, ignore), settings, county_of=self.county_of)
        return over(answer(query, self.version), asked)

    def ask_alone(self, name: str, period: Period) -> Result:
        """Answer a measure over one period and no other, so that its notes speak of that period."""
        return answer(Query(name, (period,), where=self._where(name), county_of=self.county_of), self.version)

    def _where(
        self, name: str, only: tuple[tuple[str, str], ...] = (), ignore: tuple[str, ...] = ()
    ) -> tuple[tuple[str, tuple[str, ...]], ...]:
        chosen = (("county", self.county), ("program", self.program))
        offered = measure(name).dimensions
        kept = (pair for pair in chosen if pair[1] and pair[0] in offered and pair[0] not in ignore)
        return tuple((dimension, (code,)) for dimension, code in (*kept, *only))

    def by_month(self, name: str, *, by: tuple[str, ...] = ()) -> Result:
        """Answer a measure for every month of the trend, in one evaluation.

        Months some of whose people are too recent to be judged are "filling" like those of a rate. What looks back
        begins once the records reach back far enough, or every number would seem to rise at first.
        """
        full = self.data_start + timedelta(days=self.gap_days - 1)
        far = tuple(month for month in self.months if month.end >= full) if measure(name).looks_back else ()
        return settled(self.ask(name, *(far or self.months), by=by))

    def _families(self, by: tuple[str, ...]) -> Iterator[tuple[Period, ...]]:
        """Yield the periods that are asked for together."""
        months = periods_of("month", self.data_start, self.as_of)
        chosen = periods_of(self.calendar, self.data_start, self.as_of, grant_start=self.grant_start)
        if by:
            yield chosen
            yield months
        else:  # cards show a period and the months before it: one question for both
            yield tuple(dict.fromkeys((*months, *chosen)))
        yield periods_of("quarter", self.data_start, self.as_of)

    def _year_before(self) -> Period | None:
        start, after = year_before(self.period.start), year_before(self.period.end + timedelta(days=1))
        if start < self.data_start:
            return None
        candidates = periods_of(self.calendar, start, after - timedelta(days=1), grant_start=self.grant_start)
        return next((period for period in candidates if period.is_year_before(self.period)), None)


def remembered(make: Callable[P, T]) -> Callable[P, T]:
    """Keep what a function makes of a view (and plain values): a click that changes nothing computes nothing.

    The view holds the data version and every filter, so an entry is never stale. What is kept is shared
    between sessions and must not be changed afterward.
    """
    kept: Callable[P, T] = st.cache_resource(max_entries=200, show_spinner=False, hash_funcs={View: repr})(make)
    return kept


def current_or_none() -> View | None:
    """Return the view of this run, or None before anything is loaded."""
    view: View | None = st.session_state.get(KEY)
    return view


def current() -> View:
    """Return the view that the entry script made for this run."""
    view: View = st.session_state[KEY]
    return view
