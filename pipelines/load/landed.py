"""What has landed: the rows of each input as text, under the names of the profile."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipelines.load.text_file import column_name
from pipelines.profile import Input

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a file as a whole: the rule and the column concerned, never a value."""

    file: str
    rule: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """One landed file or sheet."""

    number: int
    label: str
    file: str
    input: str
    sha256: str
    table: str
    rows: int


@dataclass(slots=True)
class LandedInput:
    """All pieces of one input as one view; `columns` maps alternative headers to the landed column."""

    input: Input
    view: str
    columns: dict[Names, int]
    pieces: list[Piece] = field(default_factory=list)
    headers: dict[Names, str] = field(default_factory=dict)  # how the files write them

    def column(self, names: Names) -> str:
        """Return the landed column of these alternative headers."""
        return column_name(self.columns[self.input.expand(names)])

    def header(self, names: Names) -> str:
        """Return the header of a column as the last file that has it writes it, for messages."""
        return self.headers.get(self.input.expand(names), names[0])

    def add(self, names: Names) -> str:
        """Return the name of a new column, made of others, that will stand under these headers."""
        self.columns[names] = len(self.columns)
        return column_name(self.columns[names])
