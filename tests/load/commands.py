"""Running a command in this process, as a person would see it."""

from __future__ import annotations

import contextlib
import io
import sys
from dataclasses import dataclass
from unittest.mock import patch

from pipelines.cli import run


@dataclass(frozen=True)
class Outcome:
    """Exit code, and what was written."""

    code: int
    out: str
    err: str


def command(*arguments: object) -> Outcome:
    """Run `outcomes ARGUMENTS` and return what came of it; a crash is not caught."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    with (
        patch.object(sys, "argv", ["outcomes", *(str(item) for item in arguments)]),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            run("outcomes")
        except SystemExit as stop:
            code = int(stop.code or 0)
    return Outcome(code, out.getvalue(), err.getvalue())
