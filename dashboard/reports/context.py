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

    @property
    def place(self) -> str:
        """The programs covered, in words."""
        if self.funder is None or not self.funder.programs:
            return "all programs"
        names = self.source.options("program")
        return ", ".join(names.get(code, code) for code in self.funder.programs)

    def span(self, asked: Asked) -> Period:
        """Return the days a measure is asked for."""
        match asked.span:
            case "period":
                return self.period
            case "to_date":
                year = self.target_year
                end = min(self.period.end, year.end, self.source.as_of)
                return Period(year.start, max(end, year.start), f"{year.label}, through {long_date(end)}")
            case "entered":  # people who came first in a year that can be judged at 90 days
                end = min(self.period.end, self.source.as_of - timedelta(days=90 + self.source.gap_days))
                return twelve_months_to(end)
            case "twelve_months":
                return twelve_months_to(min(self.period.end, self.source.as_of))

    def ask(self, asked: Asked, *periods: Period, by: tuple[str, ...] = ()) -> Result:
        """Answer a measure for its span (or `periods`), within the funder's programs where it offers them."""
        offered = measure(asked.measure).dimensions
        scope = self.funder.programs if self.funder and "program" in offered else ()
        where = (*((("program", scope),) if scope else ()), *asked.only)
        query = Query(
            asked.measure,
            periods or (self.span(asked),),
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
        """Return the words of a row: the report's own, or the measure's title."""
        return asked.title or self.ask(asked).measure.title
