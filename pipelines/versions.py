"""Versions of the warehouse: immutable files, one small pointer, and the way back.

A version is built beside the live one under another name. `publish` renames the finished file and moves the
pointer with `os.replace`; until that instant readers see the old version, whatever happens to the build.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from pipelines.errors import NoDataError, OutcomesError, StoreBusyError, unknown
from pipelines.private import keep_private, private_folder
from pipelines.pseudonym import SALT_FILE

POINTER = "current.json"
KEPT_VERSIONS = 10


@dataclass(frozen=True, slots=True)
class Pointer:
    """Which version is live, and its file."""

    version: str
    file: str


@dataclass(frozen=True, slots=True)
class Version:
    """One kept version, as `outcomes versions` lists it."""

    version: str
    built_at: datetime
    as_of: str
    sessions: int
    milestones: int
    files: tuple[str, ...]
    is_live: bool
    loaded: tuple[str, ...] = ()  # those of `files` that came with this version


def read_pointer(store: Path) -> Pointer:
    """Return the live version; without one, say how to load data."""
    try:
        content = json.loads((store / POINTER).read_text(encoding="utf-8"))
        return Pointer(content["version"], content["file"])
    except FileNotFoundError:
        raise NoDataError(
            str(store), "no data has been loaded yet.", "Run `outcomes demo` or `outcomes load`."
        ) from None
    except (ValueError, KeyError, TypeError):
        raise OutcomesError(
            str(store / POINTER), "the pointer is damaged.", "Run `outcomes rollback VERSION`."
        ) from None


def file_of(version: str) -> str:
    """Return the name of a version's file."""
    return f"warehouse-{version}.duckdb"


def live_file(store: Path) -> Path | None:
    """Return the file of the live version, or None before the first load."""
    try:
        return store / read_pointer(store).file
    except NoDataError:
        return None


@contextmanager
def hold(store: Path) -> Iterator[None]:
    """Keep every other load and publication out of the store meanwhile."""
    private_folder(store)
    lock = FileLock(store / "load.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise StoreBusyError(str(store), "another load is running.", "Wait until it has finished.") from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def build(store: Path) -> Iterator[tuple[str, Path, Path]]:
    """Hold the store for one build: yield (new version, build file, scratch folder), and clean up after it."""
    with hold(store):
        version = secrets.token_hex(6)
        file, scratch = store / f"build-{version}.tmp", store / f"scratch-{version}"
        try:
            _remove_leftovers(store)
            private_folder(scratch)
            yield version, file, scratch
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
            for leftover in (file, file.with_name(file.name + ".wal")):
                leftover.unlink(missing_ok=True)


def sweep(store: Path) -> None:
    """Remove what a killed build left behind. Raises OutcomesError while a load is running."""
    with hold(store):
        _remove_leftovers(store)


def publish(store: Path, version: str, built: Path) -> None:
    """Make a finished build the live version; the pointer's `os.replace` is the commit point.

    Of the versions before, the newest are kept, and the one that was live until now whatever its age.
    """
    private_folder(store)
    name, before = file_of(version), live_file(store)
    keep_private(built)  # days and counties of people: for the eyes of the owner alone
    built.replace(store / name)
    _point(store, Pointer(version, name))
    _prune(store, {name, before.name if before else ""})


def rollback(store: Path, version: str | None = None) -> str:
    """Make an earlier version live again, by default the one built before the live one; return it."""
    known = versions(store)
    if version is None:
        live = next((n for n, item in enumerate(known) if item.is_live), -1)  # a damaged live file is not listed
        if live + 1 >= len(known):
            raise OutcomesError(str(store), "there is no earlier version.", "See `outcomes versions`.")
        version = known[live + 1].version
    if version not in {item.version for item in known}:
        raise unknown(str(store), "version", version, [item.version for item in known])
    _point(store, Pointer(version, file_of(version)))
    return version


def versions(store: Path) -> list[Version]:
    """Return the kept versions that can be opened, newest first."""
    try:
        live = read_pointer(store).version
    except OutcomesError:
        live = ""
    found = [_describe(path, live) for path in store.glob("warehouse-*.duckdb")]
    return sorted(filter(None, found), key=lambda item: item.built_at, reverse=True)


def _describe(path: Path, live: str) -> Version | None:
    """Return what a file holds; None if it is damaged, so that the way back to another stays open."""
    try:
        with duckdb.connect(str(path), read_only=True) as con:
            settings = dict(con.execute("SELECT name, value FROM program_setting").fetchall())
            counts = con.execute("SELECT (SELECT count(*) FROM session), (SELECT count(*) FROM milestone)").fetchone()
            files = con.execute(
                "SELECT source_file, batch_id FROM load_batch ORDER BY loaded_at DESC, source_file"
            ).fetchall()
    except duckdb.Error:
        return None
    sessions, milestones = counts or (0, 0)
    built = datetime.fromisoformat(settings["built_at"])
    names = tuple(str(row[0]) for row in files)
    loaded = tuple(str(name) for name, batch in files if batch == settings["version"])
    return Version(
        settings["version"], built, settings["as_of"], sessions, milestones, names, settings["version"] == live, loaded
    )


def _point(store: Path, pointer: Pointer) -> None:
    temporary = store / f"{POINTER}.{secrets.token_hex(4)}.tmp"
    with temporary.open("w", encoding="utf-8") as handle:
        json.dump({"version": pointer.version, "file": pointer.file}, handle)
        handle.flush()
        os.fsync(handle.fileno())
    keep_private(temporary).replace(store / POINTER)


def _prune(store: Path, kept: set[str]) -> None:
    """Remove the oldest versions but those `kept`; on Windows an open file stays until a later publish."""
    files = sorted(store.glob("warehouse-*.duckdb"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in files[KEPT_VERSIONS:]:
        if path.name not in kept:
            _unlink(path)


def _remove_leftovers(store: Path) -> None:
    """Remove what a killed build left behind; the lock says that no build is running."""
    for pattern in ("build-*.tmp*", f"{POINTER}.*.tmp", f"{SALT_FILE}.*.tmp"):
        for path in store.glob(pattern):
            _unlink(path)
    for path in store.glob("scratch-*"):
        shutil.rmtree(path, ignore_errors=True)


def _unlink(path: Path) -> None:
    try:
        path.unlink()
    except OSError:
        return
