"""What a block is answered with: the source, the period, the funder's scope, and what was asked so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from dashboard.measures import Measure, Period, Query, Result, measure
from dashboard.measures.periods import GRANT_START, year_before
from dashboard.reports.document import Table
from dashboard.reports.funders import Funder
from dashboard.reports.period_codes import ReportPeriod, long_date, report_periods, twelve_months_to, year_of
from dashboard.reports.source import Source
from dashboard.reports.submissions import Submission

Span = Literal["period", "to_date", "twelve_months", "entered"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A measure as a report asks it: settings, filters, the span of time, and words of the report's own."""

    measure: str
    settings: tuple[tuple[str, int], ...] = ()
    only: tuple[tuple[str, tuple[str, ...]], ...] = ()
    span: Span = "period"
    title: str = ""


@dataclass(slots=True)
class Context:
    """The desk a report is written at. It remembers every answer, so that no question is asked twice."""

    source: Source
    report_period: ReportPeriod
    funder: Funder | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    submission: Submission | None = None
    today: date = date.min
    measures: dict[str, Measure] = field(default_factory=dict)
    left_out: dict[str, None] = field(default_factory=dict)
    tables: list[tuple[Table, frozenset[str]]] = field(default_factory=list)  # made so far, and what they rest on
    touched: set[str] = field(default_factory=set)  # titles of the measures the current block asked
    _answers: dict[Query, Result] = field(default_factory=dict)

    @property
    def period(self) -> Period:
        """The period reported on."""
        return self.report_period.period

    @property
    def target_year(self) -> Period:
        """The year the funder's targets are set for; without a funder the calendar year."""
        if self.funder is None:
            return year_of("calendar_year", self.period)
        return year_of(self.funder.target_year, self.period, grant_start=self.funder.starts)

    @property
    def year_before(self) -> Period | None:
        """The same period one year before, if the data reach back that far."""
        before = year_before(self.period.start)
        starts = self.funder.starts if self.funder else GRANT_START
        around = report_periods(self.report_period.calendar, before, before, grant_start=starts)
        found = (p.period for p in around if p.period.is_year_before(self.period))
        return next((p for p in found if p.start >= self.source.data_start), None)

    def before(self, asked: Asked) -> Period | None:
        """Return the same span one year before, if there are numbers of it; only whole periods have one."""
        if self.source.release is None:
            return self.year_before if asked.span == "period" else None
        now = self.span(asked)
        return next((period for period in self._released(asked) if period.is_year_before(now)), None)

    @property
    def place(self) -> str:
        """The programs covered, in words."""
        if self.funder is None or not self.funder.programs:
            return "all programs"
        names = self.source.options("program")
        return ", ".join(names.get(code, code) for code in self.funder.programs)

    def span(self, asked: Asked, by: tuple[str, ...] = ()) -> Period:
        """Return the days a measure is asked for.

        Of published numbers those of a period that was released: where the one wanted was not, the newest of the
        shortest that end with it or before. Nothing takes the place of a year to date.
        """
        wanted = self._wanted(asked)
        if self.source.release is None or asked.span == "to_date":
            return wanted
        known = self._released(asked, by)
        same = next((period for period in known if (period.start, period.end) == (wanted.start, wanted.end)), None)
        if same is not None:
            return wanted if asked.span == "period" else same
        earlier = [period for period in known if period.end <= wanted.end]
        return min(earlier, key=lambda period: (_months(period), -period.end.toordinal()), default=wanted)

    def gives(self, asked: Asked, by: tuple[str, ...] = ()) -> bool:
        """Say whether there are any numbers of a measure: of published ones only those that were released."""
        return self.source.release is None or bool(self._released(asked, by))

    def _released(self, asked: Asked, by: tuple[str, ...] = ()) -> tuple[Period, ...]:
        release = self.source.release
        if release is None or asked.only:  # a part of a measure is published as a split or not at all
            return ()
        return release.periods(asked.measure, by, dict(asked.settings).get("days", 0))

    def _wanted(self, asked: Asked) -> Period:
        match asked.span:
            case "period":
                return self.period
            case "to_date":
                year = self.target_year
                end = min(self.period.end, year.end, self.source.as_of)
                return Period(year.start, max(end, year.start), f"{year.label}, through {long_date(end)}")
            case "entered":  # people who came first in a year that can be judged at 90 days
                judged = self.source.as_of - timedelta(days=90 + self.source.gap_days)
                if self.source.release is not None:  # what was released can be judged
                    judged = self.source.as_of
                return twelve_months_to(min(self.period.end, judged))
            case "twelve_months":
                return twelve_months_to(min(self.period.end, self.source.as_of))

    def ask(self, asked: Asked, *periods: Period, by: tuple[str, ...] = ()) -> Result:
        """Answer a measure for its span (or `periods`), within the funder's programs where it offers them."""
        offered = measure(asked.measure).dimensions
        scope = self.funder.programs if self.funder and "program" in offered else ()
        where = (*((("program", scope),) if scope else ()), *asked.only)
        query = Query(
            asked.measure,
            periods or (self.span(asked, by),),
            by=by,
            where=where,
            settings=asked.settings,
            audience=self.source.audience,
        )
        if query not in self._answers:
            self._answers[query] = self._remember(asked, self.source.answers(query))
        self.touched.add(self._answers[query].measure.title)
        return self._answers[query]

    def _remember(self, asked: Asked, result: Result) -> Result:
        self.measures[result.measure.title] = result.measure
        if not result.query.by and not asked.only:  # people left out of a part are told with the whole
            self.left_out.update(dict.fromkeys(f"{result.measure.title}: {n}" for n in result.provenance.notes))
        return result

    def title(self, asked: Asked) -> str:
        """Return the words of a row: the report's own, or the measure's title; other days than the report's named."""
        return self.dated(asked.title or self.ask(asked).measure.title, asked)

    def dated(self, words: str, asked: Asked, by: tuple[str, ...] = ()) -> str:
        """Add the period to words about published numbers of another one than the report's."""
        span, own = self.span(asked, by), self.period
        same = (span.start, span.end) == (own.start, own.end)
        return words if self.source.release is None or same else f"{words}, {span.label}"


def _months(period: Period) -> int:
    return round((period.end - period.start).days / 30)
