"""Columns that identify people are refused: by their header, and by what their values look like."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Literal

Kind = Literal["identifier", "free text"]

_WORDS = r"(?:^|[^a-z]){}(?:$|[^a-z])"
IDENTIFIER_HEADERS = tuple(
    re.compile(_WORDS.format(words))
    for words in (
        r"(first|last|middle|maiden|full|preferred|legal|given|family|nick|client|participant|patient|member|person|recoveree"
        r"|coach|peer|staff|worker|counselor|guardian|contact)[ _'s-]*names?",
        r"(sur|[fl])[ _-]?name",
        r"^names?$",
        r"names? of (the )?(client|participant|patient|member|person|coach|peer|contact)",
        r"(dob|d\.o\.b\.|birth ?date|date of birth|birth[ _-]*(day|date|month|year)|(date|day) born|^born( on)?$)",
        r"(ssn|social security( (number|no\.?))?)[45]?",
        r"(e-?mail|email address)(?! sent)",
        r"(phone|telephone|cell|mobile|fax)( ?(numbers?|no\.?|#|\d))",
        r"^(phone|telephone|cell|mobile|fax)$",
        r"(home|work|cell|mobile|contact|emergency|participant|client) (tele)?phone",
        r"(street|home|mailing|residential|postal)? ?address( ?(line)? ?\d)?",
        r"street(?! outreach)",
        r"(zip|postal)( ?-?code)?5?",
        r"(latitude|longitude|geocode|coordinates?)",
        r"(license plate|driver'?s? license|passport|vin|device id|ip address|account number)",
        r"(initials)",
    )
)
# Numbers of records: an identifier too, unless it is the program's own ID and mapped as such (data-model.md R2).
RECORD_NUMBER_HEADERS = tuple(
    re.compile(_WORDS.format(words))
    for words in (
        r"(mrn|medical record( (number|no\.?))?|(medicaid|mainecare|medicare)( (id|number))?|insurance (id|number))",
        r"(case (number|no\.?)|docket( (number|no\.?))?)",
    )
)
FREE_TEXT_HEADERS = tuple(
    re.compile(_WORDS.format(words))
    for words in (
        r"(notes?|narratives?|comments?|remarks?|memo|free ?text|describe|description|summary|story)",
        r"(please|other)[ ,:(-]*specify",
        r"action plan",
        r"antecedents?",
        r"needs and concerns",
    )
)

_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[A-Za-z]{2,}$")
_SSN = re.compile(r"^\d{3}-\d{2}-\d{4}$")
_PHONE = re.compile(r"^(\+?1[ .-]?)?(\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}$")
_BIRTH = re.compile(r"^(\d{1,2}[/.-]\d{1,2}[/.-](19\d\d|200\d)|(19\d\d|200\d)-\d{1,2}-\d{1,2})$")
_ADDRESS = re.compile(r"(?i:^\d+ .*\b(st|street|rd|road|ave|avenue|ln|lane|dr|drive|blvd|hwy|route|way|ct|apt)\b\.?)")
_NAME = re.compile(r"^[A-Z][a-z'’-]+,? ([A-Z]\.? )?[A-Z][a-z'’-]+$")
_INITIALS = re.compile(r"^[A-Z]\.? ?([A-Z]\.? ?)?[A-Z]\.?$")
DIRECT = (_EMAIL, _SSN, _PHONE, _BIRTH, _ADDRESS)
LONG_TEXT = 60


def fold(header: object) -> str:
    """Fold a header for comparison: Unicode, line breaks, double spaces and case do not matter."""
    text = unicodedata.normalize("NFKC", "" if header is None else str(header)).replace("\ufeff", "")
    return re.sub(r"\s+", " ", text).strip().casefold()


def judge_header(header: str, refuse: Iterable[str] = (), *, as_id: bool = False) -> Kind | None:
    """Judge a column by its header alone; `refuse` adds names, and never shortens the built-in list.

    `as_id`: the column is mapped as a source ID, to be hashed. Then a record number may be the program's own ID;
    a name, an e-mail address or an SSN may not.
    """
    name = fold(header).replace("_", " ")
    patterns = IDENTIFIER_HEADERS if as_id else (*IDENTIFIER_HEADERS, *RECORD_NUMBER_HEADERS)
    if fold(header) in {fold(item) for item in refuse} or any(pattern.search(name) for pattern in patterns):
        return "identifier"
    return "free text" if any(pattern.search(name) for pattern in FREE_TEXT_HEADERS) else None


def judge_values(values: Sequence[str], *, names_too: bool, dates: bool = False) -> Kind | None:
    """Judge a column by a sample of its distinct values.

    Over 5 % e-mail addresses, SSNs, phone numbers, street addresses or birth dates (unless the column holds
    `dates`), or, in ID columns (`names_too`), over 20 % personal names or initials: identifiers. Over 20 %
    longer than 60 characters: free text (data-model.md R2, R3).
    """
    if not values:
        return None
    patterns = tuple(pattern for pattern in DIRECT if not (dates and pattern is _BIRTH))
    if _share(values, patterns) > 0.05 or (names_too and _share(values, (_NAME, _INITIALS)) > 0.2):
        return "identifier"
    return "free text" if sum(len(value) > LONG_TEXT for value in values) > 0.2 * len(values) else None


def _share(values: Sequence[str], patterns: Sequence[re.Pattern[str]]) -> float:
    any_of = re.compile("|".join(f"(?:{pattern.pattern})" for pattern in patterns))
    return sum(any_of.search(value.strip()) is not None for value in values) / len(values)
