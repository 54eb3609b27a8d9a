"""Which profile a file was made for, by its header alone, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from fnmatch import fnmatch

from pipelines.errors import LoadError
from pipelines.identifiers import fold, judge_header
from pipelines.intake.peek import Peek
from pipelines.load.headers import find_header
from pipelines.load.landing import wanted_columns
from pipelines.profile import Input, Profile

FITS = 0.3  # as good as three columns in ten: a file read in passing does not beat one with a renamed column
NEAR = 0.6  # share of the required columns from which a profile is worth naming


@dataclass(frozen=True, slots=True)
class Missing:
    """A column a profile reads that the file does not have, and the nearest one it has."""

    column: str
    near: str


@dataclass(frozen=True, slots=True)
class Match:
    """How well one input of one profile fits a file; all names are headers, as the file or the profile writes them."""

    profile: str
    input: str
    fits: bool
    read: tuple[str, ...]
    missing: tuple[Missing, ...]
    absent: tuple[str, ...]  # columns that may be missing, and are
    unread: tuple[str, ...]
    refused: tuple[str, ...]

    def score(self) -> tuple[float, int]:
        """Order matches: the share of the file's columns read, more if none is missing; then how many are read."""
        columns = len(self.read) + len(self.unread) + len(self.refused)
        return (len(self.read) / columns if columns else 0.0) + FITS * self.fits, len(self.read)


def matches(peeks: Sequence[Peek], profiles: Mapping[str, Profile]) -> list[Match]:
    """Return the inputs of all profiles that fit a file or nearly do, the nearest first."""
    found = [
        match
        for name, profile in profiles.items()
        for source in profile.input
        for match in [_nearest_sheet(peeks, name, profile, source)]
        if match
    ]
    return sorted(found, key=Match.score, reverse=True)


def as_json(match: Match) -> dict[str, object]:
    """Return a match as plain values."""
    return asdict(match)


def _nearest_sheet(peeks: Sequence[Peek], name: str, profile: Profile, source: Input) -> Match | None:
    pattern = (source.sheet or "*").casefold()
    sheets = [item for item in peeks if not item.sheet or fnmatch(item.sheet.casefold(), pattern)]
    found = [match for item in sheets for match in [_match(item, name, profile, source)] if match]
    return max(found, key=Match.score, default=None)


def _match(item: Peek, name: str, profile: Profile, source: Input) -> Match | None:
    headers = _headers(item, source)
    known = {fold(header): " ".join(header.split()) for header in headers if fold(header)}
    wanted = wanted_columns(source, profile)
    present = {names: next((fold(one) for one in names if fold(one) in known), None) for names in wanted}
    read = [known[column] for column in dict.fromkeys(present.values()) if column]
    required = [names for names, optional in wanted.items() if not optional]
    lacking = [names for names in required if present[names] is None]
    if len(read) < 2 or len(required) - len(lacking) < max(1, NEAR * len(required)):
        return None
    unread = [header for header in known.values() if header not in read]
    return Match(
        name,
        source.id,
        not lacking,
        tuple(read),
        tuple(Missing(names[0], _near(names, unread)) for names in lacking),
        tuple(names[0] for names, optional in wanted.items() if optional and present[names] is None),
        tuple(header for header in unread if not judge_header(header, profile.refuse)),
        tuple(header for header in unread if judge_header(header, profile.refuse)),
    )


def _headers(item: Peek, source: Input) -> Sequence[str]:
    try:
        return item.rows[find_header(item.rows, source, item.file)]
    except (LoadError, IndexError):
        return item.headers


def _near(names: Sequence[str], headers: Iterable[str]) -> str:
    by_folded = {fold(header): header for header in headers}
    close = get_close_matches(fold(names[0]), list(by_folded), n=1, cutoff=0.6)
    return by_folded[close[0]] if close else ""
