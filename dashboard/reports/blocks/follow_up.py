"""Follow-up assessments: how many were done on time, and the change of people reached at both times.

Whoever was not reached stands beside them: where these people started is part of every table of change
(measures.md 7), because follow-up is too selective to judge what a program does.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.measures import Result
from dashboard.measures.result import Row as ResultRow
from dashboard.reports.blocks.grids import covers, only_row
from dashboard.reports.cells import Part, cell, hidden, number, share
from dashboard.reports.checks import Sum, adds_up
from dashboard.reports.context import Asked, Context
from dashboard.reports.document import Cell, Check, Paragraph, Row, Table

RATE, CHANGE = Asked("followup_rate"), Asked("matched_change")
KIND_OF = ("instrument", "timepoint")
OUTCOMES = ("on_time", "off_time", "declined", "missed", "not_done")
JUDGED: tuple[Part, ...] = ("out_of", "value", "low", "high")
EXPECTED = "Funders expect 80 % of follow-ups on time."
SELECTIVE = "Follow-up is too selective to judge what a program does."
STARTED = (
    "Of questions answered with yes or no: the share whose answer the instrument counts as favorable. Of scores: the "
    "median, and the median change."
)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Follow-ups by instrument and point in time, against 80 %; without assessments a sentence says what is missing."""

    notes: tuple[str, ...] = ()
    name: str = "Follow-up"

    def resolve(self, context: Context) -> tuple[Table | Paragraph, ...]:
        """Answer the measures of assessments, if any were loaded; of published numbers if any were released."""
        if not context.gives(RATE):
            return (Paragraph(f"Follow-up assessments: not released to the {context.source.audience}."),)
        if context.source.release is None and not context.source.has_assessments:
            return (Paragraph("Needs assessments. Not loaded."),)
        return (self._rate(context), *_change(context))

    def _rate(self, context: Context) -> Table:
        whole, parts = context.ask(RATE, by=KIND_OF), context.ask(RATE, by=(*KIND_OF, "outcome"))
        by_outcome = {(row.instrument, row.timepoint, row.outcome): row for row in _rows(parts)}
        rows = [
            Row(
                _kind(whole, row),
                (
                    *(
                        cell(parts, by_outcome.get((row.instrument, row.timepoint, code)), "out_of")
                        for code in OUTCOMES
                    ),
                    *(cell(whole, row, part) for part in JUDGED),
                ),
            )
            for row in _rows(whole)
        ]
        rows.append(self._total(context))
        outcomes = [parts.label("outcome", code) for code in OUTCOMES]
        columns = ("Instrument and point in time", *outcomes, "Due", "Share on time", "95 % from", "95 % to")
        notes = (EXPECTED, *self.notes)
        return Table("follow_up", self.name, covers(context), columns, tuple(rows), _sums(columns, rows), notes)

    def _total(self, context: Context) -> Row:
        whole, parts = context.ask(RATE), context.ask(RATE, by=("outcome",))
        by_outcome = {row.outcome: row for row in _rows(parts)}
        cells = [cell(parts, by_outcome.get(code), "out_of") for code in OUTCOMES]
        return Row("Total", (*cells, *(cell(whole, only_row(whole), part) for part in JUDGED)), is_total=True)


def _sums(columns: tuple[str, ...], rows: list[Row]) -> tuple[Check, ...]:
    """Check that the outcomes are everyone due, in every row, and that the rows are the total."""
    last, due = len(rows) - 1, len(OUTCOMES)
    down = [adds_up(Sum(tuple(range(last)), last, i, columns[i + 1]), rows) for i in (*range(due), due)]
    turned = [tuple(Row("", (row.cells[i],)) for i in range(due + 1)) for row in rows]
    across = [adds_up(Sum(tuple(range(due)), due, 0, "Due in every row"), lines).passes for lines in turned]
    passes = None if None in across and False not in across else False not in across
    return (*down, Check("Due in every row", passes))


def _change(context: Context) -> tuple[Table | Paragraph, ...]:
    """Return what changed, and where the people started who were and who were not reached."""
    result = context.ask(CHANGE, by=(*KIND_OF, "item"))
    known = [row for row in _rows(result) if hidden(result, row) or row.pairs or row.not_reached]
    if not known:
        return (Paragraph("Nobody was asked a second time yet, so no change is shown."),)
    labels = [f"{result.label('item', row.item)} ({_kind(result, row)})" for row in known]
    changed = tuple(Row(label, _changed(result, row)) for label, row in zip(labels, known, strict=True))
    started = tuple(Row(label, _started(result, row)) for label, row in zip(labels, known, strict=True))
    every = tuple(_adding(changed))
    return (
        Table("matched_change", "Change of the same people", covers(context), CHANGED, changed, every, (SELECTIVE,)),
        Table("started", "Where people started, reached or not", covers(context), REACHED, started, (), (STARTED,)),
    )


CHANGED = (
    "Question",
    "Improved",
    "Same",
    "Worse",
    "Asked twice",
    "Improved, of those that changed",
    "95 % from",
    "95 % to",
)
REACHED = ("Question", "Asked twice", "At first", "Then, or change", "Not reached", "Not reached: at first")


def _changed(result: Result, row: ResultRow) -> tuple[Cell, ...]:
    mark = hidden(result, row)
    if mark:
        return (mark,) * 7
    worse = row.denominator - row.numerator
    counts = (number(float(n)) for n in (row.numerator, row.same, worse, row.pairs))
    return (*counts, *(cell(result, row, part) for part in JUDGED[1:]))


def _adding(rows: tuple[Row, ...]) -> list[Check]:
    words = "Improved, same and worse in every row"
    sums = [adds_up(Sum((0, 1, 2), 3, 0, words), [Row("", (c,)) for c in row.cells[:4]]).passes for row in rows]
    return [Check(words, None if None in sums and False not in sums else False not in sums)]


def _started(result: Result, row: ResultRow) -> tuple[Cell, ...]:
    mark = hidden(result, row)
    if mark:
        return (mark,) * 5
    return (
        number(float(row.pairs)),
        _began(row.pairs, row.positive_before, row.median_start),
        _then(row),
        number(float(row.not_reached)),
        _began(row.not_reached, row.not_reached_positive, row.not_reached_median_start),
    )


def _began(people: float, favorable: float, middle: float) -> Cell:
    """Say where people started: the share with a favorable answer, or the middle of a score of many points."""
    if not people:
        return Cell("–")
    return share(favorable / people) if _is_yes_or_no(middle) else number(float(middle))


def _then(row: ResultRow) -> Cell:
    if not row.pairs:
        return Cell("–")
    if _is_yes_or_no(row.median_start):
        return share(row.positive_after / row.pairs)
    return Cell(f"{row.median_change:+.1f}".replace("-", "−"))


def _is_yes_or_no(middle: float) -> bool:
    return 0 <= middle <= 1


def _rows(result: Result) -> list[ResultRow]:
    return list(result.frame.itertuples())


def _kind(result: Result, row: ResultRow) -> str:
    return f"{result.label('instrument', row.instrument)}, {result.label('timepoint', row.timepoint).lower()}"
