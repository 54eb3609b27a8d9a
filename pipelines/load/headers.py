"""Finding the header of a file and matching source columns by name, never by position."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from pipelines.errors import LoadError, nearest
from pipelines.identifiers import fold
from pipelines.profile import Input

SEARCH_LINES = 40


def find_header(rows: Sequence[Sequence[object]], source: Input, where: str) -> int:
    """Return the index of the header row among the first rows of a file."""
    if source.header.row is not None:
        return source.header.row - 1
    if not source.header.find:
        return next((number for number, row in enumerate(rows) if any(fold(cell) for cell in row)), 0)
    wanted = [{fold(form) for form in source.expand((name,))} for name in source.header.find]
    for number, row in enumerate(rows[:SEARCH_LINES]):
        if all(forms & {fold(cell) for cell in row} for forms in wanted):
            return number
    raise _no_header(rows, source, where)


def _no_header(rows: Sequence[Sequence[object]], source: Input, where: str) -> LoadError:
    nearest_row = max(filter(partial(_may_be_header, source), rows[:SEARCH_LINES]), key=len, default=())
    seen = [str(cell).strip() for cell in nearest_row if fold(cell)]
    missing = [name for name in source.header.find if fold(name) not in {fold(cell) for cell in nearest_row}]
    hints = [f"{name}: {nearest(name, seen)}" for name in missing if nearest(name, seen)]
    what = f'no line holds the columns {", ".join(source.header.find)} of the input "{source.id}".'
    cure = " ".join(hints) or "Check the delimiter, the sheet and the profile."
    return LoadError("DQ03", where, what, cure)


def _may_be_header(source: Input, row: Sequence[object]) -> bool:
    """Only a header is ever quoted: a line without any sought name that holds a digit may be somebody's data."""
    wanted = {fold(name) for name in source.header.find}
    return bool(wanted & {fold(cell) for cell in row}) or not any(re.search(r"\d", fold(cell)) for cell in row)


def positions(headers: Sequence[object], where: str) -> dict[str, int]:
    """Return folded header -> position; the same name twice is an error, since names decide."""
    found: dict[str, int] = {}
    for position, header in enumerate(headers):
        name = fold(header)
        if name and name in found:
            what = f'the column "{str(header).strip()}" occurs twice.'
            raise LoadError("DQ03", where, what, "Rename or remove one of them.")
        if name:
            found[name] = position
    return found


def first_present(names: Sequence[str], known: dict[str, int]) -> str | None:
    """Return the first of the alternative headers that the file has."""
    return next((name for name in names if fold(name) in known), None)


def missing_column(names: Sequence[str], field: str, headers: Sequence[object], where: str) -> LoadError:
    """Build the error for a column that is not there, with the nearest header that is."""
    wanted = '" or "'.join(names)
    seen = [str(header).strip() for header in headers if fold(header)]
    hint = nearest(names[0], seen) or "Choose the right profile, or correct the header in it."
    return LoadError("DQ03", where, f'there is no column "{wanted}" (for {field}).', hint)
