"""The process that works on a load the page asked for: `python -m dashboard.load_job STORE RUN`.

It loads, as the command line does, and adds what only measures can tell: how far five headline numbers move. The
server starts it and reads what it writes; it never imports it (docs/decisions.md).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from pipelines.jobs.work import work
from pipelines.versions import live_file


def main(arguments: list[str]) -> None:
    """Work on run RUN of the job beside the warehouse STORE."""
    store, run = arguments
    work(Path(store), run, _effect)


def _effect(store: Path, candidate: Path) -> dict[str, Any]:
    from dashboard.measures.effect import effect  # scipy and pandas: slow to import, and a look needs neither
    from dashboard.store import Store

    before = Store(store) if live_file(store) else None
    after = Store(candidate)
    try:
        return effect(before, after).plain()
    finally:
        for opened in (before, after):
            if opened:
                opened.close()


if __name__ == "__main__":
    main(sys.argv[1:])
