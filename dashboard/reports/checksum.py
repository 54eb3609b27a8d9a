"""The checksum of a report's numbers: the same for every format, and found again in the written file."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from hashlib import sha256

Grid = Sequence[Sequence[str]]
DIGITS = 16
LABEL = "Checksum of the numbers"
_PRINTED = re.compile(rf"{LABEL}:?\s*((?:[0-9a-f]{{4}}-?){{{DIGITS // 4}}})")


def checksum_of(grids: Iterable[Grid]) -> str:
    """Return 16 hexadecimal digits of the SHA-256 over every cell of every table, in reading order.

    A cell counts as printed, without its blanks: formats break lines where they like. So the checksum changes
    with any printed number, label or header, and with the order of tables, rows and columns; it does not
    change with fonts, file dates or the version of the data.
    """
    cells = [[[_bare(cell) for cell in row] for row in grid] for grid in grids]
    digest = sha256(json.dumps(cells, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()[:DIGITS]
    return "-".join(digest[i : i + 4] for i in range(0, DIGITS, 4))


def printed_in(text: str) -> str:
    """Return the checksum printed in a text of a file; empty if there is none."""
    found = _PRINTED.search(text)
    return found.group(1) if found else ""


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())
