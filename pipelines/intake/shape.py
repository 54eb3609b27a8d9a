"""What a cell looks like, in words, so that rows can be shown without a value of anybody's."""

from __future__ import annotations

import re

from pipelines.identifiers import LONG_TEXT

DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T]\d{1,2}:\d{2}.*)?|[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}")
CLOCK = re.compile(r"\d{1,2}:\d{2}(:\d{2})?( ?[AaPp][Mm])?")
NUMBER = re.compile(r"-?\d+([.,]\d+)*")


def shape(text: str | None) -> str:
    """Return the kind of a cell: blank, date, time, number, text with its length, or long text."""
    plain = (text or "").strip()
    if not plain:
        return "blank"
    for name, pattern in (("date", DATE), ("time", CLOCK), ("number", NUMBER)):
        if pattern.fullmatch(plain):
            return name
    return "long text" if len(plain) > LONG_TEXT else f"text ({len(plain)})"
