"""Charts of measure tables, and tables of periods for charts over time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dashboard.measures import GRID, Period, on_days
from dashboard.measures.result import Row as ResultRow
from dashboard.measures.wording import COMPLETENESS
from dashboard.reports.blocks.grids import Column, DimensionTable, MeasureTable, only_row
from dashboard.reports.blocks.released import without_empty_rows
from dashboard.reports.cells import Part, cell, part_header
from dashboard.reports.context import Asked, Context
from dashboard.reports.document import Cell, Chart, Row, Series, Table
from dashboard.reports.period_codes import report_periods
from dashboard.standing import NOT_RELEASED, WITHHELD

MOST_BARS = 16
LIMITED: tuple[Part, ...] = ("value", "low", "high")
HIDDEN_WORDS = {WITHHELD: "withheld", NOT_RELEASED: "not released at this level"}


@dataclass(frozen=True, slots=True)
class PeriodTable:
    """Measures over the last periods of a calendar, up to the report's own; one row per period."""

    key: str
    name: str
    columns: tuple[Column, ...]
    calendar: str
    most: int = 8
    notes: tuple[str, ...] = ()

    def resolve(self, context: Context) -> tuple[Table]:
        """Answer each measure for all periods at once."""
        periods = self.periods(context)
        results = [context.ask(column.asked, *periods) for column in self.columns]
        lines = [{line.period: line for line in result.frame.itertuples()} for result in results]
        rows = tuple(
            Row(
                period.label + _standing(line.get(period.label) for line in lines),
                tuple(
                    cell(result, line.get(period.label), column.part)
                    for result, line, column in zip(results, lines, self.columns, strict=True)
                ),
            )
            for period in periods
        )
        headers = (c.header or part_header(r.measure, c.part) for c, r in zip(self.columns, results, strict=True))
        covers = f"{periods[0].label} to {periods[-1].label}, {context.place}"
        return (Table(self.key, self.name, covers, ("Period", *headers), rows, (), self.notes),)

    def periods(self, context: Context) -> tuple[Period, ...]:
        """Return the periods, oldest first: whole ones within the data, at most `most`, and never none."""
        end = context.period.end
        first = context.source.data_start
        every = [p.period for p in report_periods(self.calendar, min(first, end), end)]
        known = [p for p in every if p.end <= end and p.start >= first]
        return tuple(known[-self.most :]) or (context.period,)


@dataclass(frozen=True, slots=True)
class CurveTable:
    """The share of people still in touch on the fixed grid of days after the first contact."""

    key: str
    name: str
    asked: Asked
    days: tuple[int, ...] = GRID

    def resolve(self, context: Context) -> tuple[Table]:
        """Read the curve of the cohort on the grid; days nobody was followed to have no value."""
        covers, rows = self._published(context) if context.source.release else self._read(context)
        name, since = self.name, "Since the first contact"
        if context.source.release is not None:
            name, since = f"{name} in {covers}", f"{since} in {covers}"
        columns = (since, "Still in touch", "95 % from", "95 % to")
        return (Table(self.key, name, f"first contact in {covers}, {context.place}", columns, rows),)

    def _published(self, context: Context) -> tuple[str, tuple[Row, ...]]:
        """Look the days up that were published as a life table; nothing is known between them."""
        release = context.source.release
        days = release.grid_days if release else ()
        asked = [Asked("retained", (("days", day),), span=self.asked.span) for day in days]
        rows = []
        for each in asked:
            result = context.ask(each, context.span(asked[0]))
            line = only_row(result)
            rows.append(Row(_days(each.settings[0][1]), tuple(cell(result, line, part) for part in LIMITED)))
        covers = context.span(asked[0] if asked else self.asked).label
        return covers, tuple(rows)

    def _read(self, context: Context) -> tuple[str, tuple[Row, ...]]:
        result = context.ask(self.asked)
        found = on_days(result, self.days)
        rows = []
        lines: list[ResultRow] = list(found.itertuples())
        for line in lines:
            limits = tuple(cell(result, line, part) for part in LIMITED)
            shown = limits if line.reliable else tuple(Cell("–") if not c.is_hidden else c for c in limits)
            rows.append(Row(_days(line.day), shown))
        return context.span(self.asked).label, tuple(rows)


