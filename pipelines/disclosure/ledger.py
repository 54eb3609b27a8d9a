"""The ledger: everything ever decided, appended and never changed; on the publisher's side only.

    ledger.jsonl             one line per release, each with the hash of the line before
    cells-0001.parquet       the true counts first used in that release, and what each audience was given
    certificates-0001.json   the proof of that release

Counts are frozen when they are first used: a later total is the sum of frozen parts, so that late entries cannot
be read off the difference. They come in with the yearly restatement, as a new vintage.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from pipelines.disclosure.adaptive import Levels
from pipelines.disclosure.counts import Count
from pipelines.disclosure.grid import Key
from pipelines.disclosure.problem import ProtectionError
from pipelines.policy import AudienceName

LINES = "ledger.jsonl"
Given = dict[Key, str]  # cell -> shown, withheld or not_released


@dataclass(frozen=True)
class Entry:
    """One release: the counts it froze, what it gave to whom, and its line."""

    line: dict[str, Any]
    cells: dict[Key, Count]
    given: dict[AudienceName, Given]
    proof: str


@dataclass
class Ledger:
    """All entries of a folder, read and checked."""

    folder: Path
    lines: list[dict[str, Any]] = field(default_factory=list)
    entries: list[tuple[int, dict[Key, Count], dict[AudienceName, Given]]] = field(default_factory=list)

    @property
    def vintage(self) -> int:
        """Return the vintage in use; 0 before the first release."""
        return int(self.lines[-1]["vintage"]) if self.lines else 0

    def frozen(self, vintage: int) -> dict[Key, Count]:
        """Return the true counts of one vintage."""
        return {key: count for v, cells, _ in self.entries if v == vintage for key, count in cells.items()}

    def given(self, audience: AudienceName, vintage: int) -> Given:
        """Return what an audience was given in one vintage."""
        return {k: s for v, _, given in self.entries if v == vintage for k, s in given.get(audience, {}).items()}

    def levels(self, audience: AudienceName) -> Levels:
        """Return the level at which each series was released."""
        return dict(self.lines[-1]["levels"].get(audience, {})) if self.lines else {}

    def append(self, entry: Entry) -> None:
        """Write an entry: its files first, its line last, so that a line without files cannot be."""
        number = len(self.lines) + 1
        self.folder.mkdir(parents=True, exist_ok=True)
        cells, proof = self.folder / f"cells-{number:04d}.parquet", self.folder / f"certificates-{number:04d}.json"
        _frame(entry).to_parquet(cells, index=False)
        proof.write_text(entry.proof, encoding="utf-8")
        line = {**entry.line, "cells_sha256": _sha(cells), "certificate_sha256": _sha(proof), "previous": self._tip()}
        with (self.folder / LINES).open("a", encoding="utf-8") as handle:
            handle.write(json.dumps(line, sort_keys=True) + "\n")
        self.lines.append(line)
        self.entries.append((entry.line["vintage"], entry.cells, entry.given))

    def _tip(self) -> str:
        return _line_hash(self.lines[-1]) if self.lines else ""


def read_ledger(folder: Path) -> Ledger:
    """Read a ledger; ProtectionError if a line or a file was changed or is missing."""
    ledger = Ledger(folder)
    path = folder / LINES
    if not path.is_file():
        return ledger
    previous = ""
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        cells = folder / f"cells-{number:04d}.parquet"
        try:
            line = json.loads(text)
            whole = line["previous"] == previous and line["cells_sha256"] == _sha(cells)
        except (ValueError, KeyError, OSError):
            whole = False
        if not whole:
            raise ProtectionError(f"{path}:{number}", "the ledger was changed or is incomplete.", "Restore a backup.")
        ledger.lines.append(line)
        ledger.entries.append(_read_cells(int(line["vintage"]), cells))
        previous = _line_hash(line)
    return ledger


def _frame(entry: Entry) -> pd.DataFrame:
    rows = [
        (*key, count.value, count.people, count.provider_max, *(given.get(key, "") for given in entry.given.values()))
        for key, count in sorted(entry.cells.items())
    ]
    return pd.DataFrame(rows, columns=[*Key._fields, "value", "people", "provider_max", *entry.given])


def _read_cells(vintage: int, path: Path) -> tuple[int, dict[Key, Count], dict[AudienceName, Given]]:
    frame = pd.read_parquet(path)
    keys = [Key(*row) for row in frame[list(Key._fields)].itertuples(index=False, name=None)]
    numbers = frame[["value", "people", "provider_max"]].itertuples(index=False, name=None)
    audiences: list[AudienceName] = [name for name in ("funder", "board") if name in frame]
    given = {a: {k: s for k, s in zip(keys, frame[a], strict=True) if s} for a in audiences}
    return vintage, {key: Count(*row) for key, row in zip(keys, numbers, strict=True)}, given


def _line_hash(line: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(line, sort_keys=True).encode()).hexdigest()


def _sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
