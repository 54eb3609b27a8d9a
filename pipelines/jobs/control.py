"""What the pages do with a job: begin, check, follow, cancel, publish. The work itself runs in another process."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from pipelines.errors import OutcomesError
from pipelines.jobs.job import (
    Ask,
    Job,
    JobFile,
    Kind,
    State,
    fix_list_file,
    job_folder,
    read_job,
    read_json,
    read_progress,
    read_result,
    write_job,
    write_json,
)
from pipelines.jobs.names import safe_name
from pipelines.private import private_folder
from pipelines.program import keep_program
from pipelines.versions import hold, live_file, publish, read_pointer, sweep

RUN_LOCK = "run.lock"  # held by the process at work for as long as it lives
STARTS_WITHIN, ENDS_WITHIN = 20.0, 5.0  # seconds a process may take to begin, and to end when told
UNFINISHED = "The work ended before it was done; the machine may have run out of memory or been restarted."
WORKING_ROOM = 3  # times the size of the files: landed columns, the build and the finished version
_children: dict[str, subprocess.Popen[bytes]] = {}  # of this process, so that none is left a zombie


class Jobs:
    """The one job beside a warehouse; `command` starts the process that works on it (folder and run follow)."""

    def __init__(self, store: Path, command: Sequence[str]) -> None:
        self.store, self.command = store, tuple(command)
        self.folder = job_folder(store)

    def state(self) -> State:
        """Return where the job is; a process that died without a word counts as failed."""
        job = read_job(self.folder)
        if job is None:
            return State("none")
        result = read_result(self.folder, job.run)
        if result is None and self._has_died(job):
            result = read_result(self.folder, job.run) or {"step": "failed", "what": UNFINISHED}
        if result is None:
            step = "looking" if job.kind == "look" else "checking"
            return State(step, job, read_progress(self.folder, job.run))  # type: ignore[arg-type]
        return State(result["step"], job, result=result)

    def begin(self, files: Mapping[str, Path]) -> None:
        """Take uploaded files (name -> where they were received) and find out what they are."""
        named = {safe_name(name): path for name, path in files.items()}
        if len(named) < len(files):
            raise OutcomesError("these files", "two have the same name.", "Rename one of them.")
        with self._alone():
            if read_job(self.folder):
                raise OutcomesError("another window", "is loading files already.", "Finish or cancel that load first.")
            taken = tuple(JobFile(name, path.stat().st_size) for name, path in named.items())
            self._require_room(sum(file.size for file in taken))
            home = self.folder / "files"
            shutil.rmtree(home, ignore_errors=True)
            private_folder(home)
            for name, path in named.items():
                path.replace(home / name)
            self._start(secrets.token_hex(6), taken, "look", None)

    def check(self, job: Job, ask: Ask) -> None:
        """Run every step of the load but publishing; `job` is the one the caller saw."""
        with self._alone():
            self._require_same(job)
            shutil.rmtree(self.folder / "candidate", ignore_errors=True)
            self._start(job.id, job.files, "check", ask)

    def look(self, job: Job) -> None:
        """Go back to the choices: look at the files again, with the profiles there are now."""
        with self._alone():
            self._require_same(job)
            shutil.rmtree(self.folder / "candidate", ignore_errors=True)
            self._start(job.id, job.files, "look", job.ask)

    def cancel(self, job: Job | None = None) -> None:
        """End the job, whatever it is doing, and remove its files; the live version stays as it is."""
        with self._alone():
            kept = read_job(self.folder)
            if kept is None or (job and kept.id != job.id):
                return
            self._end(kept)
            self._clear()
            write_json(self.folder / "last.json", {"what": "cancelled", "at": _now()})

    def publish(self, job: Job) -> str:
        """Make the version that was checked the live one, and end the job; return the version.

        Refused if another version went live since the check: what was checked is not what would come of it now.
        """
        with self._alone():
            self._require_same(job)
            state = self.state()
            if state.step != "checked":
                raise OutcomesError("this load", "is not ready to be published.", "Check the files first.")
            candidate = self.folder / "candidate"
            pointer = read_pointer(candidate)
            with hold(self.store):
                live = live_file(self.store)
                if (live.name if live else "") != state.result["live"]:
                    what = "has changed since these files were checked."
                    raise OutcomesError("the live version", what, "Check the files again.")
                publish(self.store, pointer.version, candidate / pointer.file)
            program = self.folder / "program.toml"
            keep_program(self.store, program if program.is_file() else None)
            self._clear()
            write_json(self.folder / "last.json", {"what": "published", "version": pointer.version, "at": _now()})
            return pointer.version

    def last(self) -> dict[str, Any]:
        """Return how the job before ended: `what` (published or cancelled), `at`, and the `version`."""
        return read_json(self.folder / "last.json") or {}

    def fix_list(self, job: Job) -> Path:
        """Return the file in which the last check of a job lists the rows it would keep out."""
        return fix_list_file(self.folder, job.run)

    def candidate(self) -> Path:
        """Return the folder that holds the version being checked, with a pointer of its own."""
        return self.folder / "candidate"

    @contextmanager
    def _alone(self) -> Iterator[None]:
        try:
            with FileLock(self.folder / "job.lock", timeout=ENDS_WITHIN * 2):
                yield
        except Timeout:
            raise OutcomesError("another window", "is busy with this load.", "Try again in a moment.") from None

    def _require_same(self, job: Job) -> None:
        kept = read_job(self.folder)
        if kept is None or (kept.id, kept.run) != (job.id, job.run):
            raise OutcomesError("this load", "was changed in another window.", "Look at it as it is now.")

    def _require_room(self, size: int) -> None:
        free = shutil.disk_usage(self.folder).free
        if free < WORKING_ROOM * size:
            what = f"has {free / 1e9:.1f} GB free; this load needs about {WORKING_ROOM * size / 1e9:.1f} GB."
            raise OutcomesError("the disk", what, "Make room, or load fewer files at a time.")

    def _start(self, job_id: str, files: tuple[JobFile, ...], kind: Kind, ask: Ask | None) -> None:
        run = secrets.token_hex(6)
        job = Job(job_id, files, kind, run, 0, time.time(), ask)
        write_job(self.folder, job)
        process = subprocess.Popen(
            [*self.command, str(self.store), run],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,  # a server that is stopped leaves the work to its end
        )  # fmt: skip
        _children[run] = process
        write_job(self.folder, replace(job, pid=process.pid))

    def _has_died(self, job: Job) -> bool:
        child = _children.get(job.run)
        if child is not None:
            return child.poll() is not None
        return time.time() - job.started > STARTS_WITHIN and not self._is_held()

    def _is_held(self) -> bool:
        lock = FileLock(self.folder / RUN_LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return True
        lock.release()
        return False

    def _end(self, job: Job) -> None:
        """Stop the process of a job: asked first, then without asking. Its number is its own while its lock is held."""
        child = _children.get(job.run)
        for how in (signal.SIGTERM, getattr(signal, "SIGKILL", signal.SIGTERM)):
            if child.poll() is not None if child else not self._is_held():
                break
            with suppress(ProcessLookupError):
                os.kill(job.pid, how)
            self._wait(child)
        if child:
            child.wait()
        with suppress(OutcomesError):  # another load holds the store; it has swept already
            sweep(self.store)

    def _wait(self, child: subprocess.Popen[bytes] | None) -> None:
        until = time.monotonic() + ENDS_WITHIN
        while time.monotonic() < until and (child.poll() is None if child else self._is_held()):
            time.sleep(0.05)

    def _clear(self) -> None:
        """Remove everything a job left; the files that hold rows first."""
        for name in ("files", "candidate"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        for pattern in ("result-*", "progress-*", "fix-list-*", "program.toml", "job.json", "*.draft"):
            for path in self.folder.glob(pattern):
                path.unlink(missing_ok=True)
        for run in [run for run, child in _children.items() if child.poll() is not None]:
            del _children[run]


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="minutes")
