"""Blocks of words: headings, fixed paragraphs, sentences about measures, key numbers, texts of the author."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dashboard.measures import Result, compare, headline, in_words
from dashboard.measures.wording import COMPLETENESS
from dashboard.reports.blocks.grids import Column, only_row
from dashboard.reports.cells import COUNTS, Part, cell
from dashboard.reports.context import Asked, Context
from dashboard.reports.document import EMPTY, Card, Cards, Cell, Heading, Narrative, Paragraph, Row, Table

LONGEST_CLAIM = 12  # words


@dataclass(frozen=True, slots=True)
class Section:
    """A heading."""

    name: str
    level: int = 1

    def resolve(self, context: Context) -> tuple[Heading]:
        """Return the heading."""
        return (Heading(self.name, self.level),)


@dataclass(frozen=True, slots=True)
class Words:
    """A fixed paragraph."""

    name: str
    text: str
    tone: Literal["plain", "quiet", "strong"] = "plain"

    def resolve(self, context: Context) -> tuple[Paragraph]:
        """Return the paragraph."""
        return (Paragraph(self.text, self.tone),)


@dataclass(frozen=True, slots=True)
class Said:
    """Sentences about measures, written by the one engine of sentences; a finding where one can be made."""

    name: str
    measures: tuple[Asked, ...]

    def resolve(self, context: Context) -> tuple[Paragraph, ...]:
        """Return one paragraph per measure: its headline, or its value in words."""
        return tuple(Paragraph(f"{_found(context, asked)}.") for asked in self.measures if context.gives(asked))


@dataclass(frozen=True, slots=True)
class KeyNumbers:
    """A row of headline numbers with n of N and a comparison in words; of a share its count, if so asked."""

    key: str
    name: str
    numbers: tuple[Column, ...]

    def resolve(self, context: Context) -> tuple[Cards]:
        """Return the cards, and the same numbers as a table."""
        cards, rows = [], []
        for column in self.numbers:
            asked, result = column.asked, context.ask(column.asked)
            count, out_of, value = (cell(result, only_row(result), part) for part in _PARTS)
            label = context.dated(asked.title or result.measure.short_title, asked)
            is_share = result.measure.kind not in COUNTS
            shown = value if is_share and column.part == "value" else count
            compared = "" if is_share and shown is count else _comparison(context, asked)
            rests_on = " · ".join(filter(None, (_rests_on(result, shown, count), _standing(result))))
            cards.append(Card(label, shown, rests_on, compared))
            beside = (count, out_of) if is_share else (EMPTY, EMPTY)
            rows.append(Row(label, (shown, *beside, Cell(compared))))
        columns = ("Measure", "Value", "Number", "Out of", "Compared with a year before")
        covers = f"{context.period.label}, {context.place}"
        return (Cards(Table(self.key, self.name, covers, columns, tuple(rows)), tuple(cards)),)


_PARTS: tuple[Part, ...] = ("count", "out_of", "value")


@dataclass(frozen=True, slots=True)
class Author:
    """A text the author writes for this report; the facts above it are filled in."""

    key: str
    name: str
    prompt: str
    facts: tuple[Asked, ...] = ()

    def resolve(self, context: Context) -> tuple[Narrative]:
        """Return the field with its facts and what was written so far."""
        known = [asked for asked in self.facts if context.gives(asked)]
        facts = tuple(f"{context.title(asked)}: {said(context.ask(asked))}." for asked in known)
        return (Narrative(self.key, self.name, self.prompt, facts, context.texts.get(self.key, "")),)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the report is about: pairs of label and text on its first page."""

    name: str
    pairs: tuple[tuple[str, str], ...]

    def resolve(self, context: Context) -> tuple[Table]:
        """Return the pairs as a table; it has no numbers, but the checksum covers it."""
        rows = tuple(Row(label, (Cell(text),)) for label, text in self.pairs if text)
        return (Table("report", self.name, "", ("About", "This report"), rows),)


def said(result: Result) -> str:
    """Write the value of a result of one row with what it rests on; its mark if it is withheld."""
    row = only_row(result)
    if row is None:
        return "–"
    shown = cell(result, row, "count" if result.measure.kind in COUNTS else "value")
    return shown.text if shown.is_hidden else in_words(result.measure, row)


def claim(context: Context, level: Asked | None, change: Asked | None, name: str) -> str:
    """Return the longest finding of at most 12 words that the numbers support; else the plain name."""
    if level is None:
        return name
    compared = _with_year_before(context, level)
    if change and context.span(change) != context.span(level):
        change = None
    candidates = [headline(compared, _with_year_before(context, change)) if change else headline(compared)]
    candidates.append(headline(context.ask(level)))
    dated = [_naming_days(context, level, words) for words in candidates if words]
    return next((words for words in dated if len(words.split()) <= LONGEST_CLAIM), name)


def _naming_days(context: Context, asked: Asked, words: str) -> str:
    """Add the period to a headline about another one than the report's, unless it names it."""
    return words if context.span(asked).label in words else context.dated(words, asked)


def _found(context: Context, asked: Asked) -> str:
    words = headline(_with_year_before(context, asked))
    return _naming_days(context, asked, words) if words else f"{context.title(asked)}: {said(context.ask(asked))}"


def _comparison(context: Context, asked: Asked) -> str:
    compared = _with_year_before(context, asked)
    return compare(compared) if len(compared.query.periods) > 1 else ""


def _with_year_before(context: Context, asked: Asked) -> Result:
    """Ask for the span and the same one a year before, if the data reach back that far."""
    now = context.span(asked)
    before = context.before(asked)
    return context.ask(asked, before, now) if before else context.ask(asked)


def _rests_on(result: Result, shown: Cell, count: Cell) -> str:
    """Return `61 of 140 people`; nothing where the number is withheld, has no value or is a plain count."""
    row = only_row(result)
    if row is None or shown.number is None or result.measure.kind in COUNTS:
        return ""
    words = in_words(result.measure, row).partition("(")[2].rstrip(")")
    return words.partition(" ")[2] if shown is count else words


def _standing(result: Result) -> str:
    """Say of a number that its period is not complete or still filling."""
    row = only_row(result)
    return "" if row is None else COMPLETENESS[row.completeness]
