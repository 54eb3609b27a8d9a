"""What a person sees while a command runs: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

# Away from a terminal (a log, a pipe) lines are wide enough for the tables to stay whole.
_WIDE = None if Console().is_terminal else 160
STEPS = 20  # up to so many, each step has a line of its own
out = Console(highlight=False, width=_WIDE)
err = Console(stderr=True, highlight=False, width=_WIDE)


@contextmanager
def progress(title: str) -> Iterator[Callable[[str, int, int], None]]:
    """Yield a listener (stage, done, of) for long work."""
    if not out.is_terminal:
        yield _lines(title)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=out, transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda stage, done, of: bar.update(task, description=f"{title}: {stage}", completed=done, total=of)


def _lines(title: str) -> Callable[[str, int, int], None]:
    """Print a line per step; of long counts one for each tenth, so that a log stays readable."""
    told: set[tuple[str, int]] = set()

    def listen(stage: str, done: int, of: int) -> None:
        step = (stage, done if of <= STEPS else done * 10 // of)
        if step not in told:
            told.add(step)
            out.print(f"{title}: {stage} ({min(done + 1, of):,} of {of:,})")

    return listen
