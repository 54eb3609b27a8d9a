"""A job on disk: plain JSON files in a folder that only its owner can read.

`job.json` is written by the pages alone, `progress-RUN.json` and `result-RUN.json` by the process of that run alone;
each is moved into place whole, so no reader sees half of one and no two writers meet.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from pipelines.private import private_folder

FOLDER = "loading"
Step = Literal["none", "looking", "looked", "checking", "checked", "stopped", "nothing new", "failed"]
Kind = Literal["look", "check"]


@dataclass(frozen=True, slots=True)
class JobFile:
    """One uploaded file: its name, and its size in bytes."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Ask:
    """What a check is asked: the profile by name, the last complete day, and which input each file belongs to."""

    profile: str
    as_of: str
    inputs: dict[str, str] = field(default_factory=dict)
    confirm_removals: bool = False
    program: str = ""  # text of a program file, for the first load


@dataclass(frozen=True, slots=True)
class Job:
    """One job; `run` names the process at work or the last one, `pid` is its number, `started` its start (epoch s)."""

    id: str
    files: tuple[JobFile, ...]
    kind: Kind
    run: str
    pid: int
    started: float
    ask: Ask | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: the stage, its number of how many, and rows read by file."""

    stage: str = "starting"
    number: int = 0
    of: int = 0
    rows: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class State:
    """A job as a page shows it; `result` is what the last run wrote, by the names `pipelines.jobs.work` gives."""

    step: Step
    job: Job | None = None
    progress: Progress = Progress()
    result: dict[str, Any] = field(default_factory=dict)


def job_folder(store: Path) -> Path:
    """Return the folder of the job beside a warehouse, made for its owner alone."""
    private_folder(store)
    return private_folder(store / FOLDER)


def received_folder(store: Path) -> Path:
    """Return where uploads are written until a job takes them."""
    return private_folder(job_folder(store) / "received")


def write_json(path: Path, value: object) -> None:
    """Write a file whole: beside its place first, then moved there."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}.draft")
    draft.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    draft.replace(path)


def read_json(path: Path) -> Any:  # noqa: ANN401  (what a run wrote)
    """Return what a file holds, or None while there is none."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None


def fix_list_file(folder: Path, run: str) -> Path:
    """Return where a run lists the rows that would be kept out."""
    return folder / f"fix-list-{run}.csv"


def write_job(folder: Path, job: Job) -> None:
    """Make `job` the job of the folder."""
    write_json(folder / "job.json", asdict(job))


def read_job(folder: Path) -> Job | None:
    """Return the job of the folder, if there is one."""
    kept = read_json(folder / "job.json")
    if not isinstance(kept, dict):
        return None
    ask, files = kept.pop("ask"), kept.pop("files")
    return Job(**kept, files=tuple(JobFile(**file) for file in files), ask=Ask(**ask) if ask else None)


def read_progress(folder: Path, run: str) -> Progress:
    """Return how far a run is."""
    kept = read_json(folder / f"progress-{run}.json")
    return Progress(**kept) if isinstance(kept, dict) else Progress()


def read_result(folder: Path, run: str) -> dict[str, Any] | None:
    """Return what a run wrote when it ended, or None while it has not."""
    kept = read_json(folder / f"result-{run}.json")
    return kept if isinstance(kept, dict) else None
