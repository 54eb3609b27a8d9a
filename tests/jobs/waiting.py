"""Jobs in tests: files given to one, and waiting until its process is done."""

from __future__ import annotations

import shutil
import sys
import time
from datetime import date
from pathlib import Path

from pipelines.jobs import Ask, Jobs, State, received_folder

COMMAND = (sys.executable, "-m", "dashboard.load_job")
AS_OF = "2026-09-30"
MAINE = 'organization = "Test program"\nstate = "ME"\n'


def jobs_of(store: Path, *command: str) -> Jobs:
    return Jobs(store, command or COMMAND)


def give(jobs: Jobs, folder: Path) -> State:
    """Give all files of a folder to a job and wait until it knows what they are."""
    received = {}
    for number, path in enumerate(sorted(folder.iterdir())):
        received[path.name] = received_folder(jobs.store) / f"upload-{number}"
        shutil.copy(path, received[path.name])
    jobs.begin(received)
    return done(jobs)


def ask(state: State, as_of: str = AS_OF, **changes: object) -> Ask:
    """Ask for what was recognized."""
    files = state.result["files"]
    first = {file["name"]: file["matches"][0] for file in files}
    inputs = {name: match["input"] for name, match in first.items()}
    profile = next(iter(first.values()))["profile"]
    return Ask(profile, str(date.fromisoformat(as_of)), inputs, program=MAINE, **changes)


def done(jobs: Jobs, seconds: float = 120) -> State:
    """Wait until the process of a job has ended."""
    until = time.monotonic() + seconds
    while (state := jobs.state()).step in ("looking", "checking"):
        assert time.monotonic() < until, state
        time.sleep(0.05)
    return state


def checked(jobs: Jobs, folder: Path, as_of: str = AS_OF) -> State:
    """Give files, ask for what was recognized, and wait for the report."""
    state = give(jobs, folder)
    jobs.check(state.job, ask(state, as_of))
    return done(jobs)
