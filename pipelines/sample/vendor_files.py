"""The export in vendors' shapes: a recovery platform's CSV files and an outpost's workbook."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from pipelines.sample.calibration import PISCATAQUIS
from pipelines.sample.chunks import Chunk, of_people
from pipelines.sample.csv_files import CsvFile, Files
from pipelines.sample.vendor_engagements import engagements
from pipelines.sample.vendor_outcomes import outcomes
from pipelines.sample.vendor_participants import participants
from pipelines.sample.workbook import SYNTHETIC, Line, lines_of, write_workbook

PLATFORM, SPREADSHEET = "recovery_platform", "coach_spreadsheet"


class VendorFiles:
    """Writes chunks as vendor files; with `workbook`, the people of the outpost go there alone."""

    def __init__(self, folder: Path, seed: int, *, workbook: bool) -> None:
        names = ("Engagements", "Outcomes", "Participants")
        self.paths = {
            PLATFORM: tuple(folder / f"synthetic_{name}.csv" for name in names),
            SPREADSHEET: (folder / "synthetic_coach_sheet.xlsx",) if workbook else (),
        }
        self._seed, self._workbook = seed, workbook
        files = (
            CsvFile(path, preamble=SYNTHETIC, quoted=name != "Engagements")
            for name, path in zip(names, self.paths[PLATFORM], strict=True)
        )
        self._files = Files(dict(zip(names, files, strict=True)))
        self._lines: list[Line] = []
        self._chunks = self._engagements = self._outcomes = self._outpost_people = 0

    def add(self, chunk: Chunk) -> None:
        """Write one chunk."""
        rng = np.random.default_rng([self._seed, self._chunks, 1])
        self._chunks += 1
        if self._workbook:
            at_outpost = chunk.people.county == PISCATAQUIS
            outpost, chunk = of_people(chunk, at_outpost), of_people(chunk, ~at_outpost)
            self._lines += lines_of(rng, outpost, self._outpost_people)
            self._outpost_people += len(outpost.people)
        tables = {
            "Engagements": engagements(rng, chunk, self._engagements + 1),
            "Outcomes": outcomes(rng, chunk, self._outcomes + 1),
            "Participants": participants(rng, chunk),
        }
        self._engagements += len(tables["Engagements"])
        self._outcomes += len(tables["Outcomes"])
        self._files.write(tables)

    def close(self) -> None:
        """Close the files, also after an error."""
        self._files.close()

    def finish(self) -> None:
        """Write what can only be written at the end."""
        for path in self.paths[SPREADSHEET]:
            rng = np.random.default_rng([self._seed, 2])
            write_workbook(path, rng, sorted(self._lines, key=lambda line: line.day))
