"""What a load is told, and what it reports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pipelines.check_rules import CheckResult
from pipelines.load.ledger import FileAccount, RuleCount
from pipelines.program import Program

Progress = Callable[[str, int, int], None]
STAGES = ("reading", "mapping", "merging", "deriving", "checking", "publishing")


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """How one load runs; `as_of` is the last day the export covers completely."""

    store: Path
    as_of: date | None
    program: Program
    dry_run: bool = False
    confirm_removals: bool = False
    memory: str = "2GB"
    threads: int | None = None
    today: date | None = None
    progress: Progress | None = None

    def day(self) -> date:
        """Return the local day of the load."""
        return self.today or datetime.now().astimezone().date()

    def report(self, stage_name: str) -> None:
        """Tell the listener which stage begins."""
        if self.progress:
            self.progress(stage_name, STAGES.index(stage_name), len(STAGES))


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did. `version` is None for a dry run, and when nothing was new."""

    profile: str
    version: str | None
    accounts: tuple[FileAccount, ...]
    rules: tuple[RuleCount, ...]
    checks: tuple[CheckResult, ...]
    removed: int
    already_loaded: tuple[str, ...] = ()
