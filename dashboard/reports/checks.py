"""Sums that must come out before a report leaves the house."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.reports.document import Check, Row

CLOSE = 1e-6


@dataclass(frozen=True, slots=True)
class Sum:
    """Rows `parts` of one column make row `total`; `at_least` where a person may stand in several parts."""

    parts: tuple[int, ...]
    total: int
    column: int
    words: str
    at_least: bool = False


def adds_up(total: Sum, rows: Sequence[Row]) -> Check:
    """Check one sum; where a number is withheld or missing it cannot be checked."""
    numbers = [rows[i].cells[total.column].number for i in (*total.parts, total.total)]
    known = [n for n in numbers if n is not None]
    if len(known) < len(numbers):
        return Check(total.words, None)
    *parts, whole = known
    if total.at_least:
        return Check(total.words, sum(parts) >= whole - CLOSE and max(parts, default=0) <= whole + CLOSE)
    return Check(total.words, abs(sum(parts) - whole) < CLOSE)
