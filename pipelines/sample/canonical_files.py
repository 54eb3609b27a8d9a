"""The export as canonical tables, one CSV file each."""

from __future__ import annotations

from pathlib import Path

from pipelines.sample.canonical import milestone_table, participant_table, session_table
from pipelines.sample.chunks import Chunk
from pipelines.sample.csv_files import CsvFile, Files

CANONICAL = "canonical"


class CanonicalFiles:
    """Writes chunks as canonical tables, without the dirt of vendors."""

    def __init__(self, folder: Path) -> None:
        names = ("session", "milestone", "participant")
        files = {name: CsvFile(folder / f"synthetic_{name}.csv", quoted=False) for name in names}
        self.paths = {CANONICAL: tuple(file.path for file in files.values())}
        self._files = Files(files)
        self._sessions = self._events = 0

    def add(self, chunk: Chunk) -> None:
        """Write one chunk."""
        self._files.write(
            {
                "session": session_table(chunk, self._sessions + 1),
                "milestone": milestone_table(chunk, self._events + 1),
                "participant": participant_table(chunk),
            }
        )
        self._sessions += len(chunk.sessions)
        self._events += len(chunk.events)

    def close(self) -> None:
        """Close the files, also after an error."""
        self._files.close()

    def finish(self) -> None:
        """Write nothing more: every table is written as it comes."""
