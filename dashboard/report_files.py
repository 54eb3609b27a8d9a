"""Reports as files: answer, check, write all formats or none, keep what was handed in, and log it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dashboard.report_source import source_for
from dashboard.reports.definitions import Order
from dashboard.reports.document import Document
from dashboard.reports.funders import read_funder
from dashboard.reports.make import Made, make
from dashboard.reports.period_codes import read_period
from dashboard.reports.renderers import FORMATS, SHOWN, WRITTEN, format_named
from dashboard.reports.resolve import Listener, ready
from dashboard.reports.source import Source
from dashboard.reports.submissions import ReportFolder, Submission, log_export
from pipelines.errors import OutcomesError

NO_REASON = "none given"


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the document, its files, and the submission if one was kept."""

    document: Document
    files: tuple[Path, ...]
    submission: Submission | None = None


@dataclass(frozen=True, slots=True)
class Errand:
    """Where the data and what was published are, which formats are wanted, where the files go, and why."""

    store: Path
    published: Path
    formats: tuple[str, ...]
    folder: Path
    reason: str
    listener: Listener


def write_grant(funder: str, period: str, errand: Errand, *, shareable: bool, submitted: bool) -> Written:
    """Write a grant report; with `submitted` its numbers are kept, so that later reports show what changed."""
    if submitted and shareable:
        raise OutcomesError("--submitted", "only an exact copy can be kept as handed in.", "Leave out --shareable.")
    _check(errand.formats, WRITTEN)
    asked = read_funder(funder)
    chosen = read_period(period, asked.calendars, grant_start=asked.starts)
    source = source_for("funder" if shareable else "director", errand.store, errand.published)
    order = Order(chosen, asked, "shareable" if shareable else "submission")
    kept = ReportFolder(errand.store, asked.name, chosen.code)
    made = _make("grant", order, source, kept, errand.listener)
    files = _write(made.document, errand)
    if not submitted:
        return Written(made.document, files)
    batches = source.records.batches if source.records else ()
    return Written(made.document, files, kept.keep(made.document, batches, made.definitions, date.today()))


def write_board(period: str, funder: str, errand: Errand) -> Written:
    """Write a board deck and its scorecard, of protected numbers only; a funder lends its targets."""
    _check(errand.formats, SHOWN)
    asked = read_funder(funder) if funder else None
    chosen = read_period(period)
    source = source_for("board", errand.store, errand.published)
    order = Order(chosen, asked, "shareable", counties=len(source.options("county")))
    made = _make("board", order, source, ReportFolder(errand.store, "board", chosen.code), errand.listener)
    return Written(made.document, _write(made.document, errand))


def _check(formats: Sequence[str], offered: tuple[str, ...]) -> None:
    if not formats:
        raise OutcomesError("--to", "no format is named.", f"Name one or more of {', '.join(offered)}.")
    for name in formats:
        format_named(name, offered)


def _make(kind: str, order: Order, source: Source, kept: ReportFolder, listener: Listener) -> Made:
    before = kept.submissions()
    made = make(
        kind,
        order,
        source,
        today=date.today(),
        texts=kept.texts(),
        submission=before[-1] if before else None,
        listener=listener,
    )
    ready(made.document)
    return made


def _write(document: Document, errand: Errand) -> tuple[Path, ...]:
    """Render every format before the first file is written, so that no half report is left."""
    files = {name: content for form in errand.formats for name, content in FORMATS[form].render(document).items()}
    errand.folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (errand.folder / name).write_bytes(content)
    log_export(errand.store, document, errand.formats, errand.reason or NO_REASON)
    return tuple(errand.folder / name for name in files)
