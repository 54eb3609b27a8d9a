"""Write a sample export: `write_sample` is the one entry point of this package."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from pipelines.errors import OutcomesError
from pipelines.sample import calibration as cal
from pipelines.sample.canonical_files import CanonicalFiles
from pipelines.sample.chunks import Size, draw_chunks, expected_people
from pipelines.sample.seasons import AS_OF
from pipelines.sample.vendor_files import VendorFiles

Shape = Literal["vendor", "canonical"]
Progress = Callable[[str, int, int], None]
SEED = 20260930
WORKBOOK_MAX_SESSIONS = 200_000


@dataclass(frozen=True, slots=True)
class SampleFiles:
    """What was written: paths per source profile, how many people and sessions, and the export's `as_of`.

    `sessions` counts the sessions drawn, whatever their status; duplicates and other dirt come on top.
    """

    files: dict[str, tuple[Path, ...]]
    participants: int
    sessions: int
    as_of: date


def write_sample(
    folder: Path,
    *,
    participants: int | None = None,
    sessions: int | None = None,
    seed: int = SEED,
    shape: Shape = "vendor",
    progress: Progress | None = None,
) -> SampleFiles:
    """Write a synthetic export into `folder` and say what was written.

    Give `participants` (default 700) or `sessions`, the number at which to stop after a whole person.
    The same seed, size and shape give the same bytes. Memory does not grow with the size. `progress` is
    told ("people" or "sessions", done, total) after each part.

    Raises OutcomesError if both sizes are given or one is below 1.
    """
    size = _size(participants, sessions)
    folder.mkdir(parents=True, exist_ok=True)
    files = _files(folder, seed, shape, size)
    people = rows = 0
    with closing(files):
        for chunk in draw_chunks(seed, size):
            files.add(chunk)
            people, rows = people + len(chunk.people), rows + len(chunk.sessions)
            _tell(progress, size, people, rows)
    files.finish()
    written = {profile: paths for profile, paths in files.paths.items() if paths}
    return SampleFiles(written, people, rows, AS_OF)


def _size(participants: int | None, sessions: int | None) -> Size:
    if participants is not None and sessions is not None:
        raise OutcomesError("sample", "both participants and sessions are given.", "Give one of them.")
    if min(participants or 1, sessions or 1) < 1 or 0 in (participants, sessions):
        raise OutcomesError("sample", "a sample needs at least one participant.", "Give a number from 1.")
    if sessions is None:
        return Size(participants or cal.DEFAULT_PARTICIPANTS, None)
    return Size(None, sessions)


def _files(folder: Path, seed: int, shape: Shape, size: Size) -> VendorFiles | CanonicalFiles:
    if shape == "canonical":
        return CanonicalFiles(folder)
    expected = size.sessions or expected_people(size) * cal.ROWS_PER_PERSON
    return VendorFiles(folder, seed, workbook=expected <= WORKBOOK_MAX_SESSIONS)


def _tell(progress: Progress | None, size: Size, people: int, sessions: int) -> None:
    if progress is None:
        return
    if size.sessions is None:
        progress("people", people, size.people or people)
    else:
        progress("sessions", min(sessions, size.sessions), size.sessions)
