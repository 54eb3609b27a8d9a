"""What changed since the report was handed in: old, new, difference and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.measures.arrivals import Arrivals
from dashboard.reports.cells import number
from dashboard.reports.context import Context
from dashboard.reports.document import Cell, Heading, Paragraph, Row, Table
from dashboard.reports.period_codes import long_date
from dashboard.reports.submissions import Kept, Submission

COLUMNS = ("Number", "As submitted", "Now", "Difference", "Why")


@dataclass(frozen=True, slots=True)
class Changes:
    """Every number of the tables above that is no longer what the last submission said."""

    key: str = "changes"
    name: str = "What changed since submission"

    def resolve(self, context: Context) -> tuple[Heading | Paragraph | Table, ...]:
        """Compare with the numbers kept; nothing where the period was not handed in yet."""
        before = context.submission
        if before is None:
            return ()
        arrived = _arrived(context, before)
        rows = tuple(_changes(context, before, arrived))
        opening = Paragraph(_opening(before, arrived, len(rows)))
        if not rows:
            return (Heading(self.name), opening)
        covers = f"{context.period.label}, submission {before.number} of {long_date(before.submitted_on)}"
        return (Heading(self.name), opening, Table(self.key, self.name, covers, COLUMNS, rows))


def _arrived(context: Context, before: Submission) -> Arrivals:
    records = context.source.records
    return records.arrived(context.period, before.batches, before.as_of) if records else Arrivals()


def _opening(before: Submission, arrived: Arrivals, changed: int) -> str:
    when = long_date(before.submitted_on)
    came = [
        (arrived.late, "typed in afterwards"),
        (arrived.exported_late, "typed in before, but not in an export loaded by then"),
        (arrived.corrected, "corrected"),
    ]
    why = "; ".join(f"{n:,} {'record' if n == 1 else 'records'} {words}" for n, words in came if n)
    since = f" Records dated in this period that came since: {why}." if why else ""
    numbers = "No number has changed" if not changed else f"{changed} numbers have changed"
    return f"{numbers} since submission {before.number} of {when}, on data through {long_date(before.as_of)}.{since}"


def _changes(context: Context, before: Submission, arrived: Arrivals) -> Iterator[Row]:
    known = {(kept.table, kept.row, kept.column): kept for kept in before.numbers}
    for table, titles in context.tables:
        why = _why(context, before, arrived, titles)
        for row in table.rows:
            for column, cell in zip(table.columns[1:], row.cells, strict=True):
                old = known.pop((table.title, row.label, column), None)
                place = f"{table.title}: {row.label}, {column.lower()}"
                if old is None and cell.number:
                    yield Row(place, (Cell("–"), cell, Cell(""), Cell("not in the submission")))
                elif old is not None and _differs(old, cell):
                    yield Row(place, (_old(old), cell, _difference(old, cell), Cell(why)))
    for old in known.values():
        if old.number:
            yield Row(
                f"{old.table}: {old.row}, {old.column.lower()}",
                (_old(old), Cell("–"), Cell(""), Cell("no longer in the report")),
            )


def _differs(old: Kept, new: Cell) -> bool:
    """Whether a number has changed as printed, or is hidden now and was not, or the other way."""
    return old.text != new.text


def _old(old: Kept) -> Cell:
    return Cell(old.text, old.number)


def _difference(old: Kept, new: Cell) -> Cell:
    """The difference of two counts; of two shares in percentage points."""
    if old.number is None or new.number is None:
        return Cell("")
    if new.is_percent or old.text.endswith("%"):
        points = 100 * (new.number - old.number)
        return Cell(f"{points:+.1f} points")
    return number(round(new.number - old.number, 9))


def _why(context: Context, before: Submission, arrived: Arrivals, titles: frozenset[str]) -> str:
    """Name the causes that apply to a table: a new definition, late entries, corrections, or time."""
    now = {title: context.measures[title].version for title in titles if title in context.measures}
    causes = []
    if any(before.definitions.get(title, version) != version for title, version in now.items()):
        causes.append("definition changed")
    if arrived.late or arrived.exported_late:
        causes.append("late entries")
    if arrived.corrected:
        causes.append("corrections")
    if not causes:
        causes.append("data now reach further" if context.source.as_of > before.as_of else "records changed elsewhere")
    return ", ".join(causes)
