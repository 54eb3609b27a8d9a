"""Settings of one running dashboard: frozen, read once from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast, get_args

from pipelines.errors import OutcomesError, nearest
from pipelines.paths import default_store

Audience = Literal["director", "funder", "board"]


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the data are, who looks at them, and how much memory and time a question may take.

    The audience is a property of the process, never of a widget or a URL (pages.md 1).
    """

    store: Path = field(default_factory=default_store)
    audience: Audience = "director"
    published: Path = field(default_factory=lambda: default_store().parent / "published")
    memory_limit: str = "2GB"
    threads: int = 0  # 0 = all cores
    max_execution_seconds: int = 15
    max_upload_mb: int = 500  # the largest file the Load data page takes


_NAMES = ("STORE", "AUDIENCE", "PUBLISHED", "MEMORY_LIMIT", "THREADS", "MAX_SECONDS", "MAX_UPLOAD_MB")


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read OUTCOMES_STORE, _AUDIENCE, _PUBLISHED, _MEMORY_LIMIT, _THREADS, _MAX_SECONDS and _MAX_UPLOAD_MB."""
    names = (f"OUTCOMES_{name}" for name in _NAMES)
    return _read(tuple((name, environment[name]) for name in names if name in environment), Path.cwd())


@lru_cache(maxsize=16)
def _read(given: tuple[tuple[str, str], ...], folder: Path) -> Settings:
    """Read what the environment has `given`, paths as seen from `folder`, the one the process works in."""
    environment, default = dict(given), Settings()
    return Settings(
        store=(folder / Path(environment.get("OUTCOMES_STORE", default.store)).expanduser()).resolve(),
        audience=audience_named(environment.get("OUTCOMES_AUDIENCE", default.audience)),
        published=(folder / Path(environment.get("OUTCOMES_PUBLISHED", default.published)).expanduser()).resolve(),
        memory_limit=environment.get("OUTCOMES_MEMORY_LIMIT", default.memory_limit),
        threads=_whole(environment, "OUTCOMES_THREADS", default.threads),
        max_execution_seconds=_whole(environment, "OUTCOMES_MAX_SECONDS", default.max_execution_seconds),
        max_upload_mb=_whole(environment, "OUTCOMES_MAX_UPLOAD_MB", default.max_upload_mb),
    )


def audience_named(name: str, where: str = "OUTCOMES_AUDIENCE") -> Audience:
    """Return the audience of a name; OutcomesError with the nearest one if there is none."""
    known = get_args(Audience)
    if name not in known:
        cure = nearest(name, known) or f"Use one of {', '.join(known)}."
        raise OutcomesError(where, f'there is no audience "{name}".', cure)
    return cast("Audience", name)


def _whole(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name, "")
    if text and not text.isdecimal():
        raise OutcomesError(name, f'"{text}" is not a whole number.', "Write digits only, for example 4.")
    return int(text) if text else default
