"""What a person sees while a command runs: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

# Away from a terminal (a log, a pipe) lines are wide enough for the tables to stay whole.
_WIDE = None if Console().is_terminal else 160
out = Console(highlight=False, width=_WIDE)
err = Console(stderr=True, highlight=False, width=_WIDE)


@contextmanager
def progress(title: str) -> Iterator[Callable[[str, int, int], None]]:
    """Yield a listener (stage, done, of) for long work."""
    if not out.is_terminal:
        yield lambda stage, done, of: out.print(f"{title}: {stage} ({done + 1} of {of})")
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=out, transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda stage, done, of: bar.update(task, description=f"{title}: {stage}", completed=done, total=of)
