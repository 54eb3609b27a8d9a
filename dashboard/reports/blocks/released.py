"""What a report of published numbers leaves out: rows, columns and tables that were not released at all, named once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from dashboard.measures.result import Audience
from dashboard.reports.document import EMPTY, Cards, Cell, Chart, Element, Paragraph, Row, Slide, Table
from dashboard.standing import NOT_RELEASED

NAMED = "Not released: "


def with_what_is_released(elements: Iterable[Element], audience: Audience) -> tuple[Element, ...]:
    """Return the elements without what holds no released number; one sentence stands in place of a whole table."""
    return tuple(kept for element in elements for kept in _kept(element, audience))


def without_empty_rows(table: Table) -> Table:
    """Leave out rows that were not released, and name them; a table of nothing else stays as it is."""
    gone = [row for row in table.rows if _is_empty(row.cells)]
    if not gone or len(gone) == len(table.rows):
        return table
    names = [row.label for row in gone if not row.is_total]
    rows = tuple(row for row in table.rows if row not in gone)
    return _without(replace(table, rows=rows), names)


def _kept(element: Element, audience: Audience) -> Iterator[Element]:
    match element:
        case Table() if _has_nothing(element):
            yield Paragraph(f"{element.title}: {_nothing(element, audience)}", "quiet")
        case Table():
            yield _without_empty_columns(without_empty_rows(element), ())
        case Chart():
            drawn = {*(series.name for series in element.series), *element.limit_columns}
            yield replace(element, table=_without_empty_columns(element.table, drawn))
        case Cards():
            kept = [i for i, card in enumerate(element.cards) if not card.value.text.startswith(NOT_RELEASED)]
            rows, cards = element.table.rows, element.cards
            if kept:
                table = replace(element.table, rows=tuple(rows[i] for i in kept))
                yield Cards(table, tuple(cards[i] for i in kept))
        case Slide():
            yield replace(element, elements=with_what_is_released(element.elements, audience))
        case _:
            yield element


def _without_empty_columns(table: Table, drawn: Iterable[str]) -> Table:
    columns = [[row.cells[i] for row in table.rows] for i in range(len(table.columns) - 1)]
    gone = [i for i, cells in enumerate(columns) if _is_empty(cells) and table.columns[i + 1] not in drawn]
    kept = [i for i in range(len(columns)) if i not in gone]
    names = [table.columns[i + 1] for i in gone if any(cell.is_hidden for cell in columns[i])]
    if not gone or not kept:
        return table
    shorter = replace(
        table,
        columns=(table.columns[0], *(table.columns[i + 1] for i in kept)),
        rows=tuple(Row(row.label, tuple(row.cells[i] for i in kept), row.is_total) for row in table.rows),
    )
    return _without(shorter, names)


def _without(table: Table, names: Iterable[str]) -> Table:
    """Name what was left out in one note, and make no mention of sums whose parts are not there."""
    *others, last = table.notes or ("",)
    known = [last.removeprefix(NAMED).removesuffix(".")] if last.startswith(NAMED) else []
    notes = tuple(others) if known else table.notes
    named = "; ".join((*known, *names))
    checks = tuple(check for check in table.checks if check.passes is not None)
    return replace(table, checks=checks, notes=(*notes, f"{NAMED}{named}.") if named else notes)


def _has_nothing(table: Table) -> bool:
    return bool(table.rows) and all(_is_empty(row.cells) for row in table.rows)


def _is_empty(cells: Iterable[Cell]) -> bool:
    """Whether cells hold marks of what was not released, or nothing."""
    return all(cell.text.startswith(NOT_RELEASED) for cell in cells if cell != EMPTY)


def _nothing(table: Table, audience: Audience) -> str:
    """Say that nothing was released, and at what level it is."""
    levels = {cell.text.removeprefix(NOT_RELEASED).strip() for row in table.rows for cell in row.cells} - {""}
    words = "not released for these periods" if levels else f"not released to the {audience}"
    return f"{words}{f', only {min(levels)}' if levels else ''}."
