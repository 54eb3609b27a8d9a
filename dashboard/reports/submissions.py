"""What was handed in: the numbers of each submission and the author's texts, kept beside the warehouse.

Files below `<store>/reports/<funder or report>/<period code>/`: `texts.json`, `submission-001.json`, … and one
log of every export, `<store>/reports/exports.jsonl`. They hold totals and the author's words, no row of a person.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from pipelines.errors import OutcomesError

if TYPE_CHECKING:
    from dashboard.reports.document import Document

Json: TypeAlias = Any  # whatever JSON can hold
LONGEST_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Kept:
    """One number as it was handed in: where it stood, and how it was printed and exactly."""

    table: str
    row: str
    column: str
    text: str
    number: float | None


@dataclass(frozen=True, slots=True)
class Submission:
    """One submission: when, on which data, with which definitions, and every number of it."""

    number: int
    submitted_on: date
    as_of: date
    version: str
    checksum: str
    batches: tuple[str, ...]
    definitions: Mapping[str, str]  # title of a measure and the version of its definition
    numbers: tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class ReportFolder:
    """The folder of one report and period."""

    store: Path
    name: str
    period: str

    @property
    def path(self) -> Path:
        """Where the files are."""
        return self.store / "reports" / self.name / self.period

    def texts(self) -> dict[str, str]:
        """Return the author's texts by field; empty before anything was written."""
        file = self.path / "texts.json"
        return dict(_read(file)) if file.is_file() else {}

    def write_texts(self, texts: Mapping[str, str]) -> None:
        """Keep the author's texts. OutcomesError for one that is longer than a report can hold."""
        for key, text in texts.items():
            if len(text) > LONGEST_TEXT:
                raise OutcomesError(key, f"this text has {len(text):,} characters.", f"At most {LONGEST_TEXT:,} fit.")
        _write(self.path / "texts.json", {key: text.strip() for key, text in texts.items()})

    def submissions(self) -> tuple[Submission, ...]:
        """Return every submission of this period, oldest first."""
        return tuple(_submission(_read(file)) for file in sorted(self.path.glob("submission-*.json")))

    def keep(self, document: Document, batches: Sequence[str], definitions: Mapping[str, str], day: date) -> Submission:
        """Keep the numbers of a document as handed in on `day`."""
        number = len(self.submissions()) + 1
        submission = Submission(
            number=number,
            submitted_on=day,
            as_of=document.as_of,
            version=document.version,
            checksum=document.checksum,
            batches=tuple(batches),
            definitions=dict(definitions),
            numbers=numbers_of(document),
        )
        _write(self.path / f"submission-{number:03}.json", asdict(submission))
        return submission


def numbers_of(document: Document) -> tuple[Kept, ...]:
    """Return every number of a document's tables, but for the table of changes itself."""
    return tuple(
        Kept(table.title, row.label, column, cell.text, cell.number)
        for table in document.tables
        if table.key != "changes"
        for row in table.rows
        for column, cell in zip(table.columns[1:], row.cells, strict=True)
        if cell.number is not None or cell.is_hidden
    )


def log_export(store: Path, document: Document, formats: Sequence[str], reason: str) -> None:
    """Note who took what out and why: report, period, copy, formats, reason and checksum (pages.md 1)."""
    entry = {
        "at": datetime.now().astimezone().isoformat(timespec="seconds"),
        "report": document.name,
        "stamp": document.stamp,
        "formats": list(formats),
        "reason": reason,
        "checksum": document.checksum,
        "version": document.version,
    }
    file = store / "reports" / "exports.jsonl"
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as log:
        log.write(json.dumps(entry, ensure_ascii=False) + "\n")


def _submission(content: Mapping[str, Json]) -> Submission:
    days = {name: date.fromisoformat(content[name]) for name in ("submitted_on", "as_of")}
    numbers = tuple(Kept(**kept) for kept in content["numbers"])
    return Submission(**{**content, **days, "numbers": numbers, "batches": tuple(content["batches"])})


def _read(file: Path) -> Json:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, UnicodeDecodeError):
        raise OutcomesError(str(file), "this file is damaged.", "Restore it from a backup or remove it.") from None


def _write(file: Path, content: object) -> None:
    """Write beside and move into place, so that a file is never half written."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_suffix(".tmp")
    beside.write_text(json.dumps(content, ensure_ascii=False, indent=1, default=str), encoding="utf-8")
    beside.replace(file)