def _standing(cells: Iterable[ResultRow | None]) -> str:
    """Say once behind a period what any of its numbers is: not complete, or still filling."""
    found = {row.completeness for row in cells if row is not None}
    words = next((COMPLETENESS[state] for state in ("incomplete", "filling") if state in found), "")
    return f" ({words})" if words else ""


def _days(day: float) -> str:
    return f"{day:.0f} days"


TableBlock = DimensionTable | MeasureTable | PeriodTable | CurveTable


@dataclass(frozen=True, slots=True)
class MeasureChart:
    """A chart of one or two columns of a table, which stands below it; `limits` are columns of an interval."""

    of: TableBlock
    kind: Literal["bars", "line"] = "bars"
    draw: tuple[int, ...] = (0,)
    or_else: tuple[int, ...] = ()  # drawn where nothing of `draw` may be shown
    limits: tuple[int, int] | None = None
    target: float | None = None
    break_on: date | None = None
    break_words: str = ""

    @property
    def name(self) -> str:
        """The name of its table."""
        return self.of.name

    def resolve(self, context: Context) -> tuple[Chart | Table, ...]:
        """Draw rows with something to draw; a chart of one thing or too many is left to its table."""
        (table,) = self.of.resolve(context)
        if context.source.release is not None and self.kind == "bars":
            table = without_empty_rows(table)
        for draw in (self.draw, self.or_else):
            rows = [row for row in table.rows if not row.is_total and self._has_mark(row, draw)]
            known = [row for row in rows if any(row.cells[i].number is not None for i in draw)]
            if known and len(known if self.kind == "line" else rows) > 1:
                return self._drawn(context, table, rows, draw)
        return (table,)

    def _drawn(
        self, context: Context, table: Table, rows: list[Row], draw: tuple[int, ...]
    ) -> tuple[Chart] | tuple[Table]:
        if self.kind == "bars" and len(rows) > MOST_BARS:
            return (table,)
        series = tuple(self._series(table, rows, i) for i in draw)
        is_percent = any(row.cells[draw[0]].is_percent for row in rows)
        return (
            Chart(
                kind=self.kind,
                table=table,
                categories=tuple(row.label for row in rows),
                series=series,
                is_percent=is_percent,
                alt=_alt(self.kind, table, rows, draw[0]),
                target=self.target,
                break_before=self._break(context),
                break_words=self.break_words,
                joined=not isinstance(self.of, CurveTable),  # a few days of a curve: nothing is known between them
                limit_columns=tuple(table.columns[side + 1] for side in self.limits or ()),
            ),
        )

    def _has_mark(self, row: Row, draw: tuple[int, ...]) -> bool:
        """Whether a row is drawn: any number but a bar of nothing, or the mark of a withheld one."""
        cells = [row.cells[i] for i in draw]
        return self.kind == "line" or any(c.is_hidden or c.number for c in cells)

    def _series(self, table: Table, rows: list[Row], column: int) -> Series:
        values = tuple(_or_nan(row.cells[column].number) for row in rows)
        lower, upper = (
            tuple(_or_nan(row.cells[side].number) for row in rows) if self.limits else ()
            for side in (self.limits or (0, 0))
        )
        return Series(table.columns[column + 1], values, lower, upper)

    def _break(self, context: Context) -> int | None:
        if self.break_on is None or not isinstance(self.of, PeriodTable):
            return None
        starts = [period.start for period in self.of.periods(context)]
        later = [i for i, start in enumerate(starts) if start >= self.break_on]
        return later[0] if later and later[0] > 0 else None


def _alt(kind: str, table: Table, rows: list[Row], column: int) -> str:
    """Describe the chart: kind, what, where and when, its numbers in words, how many are withheld."""
    shown = {"bars": "Bars", "line": "Points over time"}[kind]
    words = "; ".join(f"{row.label} {row.cells[column].text}" for row in rows)
    marks = [row.cells[column].text[:1] for row in rows if row.cells[column].is_hidden]
    hidden = [f" {marks.count(m)} {said}." for m, said in HIDDEN_WORDS.items() if m in marks]
    return f"{shown}: {table.title}, {table.covers}. {words}.{''.join(hidden)}"


def _or_nan(number: float | None) -> float:
    return float("nan") if number is None else number
