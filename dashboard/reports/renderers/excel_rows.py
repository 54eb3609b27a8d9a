"""How wide columns and how high rows of a sheet are; a file must say so, as not every reader fits rows to texts."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from dashboard.reports.document import Table

LINE = 15  # height of one line, in points
HIGHEST = 409  # Excel's limit of a row, in points
LABEL, NUMBER, WORDS = (20, 40), (11, 14), (20, 44)  # narrowest and widest columns, in characters
EMPTY = 8  # width of a column nobody set, in characters
PER_BOLD = 1.15  # width of a bold letter, in characters
PER_DIGIT = 1.08  # letters that fit where one digit, the unit of widths, does
LONGEST_TEXT = 2400  # characters of one cell that stay below the highest row


def widths(table: Table) -> list[int]:
    """Return the width of every column, the label's first, by its longest text within bounds."""
    texts = list(zip(*table.grid, strict=True))
    bounds = [LABEL, *(WORDS if table.is_words(i) else NUMBER for i in range(len(texts) - 1))]
    return [min(max(max(map(len, column)) + 2, low), high) for column, (low, high) in zip(texts, bounds, strict=True)]


def beyond(texts: Sequence[str], room: Sequence[int]) -> int:
    """Count the columns, as wide as an empty one, that unwrapped lines of text need beside a narrow table to print."""
    lacking = max(map(len, texts)) * PER_BOLD - sum(room)
    return ceil(max(0, lacking) / EMPTY)


def height(texts: Sequence[str], room: Sequence[int]) -> int:
    """Return the height of a row whose texts are wrapped within `room` characters each."""
    lines = max(_lines(text, wide) for text, wide in zip(texts, room, strict=True))
    return min(LINE * lines, HIGHEST)


def _lines(text: str, wide: int) -> int:
    """Count lines as a reader breaks them: between words, and inside those that are too long."""
    lines, used, wide = 1, 0, int(wide * PER_DIGIT)
    for word in text.split(" "):
        if used and used + 1 + len(word) > wide:
            lines, used = lines + 1, 0
        used += len(word) + (1 if used else 0)
        lines, used = lines + used // (wide + 1), used % (wide + 1)
    return lines


def pieces(text: str) -> list[str]:
    """Part a long text into paragraphs that fit a row each."""
    parts = [part for part in text.split("\n") if part.strip()] or [text]
    return [part[start : start + LONGEST_TEXT] for part in parts for start in range(0, len(part), LONGEST_TEXT)]
