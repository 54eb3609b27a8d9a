"""Exports dropped into a folder are loaded once each, and told of in one line of JSON per export.

An export is a file, or a folder of files that belong together. Its name holds the last day it covers completely,
as `2026-09-30`. It is read once nothing in it has changed between two looks. A loaded export moves to `loaded/`,
one that is refused to `set_aside/`, with the reason in a text file beside it.
"""

from __future__ import annotations

import json
import re
import shutil
import signal
import threading
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

import duckdb
import typer

from pipelines.cli.refusals import refusal
from pipelines.errors import LoadError, OutcomesError, StoreBusyError
from pipelines.load import LoadReport
from pipelines.load.source_files import SUFFIXES

LOADED, ASIDE = "loaded", "set_aside"
_DAY = re.compile(r"(?<!\d)(20\d\d-\d\d-\d\d)(?!\d)")
Load = Callable[[Path, date], LoadReport]
Look = tuple[tuple[str, int, int], ...]  # what an export looks like: name, size and time of change of every file


class Watch:
    """One folder being watched; `tell` gets each line, `load` runs one export."""

    def __init__(self, folder: Path, load: Load, tell: Callable[[str], None]) -> None:
        if not folder.is_dir():
            raise OutcomesError(str(folder), "there is no such folder.", "Make it, or check the path.")
        self.folder, self.load, self.tell = folder, load, tell
        self._seen: dict[Path, Look] = {}

    def run(self, stop: threading.Event, every: float) -> None:
        """Look every so many seconds until told to stop; a load that has begun is finished first."""
        while not stop.is_set():
            self.look(stop)
            stop.wait(every)

    def look(self, stop: threading.Event | None = None) -> None:
        """Load every export that has not changed since the look before."""
        found = {path: _look(path) for path in sorted(self.folder.iterdir()) if self._is_export(path)}
        for path, seen in found.items():
            if seen and self._seen.get(path) == seen and not (stop and stop.is_set()):
                self._take(path)
        self._seen = {path: seen for path, seen in found.items() if path.exists()}

    def _is_export(self, path: Path) -> bool:
        if path.name.startswith((".", "~$")) or path.name in (LOADED, ASIDE):
            return False
        return path.is_dir() or path.suffix.lower() in SUFFIXES

    def _take(self, path: Path) -> None:
        try:
            report = self.load(path, day_in(path.name))
        except StoreBusyError:
            return  # it is looked at again
        except Exception as error:  # whatever is wrong with one export, the next is loaded all the same
            self._set_aside(path, error)
            return
        self._move(path, LOADED)
        accounts = [{k: v for k, v in asdict(a).items() if k != "sha256"} for a in report.accounts]
        outcome = "loaded" if report.version else "nothing new"
        rules = [{"rule": rule.rule, "severity": rule.severity, "rows": rule.rows} for rule in report.rules]
        relaxed = [row.model_dump() for row in report.relaxed]
        more = {"version": report.version, "removed": report.removed, "files": accounts}
        self._say(path, outcome, **more, rules=rules, relaxed=relaxed)

    def _set_aside(self, path: Path, error: Exception) -> None:
        kept, reason = self._move(path, ASIDE), _reason(error)
        kept.with_name(f"{kept.name}.reason.txt").write_text(f"{reason}\n", encoding="utf-8")
        self._say(path, "set aside", rule=error.rule if isinstance(error, LoadError) else "", reason=reason)

    def _move(self, path: Path, where: str) -> Path:
        """Move an export out of the way; of two with one name the later carries its time."""
        home = self.folder / where
        home.mkdir(exist_ok=True)
        target = home / path.name
        if target.exists():
            target = home / f"{datetime.now():%Y%m%dT%H%M%S%f} {path.name}"
        shutil.move(path, target)
        return target

    def _say(self, path: Path, outcome: str, **more: object) -> None:
        at = datetime.now().astimezone().isoformat(timespec="seconds")
        self.tell(json.dumps({"at": at, "export": path.name, "outcome": outcome, **more}, ensure_ascii=False))


def _reason(error: Exception) -> str:
    """Return what is wrong; of an error of this program only the kind, since its words may hold a value."""
    if isinstance(error, OutcomesError | OSError | duckdb.IOException | duckdb.OutOfMemoryException):
        return refusal(error)
    return f"The load ended with an error of this program ({type(error).__name__}). Please report it."


def watch_exports(folder: Path, load: Load, every: float) -> None:
    """Watch a folder until the process is asked to end (SIGTERM, or Ctrl-C); lines go to standard output."""
    stop = threading.Event()
    before = {sign: signal.signal(sign, lambda *_: stop.set()) for sign in (signal.SIGTERM, signal.SIGINT)}
    try:
        Watch(folder, load, typer.echo).run(stop, every)
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)


def day_in(name: str) -> date:
    """Return the day an export's name holds. Raises LoadError (DQ04) if it holds none, or one no calendar has."""
    found = _DAY.search(name)
    try:
        return date.fromisoformat(found[1] if found else "")
    except ValueError:
        what = "its name does not hold the last day the export covers completely."
        raise LoadError("DQ04", name, what, "Write it into the name, as 2026-09-30, and drop it again.") from None


def _look(path: Path) -> Look:
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    stats = [(str(file.relative_to(path.parent)), file.stat()) for file in files if file.is_file()]
    return tuple((name, stat.st_size, stat.st_mtime_ns) for name, stat in stats)
