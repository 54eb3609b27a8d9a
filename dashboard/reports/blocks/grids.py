"""Measure tables: measures as rows, measures by a dimension, and measures over periods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from dashboard.measures import NOT_RECORDED, Result, dimension, title
from dashboard.measures.lookup import ELSEWHERE
from dashboard.measures.result import Row as ResultRow
from dashboard.reports.cells import Part, cell, part_header
from dashboard.reports.checks import Sum, adds_up
from dashboard.reports.context import Asked, Context
from dashboard.reports.document import EMPTY, Cell, Check, Row, Table

ALL_PARTS: tuple[Part, ...] = ("count", "out_of", "value", "low", "high")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a measure and which part of it; `header` replaces the words of the part.

    `foots` says how rows of counts meet their total: "exactly" (everyone stands in one row), "at least" (a
    person may stand in several), or not at all.
    """

    asked: Asked
    part: Part = "count"
    header: str = ""
    foots: Literal["exactly", "at least", "no"] = "exactly"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table of measures; `cells` are measures and parts under the table's headers."""

    asked: Asked
    cells: tuple[Column | None, ...] = ()
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class MeasureTable:
    """Measures as rows. Without `headers` every row shows its count, what it is out of, value and limits."""

    key: str
    name: str
    lines: tuple[Line, ...]
    headers: tuple[str, ...] = ()
    sums: tuple[Sum, ...] = ()
    label: str = "Measure"
    notes: tuple[str, ...] = ()

    def resolve(self, context: Context) -> tuple[Table]:
        """Answer every line and check the sums."""
        rows = tuple(self._row(context, line) for line in self.lines)
        headers = self.headers or ("Number", "Out of", "Share or rate", "95 % from", "95 % to")
        keep = [i for i in range(len(headers)) if any(row.cells[i] != EMPTY for row in rows)]
        rows = tuple(Row(row.label, tuple(row.cells[i] for i in keep), row.is_total) for row in rows)
        columns = (self.label, *(headers[i] for i in keep))
        checks = tuple(adds_up(total, rows) for total in self.sums)
        notes = (*self.notes, *_spans(context, self.lines), *_unsure(context, self.lines))
        asked = [line.asked for line in self.lines]
        return (Table(self.key, self.name, covers(context, asked), columns, rows, checks, notes),)

    def _row(self, context: Context, line: Line) -> Row:
        if line.cells:
            cells = tuple(_part(context, column) if column else EMPTY for column in line.cells)
        else:
            cells = tuple(_part(context, Column(line.asked, part)) for part in ALL_PARTS)
        return Row(context.title(line.asked), cells, line.is_total)


