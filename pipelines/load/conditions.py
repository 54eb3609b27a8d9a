"""Conditions of a profile (`where`, `drop`), judged once per distinct text."""

from __future__ import annotations

import re

from pipelines.load.reading import clean, folded
from pipelines.profile import Condition


def holds(condition: Condition, text: str | None) -> bool:
    """Tell whether a cell meets every test of one condition; `after` is judged in SQL."""
    name = folded(text) if text is not None else ""
    tests = (
        condition.is_ is None or name in {folded(item) for item in condition.is_},
        condition.not_ is None or name not in {folded(item) for item in condition.not_},
        condition.matches is None or bool(re.search(condition.matches, clean(text or ""))),
        condition.blank is None or condition.blank == (name == ""),
        condition.gt is None or number(name) > condition.gt,
    )
    return all(tests)


def number(text: str | None) -> float:
    """Read a number; a text that is none is less than any."""
    try:
        return float((text or "").replace(",", ""))
    except ValueError:
        return float("-inf")
