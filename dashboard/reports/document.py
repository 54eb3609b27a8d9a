"""A resolved report: every number as a number and as the words it is printed in.

Renderers and pages read only this. Nothing here knows a measure's SQL, a store or a file format.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from dashboard.measures.result import Audience
from dashboard.reports.checksum import checksum_of
from dashboard.standing import LEGENDS, NOT_RELEASED, WITHHELD

Copy = Literal["submission", "shareable"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: the text people read and, if it is a number, its exact value (a fraction for percent)."""

    text: str
    number: float | None = None

    @property
    def is_percent(self) -> bool:
        """Whether the number is a share, printed as percent."""
        return self.number is not None and self.text.endswith("%")

    @property
    def is_hidden(self) -> bool:
        """Whether protection hides the number; a number not released may name its level: `→ by quarter`."""
        return self.text.startswith((WITHHELD, NOT_RELEASED))


EMPTY = Cell("")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its label and its cells; a total is set apart."""

    label: str
    cells: tuple[Cell, ...]
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """A sum that must come out; `passes` is None where withheld numbers forbid the check."""

    words: str
    passes: bool | None

    @property
    def mark(self) -> str:
        """The mark and its meaning in words."""
        return {True: "✓ adds up", False: "✗ does not add up", None: "– not checked, numbers are missing"}[self.passes]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `columns` names the label column first; every row has one cell per further column."""

    key: str
    title: str
    covers: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    checks: tuple[Check, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def grid(self) -> tuple[tuple[str, ...], ...]:
        """Header and rows as printed."""
        return self.columns, *((row.label, *(cell.text for cell in row.cells)) for row in self.rows)

    def is_words(self, column: int) -> bool:
        """Whether a column (the label's not counted) holds words rather than numbers or their marks."""
        cells = [row.cells[column] for row in self.rows]
        if all(cell == EMPTY for cell in cells):
            return True
        return any(len(cell.text) > 1 and cell.number is None and not cell.is_hidden for cell in cells)

    @property
    def below(self) -> tuple[str, ...]:
        """What is printed below: the notes, then what each mark in the table means."""
        return (*self.notes, *self.legend)

    @property
    def legend(self) -> tuple[str, ...]:
        """What each mark in the table means."""
        marks = {cell.text[0] for row in self.rows for cell in row.cells if cell.is_hidden}
        return tuple(words for mark, words in LEGENDS.items() if mark in marks)

    @property
    def verdict(self) -> str:
        """The checks in one line: all of them, or those that do not come out or could not be made."""
        if all(check.passes for check in self.checks):
            return "✓ every sum adds up" if self.checks else "–"
        return _by_mark(check for check in self.checks if not check.passes)

    @property
    def sums(self) -> str:
        """Every check in one line, by what became of it; empty without checks."""
        return _by_mark(self.checks)


def _by_mark(checks: Iterable[Check]) -> str:
    words: dict[str, list[str]] = {}
    for check in checks:
        words.setdefault(check.mark, []).append(check.words)
    return "; ".join(f"{mark}: {', '.join(names)}" for mark, names in words.items())


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers of one column of a chart's table, with limits where it has them; NaN leaves a gap."""

    name: str
    values: tuple[float, ...]
    lower: tuple[float, ...] = ()
    upper: tuple[float, ...] = ()


MARKS_OF = {"bars": "bars", "line": "points"}


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of `table`: bars by category or points by period; its numbers are those of the table."""

    kind: Literal["bars", "line"]
    table: Table
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    is_percent: bool
    alt: str
    target: float | None = None
    break_before: int | None = None  # no line is drawn from the category before this one
    break_words: str = ""
    joined: bool = True  # whether neighbors belong to one line
    limit_columns: tuple[str, ...] = ()  # names of the table's columns with the limits of the interval

    @property
    def drawn(self) -> str:
        """Which column is drawn, where the table has several; else empty."""
        others = [name for name in self.table.columns[1:] if name not in self.limit_columns]
        return self.series[0].name if len(self.series) == 1 < len(others) else ""

    @property
    def title(self) -> str:
        """The title of the table, and which of its columns is drawn."""
        return f"{self.table.title}: {self.drawn.lower()}" if self.drawn else self.table.title

    @property
    def covers(self) -> str:
        """What the table covers, and which of its columns is drawn."""
        return f"{self.table.covers} · {MARKS_OF[self.kind]}: {self.drawn.lower()}" if self.drawn else self.table.covers

    def table_text(self, category: int, column: str) -> str:
        """What the table prints for a category in a column, such as the mark of a withheld number."""
        row = next(row for row in self.table.rows if row.label == self.categories[category])
        return row.cells[self.table.columns.index(column, 1) - 1].text


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 begins a section."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `quiet` is set small, `strong` is a finding or a stamp; `lead` is set bold before the text."""

    text: str
    tone: Literal["plain", "quiet", "strong"] = "plain"
    lead: str = ""

    @property
    def whole(self) -> str:
        """Lead and text, for what knows one kind of type."""
        return f"{self.lead} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class Card:
    """One headline number with what it rests on and how it compares, in words."""

    label: str
    value: Cell
    rests_on: str
    comparison: str


@dataclass(frozen=True, slots=True)
class Cards:
    """A row of headline numbers; `table` holds the same for readers of tables."""

    table: Table
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Narrative:
    """A field the author writes; `facts` are filled in, `text` is empty until written."""

    key: str
    title: str
    prompt: str
    facts: tuple[str, ...]
    text: str

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The paragraphs of the text; none before it is written."""
        return tuple(part.strip() for part in self.text.split("\n") if part.strip())


Element: TypeAlias = "Heading | Paragraph | Table | Chart | Cards | Narrative | Slide"


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide: its name, its claim of at most 12 words, what it shows, and what the speaker says."""

    key: str
    name: str
    claim: str
    elements: tuple[Element, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report. `version` and `made_on` are printed but are no part of the checksum."""

    kind: str
    name: str  # for the file: funder or report, and period code
    title: str
    subtitle: str
    organization: str
    period: str
    audience: Audience
    stamp: str
    as_of: date
    version: str
    made_on: date
    resources: tuple[str, ...]
    elements: tuple[Element, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table in reading order, those of charts, cards and slides included."""
        return tuple(_tables(self.elements))

    @property
    def slides(self) -> tuple[Slide, ...]:
        """The slides of a deck; none for a written report."""
        return tuple(element for element in self.elements if isinstance(element, Slide))

    @property
    def checksum(self) -> str:
        """The checksum of everything printed in the tables."""
        return checksum_of(table.grid for table in self.tables)

    @property
    def failing(self) -> tuple[tuple[Table, Check], ...]:
        """Checks that do not come out; a report with one of them is not handed out."""
        return tuple((t, c) for t in self.tables for c in t.checks if c.passes is False)


def _tables(elements: tuple[Element, ...]) -> Iterator[Table]:
    for element in elements:
        match element:
            case Table():
                yield element
            case Chart() | Cards():
                yield element.table
            case Slide():
                yield from _tables(element.elements)
            case _:
                pass
