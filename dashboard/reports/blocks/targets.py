"""Targets: what was promised for the year, what has been reached, and how much of the year is gone."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.measures import Measure, Period, Result, measure
from dashboard.measures.result import Row as ResultRow
from dashboard.measures.wording import percent
from dashboard.reports.blocks.grids import only_row
from dashboard.reports.cells import cell, number, share
from dashboard.reports.context import Asked, Context
from dashboard.reports.document import Cell, Paragraph, Row, Table
from dashboard.reports.funders import Target
from dashboard.reports.period_codes import long_date

COLUMNS = ("Measure", "Target", "So far", "Out of", "Of target", "Expected by now", "Where it stands")
SHORT = (0, 1, 5)


@dataclass(frozen=True, slots=True)
class Targets:
    """The funder's targets of the year the period ends in; counts are prorated by days, shares are not."""

    key: str
    name: str
    targets: tuple[Target, ...]
    short: bool = False  # on a slide: target, so far, and where it stands

    def resolve(self, context: Context) -> tuple[Table] | tuple[Paragraph]:
        """Answer each target for the year to date."""
        year = context.target_year
        mine = [target for target in self.targets if target.year_from == year.start]
        if not mine:
            return (Paragraph(f"No targets are set for the year from {long_date(year.start)}."),)
        if context.source.release is not None and not _is_over(context):
            return (Paragraph(_not_yet(context, mine)),)
        gone = _share_gone(year, context.span(Asked("people_served", span="to_date")))
        rows = tuple(_row(context, target, gone) for target in mine)
        covers = f"{context.span(Asked(mine[0].measure, span='to_date')).label}, {context.place}"
        notes = (
            f"{percent(gone)} of the year is over. What is expected by now is the target times that share; "
            "a share is compared with its whole target, by its 95 % interval.",
        )
        kept = SHORT if self.short else range(len(COLUMNS) - 1)
        rows = tuple(Row(row.label, tuple(row.cells[i] for i in kept)) for row in rows)
        columns = (COLUMNS[0], *(COLUMNS[i + 1] for i in kept))
        return (Table(self.key, self.name, covers, columns, rows, (), notes),)


def _is_over(context: Context) -> bool:
    """Whether the year of the targets was released whole: no other span is compared with a year's target."""
    year, release = context.target_year, context.source.release
    return context.period.end >= year.end and release is not None and (year.start, year.end) in release.coverage()


def _not_yet(context: Context, mine: list[Target]) -> str:
    """Name the targets where no released number can be held against them."""
    named = [f"{measure(t.measure).title.lower()}: {_aim(t.value).text}" for t in mine]
    year = f"the year {long_date(context.target_year.start)} to {long_date(context.target_year.end)}"
    return f"Targets for {year}: {'; '.join(named)}. No number for this whole year is released, so none is compared."


def _aim(value: float) -> Cell:
    return number(value) if value > 1 else share(value)


def _share_gone(year: Period, to_date: Period) -> float:
    return ((to_date.end - year.start).days + 1) / ((year.end - year.start).days + 1)


def _row(context: Context, target: Target, gone: float) -> Row:
    settings = (("days", target.days),) if target.days else ()
    asked = Asked(target.measure, settings=settings, span="to_date")
    result = context.ask(asked)
    row = only_row(result)
    label = context.title(asked)
    if target.value > 1:
        return Row(label, _count_cells(result, row, target.value, gone))
    return Row(label, _share_cells(result, row, target.value))


def _count_cells(result: Result, row: ResultRow | None, target: float, gone: float) -> tuple[Cell, ...]:
    so_far = cell(result, row, "count")
    if so_far.number is None:
        return number(target), so_far, Cell(""), so_far, number(round(target * gone)), so_far
    reached = so_far.number / target
    words = f"{percent(reached)} of target, {percent(gone)} of the year gone"
    return number(target), so_far, Cell(""), share(reached), number(round(target * gone)), Cell(words)


def _share_cells(result: Result, row: ResultRow | None, target: float) -> tuple[Cell, ...]:
    value, out_of = cell(result, row, "value"), cell(result, row, "out_of")
    if value.number is None or row is None:
        return share(target), value, out_of, Cell(""), Cell(""), value
    return share(target), value, out_of, Cell(""), Cell(""), Cell(_judged(result.measure, row, target))


def _judged(measure: Measure, row: ResultRow, target: float) -> str:
    """Say where a share stands; only a whole interval on one side decides (statistics.md 11)."""
    if row.lower != row.lower:  # counted in records, which have no interval
        return "at or above the target" if row.value >= target else "below the target so far"
    better_up = measure.direction != "lower"
    above, below = row.lower >= target, row.upper < target
    if above or below:
        return "meets the target" if above == better_up else "does not meet the target"
    return "not distinguishable from the target"
