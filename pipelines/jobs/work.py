"""The process of a job: look at the files, or run the whole load but publishing, and write down what came of it.

No message names a value of a row: errors a person can mend say file, column and cure, and of all others only the
kind and the place in this program are kept.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from filelock import FileLock

from pipelines.errors import LoadError, OutcomesError
from pipelines.fix_list import Fix, write_fix_list
from pipelines.intake.columns import study
from pipelines.intake.detect import Match, as_json, matches
from pipelines.intake.observe import describe
from pipelines.intake.peek import peek, together
from pipelines.jobs.control import RUN_LOCK
from pipelines.jobs.job import Job, Progress, fix_list_file, job_folder, read_job, write_json
from pipelines.load import LoadOptions, LoadReport, load
from pipelines.load.fields import FieldBuilder
from pipelines.load.stated_day import stated_day
from pipelines.profile import Profile
from pipelines.profile.own import known_profiles, profile_files
from pipelines.program import Program, kept_program
from pipelines.versions import live_file

Effect = Callable[[Path, Path], dict[str, Any]]  # (store, candidate's folder) -> numbers before and after
MANY_MATCHES = 6


def work(store: Path, run: str, effect: Effect) -> None:
    """Do what the job of a store asks, and write `result-RUN.json`; a newer run of the job is none of its business."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    folder = job_folder(store)
    with FileLock(folder / RUN_LOCK, timeout=10):
        job = read_job(folder)
        if job is None or job.run != run:
            return
        _step_aside()
        write_json(folder / f"result-{run}.json", _outcome(store, folder, job, effect))


def _step_aside() -> None:
    """Let the pages go first: they answer people, this may take a minute."""
    if hasattr(os, "nice"):
        os.nice(10)


def _outcome(store: Path, folder: Path, job: Job, effect: Effect) -> dict[str, Any]:
    try:
        return _look(store, folder, job) if job.kind == "look" else _Check(store, folder, job).run(effect)
    except OutcomesError as error:
        return _told(error)
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        what = f"The work ended with an error of this program ({type(error).__name__}, {Path(place.filename).name})."
        return {"step": "failed", "what": what}


def _told(error: OutcomesError) -> dict[str, Any]:
    rule = error.rule if isinstance(error, LoadError) else ""
    return {"step": "stopped", "rule": rule, "where": error.where, "what": error.what, "cure": error.cure}


def _look(store: Path, folder: Path, job: Job) -> dict[str, Any]:
    """Say of every file which profiles fit it and what its columns look like."""
    profiles, state = known_profiles(store), kept_program(store, None).state
    files: list[dict[str, Any]] = []
    for file in job.files:
        try:
            tables = peek(folder / "files" / file.name)
        except LoadError as error:
            files.append({"name": file.name, "problem": f"{error.what} {error.cure}", "matches": [], "tables": []})
            continue
        near = matches(tables, profiles)[:MANY_MATCHES]
        found = [as_json(match) | _stated(folder / "files" / file.name, match, profiles) for match in near]
        studied = [
            {
                "sheet": table.sheet,
                "delimiter": table.delimiter,
                "encoding": table.encoding,
                "columns": [asdict(column) for column in study(table, state)],
            }
            for table in filter(None, (together(tables), *tables))
        ]
        files.append({"name": file.name, "problem": "", "matches": found, "tables": studied})
    return {"step": "looked", "files": files}


def _stated(path: Path, match: Match, profiles: Mapping[str, Profile]) -> dict[str, str]:
    """Return the day a report states and the words before it, to be proposed: the person decides."""
    source = profiles[match.profile].input_by_id(match.input)
    day = stated_day(path, source)
    return {"as_of": str(day), "stated_by": source.as_of.find} if day and source.as_of else {}


class _Check:
    """One dry run whose finished version is kept for publishing."""

    def __init__(self, store: Path, folder: Path, job: Job) -> None:
        assert job.ask is not None
        self.store, self.folder, self.job, self.ask = store, folder, job, job.ask
        self.rows: dict[str, int] = {}
        self.seen: dict[str, Any] = {}
        self.stage = Progress()

    def run(self, effect: Effect) -> dict[str, Any]:
        live = live_file(self.store)
        candidate = self.folder / "candidate"
        try:
            report = load(self._paths(), self._profile(), self._options(candidate))
        except OutcomesError as error:
            return _told(error) | self.seen
        if report.already_loaded:
            return {"step": "nothing new", "files": list(report.already_loaded)}
        self._progress("comparing", 6, 6)
        about = _about(report) | {"live": live.name if live else "", "effect": effect(self.store, candidate)}
        return {"step": "checked", **about, **self.seen}

    def _paths(self) -> Sequence[str]:
        return [str(self.folder / "files" / file.name) for file in self.job.files]

    def _profile(self) -> str:
        files = profile_files(self.store)
        return str(files[self.ask.profile]) if self.ask.profile in files else self.ask.profile

    def _options(self, candidate: Path) -> LoadOptions:
        return LoadOptions(
            self.store, date.fromisoformat(self.ask.as_of), self._program(), dry_run=True, keep=candidate,
            confirm_removals=self.ask.confirm_removals, inputs=self.ask.inputs, progress=self._progress,
            observe=self._observe, landed=self._landed, kept_out=self._kept_out,
        )  # fmt: skip

    def _program(self) -> Program:
        path = self.folder / "program.toml"
        path.unlink(missing_ok=True)
        if self.ask.program:
            path.write_text(self.ask.program, encoding="utf-8")
        return kept_program(self.store, path if self.ask.program else None)

    def _observe(self, builders: Sequence[FieldBuilder]) -> None:
        self.seen = describe(builders)
        findings = {(item.rule, item.file, item.field) for builder in builders for item in builder.findings}
        self.seen |= {
            "refused": sorted([file, field] for rule, file, field in findings if rule == "DQ08"),
            "unread": sorted([file, field] for rule, file, field in findings if rule == "DQ11"),
        }

    def _kept_out(self, found: tuple[Fix, ...]) -> None:
        """List the rows to mend before anything is published, and where a load is refused because of them."""
        self.seen["kept_out"] = len({(fix.file, fix.line) for fix in found})
        if found:
            write_fix_list(found, fix_list_file(self.folder, self.job.run))

    def _progress(self, stage: str, number: int, of: int) -> None:
        self.stage = Progress(stage, number, of, self.rows)
        write_json(self.folder / f"progress-{self.job.run}.json", asdict(self.stage))

    def _landed(self, file: str, rows: int) -> None:
        self.rows[file] = rows
        self._progress(self.stage.stage, self.stage.number, self.stage.of)


def _about(report: LoadReport) -> dict[str, Any]:
    checks = [asdict(check) for check in report.checks if check.rows_found]
    rules = [asdict(rule) for rule in report.rules]
    grave = any(item["severity"] in ("warn", "quarantine") for item in (*rules, *checks))
    return {
        "severity": "warn" if grave else "pass",
        "accounts": [asdict(account) for account in report.accounts],
        "rules": rules,
        "checks": checks,
        "removed": report.removed,
        "relaxed": [row.model_dump() for row in report.relaxed],
    }
