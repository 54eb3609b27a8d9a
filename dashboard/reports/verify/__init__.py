"""Read a written report back and work its checksum out again, from the file alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from dashboard.reports.checksum import Grid, checksum_of, printed_in
from pipelines.errors import OutcomesError, unknown


@dataclass(frozen=True, slots=True)
class Contents:
    """What was read: the tables as printed, every text, and numbers that disagree with their words."""

    grids: tuple[Grid, ...]
    text: str
    disagreeing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verified:
    """The checksum a file prints and the one its tables give."""

    printed: str
    found: str
    tables: int
    disagreeing: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether the numbers are those the report was made with."""
        return bool(self.printed) and self.printed == self.found and not self.disagreeing


READERS = {
    ".xlsx": "read_excel",
    ".docx": "read_word",
    ".pdf": "read_pdf",
    ".pptx": "read_slides",
    ".csv": "read_plain",
    ".json": "read_plain",
}


def verify(path: Path) -> Verified:
    """Read a report. OutcomesError for a file that is no report, or that its reader cannot open."""
    suffix = path.suffix.casefold()
    if suffix not in READERS:
        raise unknown(path.name, "kind of report", suffix or path.name, READERS)
    if not path.is_file():
        raise OutcomesError(str(path), "there is no such file.", "Check the path.")
    read: Callable[[Path], Contents] = import_module(f"{__name__}.{READERS[suffix]}").read
    try:
        contents = read(path)
    except Exception as error:  # readers fail in many ways on a damaged file
        raise OutcomesError(
            path.name, f"this file cannot be read ({type(error).__name__}).", "Make it anew."
        ) from error
    found = checksum_of(contents.grids)
    return Verified(printed_in(contents.text), found, len(contents.grids), contents.disagreeing)