@dataclass(frozen=True, slots=True)
class DimensionTable:
    """Measures split by one dimension: every code has a row, people or none, "not recorded" last, then the total.

    `across` are columns that must add up within each row, the last being their sum.
    """

    key: str
    name: str
    by: str
    columns: tuple[Column, ...]
    codes: tuple[str, ...] = ()  # the closed list; without one, the codes in the data
    across: tuple[int, ...] = ()
    total: str = "Total"
    notes: tuple[str, ...] = ()

    def resolve(self, context: Context) -> tuple[Table]:
        """Answer every column by the dimension and as a total, and check that both meet."""
        by = (self.by,)
        split = [context.ask(column.asked, by=by) for column in self.columns]
        words = self._words(context, split)
        found = [{str(code): i for i, code in enumerate(result.frame[self.by])} for result in split]
        lines = [list(result.frame.itertuples()) for result in split]
        rows = []
        for code, label in words.items():
            picked = [line[at[code]] if code in at else None for line, at in zip(lines, found, strict=True)]
            rows.append(Row(label, self._cells(split, picked)))
        asked = [column.asked for column in self.columns]
        given = [each for each in asked if context.gives(each, by)]
        if given:
            totals = [context.ask(each, context.span(each, by)) for each in asked]
            rows.append(Row(self.total, self._cells(totals, [only_row(t) for t in totals]), is_total=True))
        headers = [c.header or part_header(r.measure, c.part) for c, r in zip(self.columns, split, strict=True)]
        name, spans = self.name, {context.span(each, by) for each in given}
        if len(spans) == 1:
            name = context.dated(name, given[0], by)
        if spans:  # a scorecard prints the columns without the title
            headers = [context.dated(header, each, by) for header, each in zip(headers, asked, strict=True)]
        columns = (title(self.by), *headers)
        checks = self._checks(columns, tuple(rows))
        said = covers(context, asked, by)
        return (Table(self.key, name, said, columns, tuple(rows), checks, self._notes(rows)),)

    def _words(self, context: Context, split: Sequence[Result]) -> dict[str, str]:
        """Return every code and its words; a protected frame may name codes the options do not."""
        known: Mapping[str, str] = context.source.options(self.by)
        if self.by == "county":
            known = {**context.source.service_area, **known}
        in_data = [str(code) for result in split for code in result.frame[self.by]]
        codes = dict.fromkeys([*(self.codes or known), *in_data])
        has_unknown = codes.pop(NOT_RECORDED, self) is None or (
            self._may_be_unknown and context.source.release is None  # what was published says itself
        )
        words = {code: known.get(code) or split[0].label(self.by, code) for code in codes}
        if self.by == "county":
            words = dict(sorted(words.items(), key=lambda item: (item[0] == ELSEWHERE, item[1].casefold())))
        return {**words, NOT_RECORDED: split[0].label(self.by, NOT_RECORDED)} if has_unknown else words

    @property
    def _may_be_unknown(self) -> bool:
        """Traits and places of people always have a row for what nobody wrote down."""
        return self.by == "county" or dimension(self.by).source != "body"

    def _cells(self, results: Sequence[Result], rows: Sequence[ResultRow | None]) -> tuple[Cell, ...]:
        return tuple(
            cell(result, row, column.part) for column, result, row in zip(self.columns, results, rows, strict=True)
        )

    def _checks(self, columns: tuple[str, ...], rows: tuple[Row, ...]) -> tuple[Check, ...]:
        last = len(rows) - 1
        down = [
            adds_up(Sum(tuple(range(last)), last, i, columns[i + 1], at_least=column.foots == "at least"), rows)
            for i, column in enumerate(self.columns)
            if column.part in {"count", "out_of"} and column.foots != "no"
        ]
        if self.across:
            *parts, whole = self.across
            flat = [_turned(row, parts, whole) for row in rows]
            words = f"{columns[whole + 1]} in every row"
            passes = [adds_up(Sum(tuple(range(len(parts))), len(parts), 0, words), lines).passes for lines in flat]
            down.append(Check(words, None if None in passes and False not in passes else False not in passes))
        return tuple(down)

    def _notes(self, rows: Sequence[Row]) -> tuple[str, ...]:
        """Say that rows exceed the total, where people may stand in several; by how much, where all rows are known."""
        found = [i for i, column in enumerate(self.columns) if column.foots == "at least" and rows[-1].is_total]
        for numbers in ([row.cells[i].number for row in rows] for i in reversed(found)):
            *parts, whole = numbers
            known = [n for n in parts if n is not None]
            over = 0 if whole is None else sum(known) - whole
            if over > 0:
                much = f" by {over:,.0f}" if len(known) == len(parts) else ""
                several = f"The rows exceed the total{much}: people in several rows count in each, once in the total."
                return (*self.notes, several)
        return self.notes


def _turned(row: Row, parts: Sequence[int], whole: int) -> tuple[Row, ...]:
    """Turn cells of one row into rows of one cell, so that the same sum checks them."""
    return tuple(Row("", (row.cells[i],)) for i in (*parts, whole))


def only_row(result: Result) -> ResultRow | None:
    """Return the row of a result of one period that is not split; None if it has none."""
    return next(result.frame.itertuples(), None)


def _part(context: Context, column: Column) -> Cell:
    result = context.ask(column.asked)
    return cell(result, only_row(result), column.part)


def covers(context: Context, asked: Sequence[Asked] = (), by: tuple[str, ...] = ()) -> str:
    """Say what a table covers: the days, where all that is asked covers the same ones, and the programs."""
    spans = {context.span(each, by).label for each in asked if context.gives(each, by)}
    return f"{spans.pop() if len(spans) == 1 else context.period.label}, {context.place}"


def _spans(context: Context, lines: Sequence[Line]) -> tuple[str, ...]:
    """Name rows that cover other days than the report, unless all of them cover the same."""
    if context.source.release is not None:  # the titles say so
        return ()
    others = [line.asked for line in lines if line.asked.span != "period"]
    if len({asked.span for asked in others}) == 1 and len(others) == len(lines):
        return ()
    return tuple(f"{context.title(asked)}: {context.span(asked).label}." for asked in others)


def _unsure(context: Context, lines: Sequence[Line]) -> tuple[str, ...]:
    """Name rows whose value rests on too few people or events to be read as more than a count."""
    weak = [context.title(line.asked) for line in lines if _is_unsure(context, line)]
    return (f"Few people or events, read as a count: {'; '.join(weak)}.",) if weak else ()


def _is_unsure(context: Context, line: Line) -> bool:
    row = only_row(context.ask(line.asked))
    return row is not None and row.value == row.value and not row.reliable
