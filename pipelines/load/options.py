"""What a load is told, and what it reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.check_rules import CheckResult
from pipelines.fix_list import Fix
from pipelines.load.ledger import FileAccount, RuleCount
from pipelines.program import Program, Relaxed

if TYPE_CHECKING:
    from pipelines.load.fields import FieldBuilder

Observer = Callable[[Sequence["FieldBuilder"]], None]
Progress = Callable[[str, int, int], None]
STAGES = ("reading", "mapping", "merging", "deriving", "checking", "publishing")


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """How one load runs; `as_of` is the last day the export covers completely.

    `keep` is a folder in which a dry run leaves the finished version, with a pointer of its own, to be published
    later. `inputs` says which input of the profile a file belongs to, whatever the file is called. `observe` sees
    the landed and mapped columns before anything is merged; `landed` hears the rows read of each file;
    `kept_out` the rows that stay out, also where there are so many that the load is refused.
    """

    store: Path
    as_of: date | None
    program: Program
    dry_run: bool = False
    confirm_removals: bool = False
    memory: str = "2GB"
    threads: int | None = None
    today: date | None = None
    progress: Progress | None = None
    keep: Path | None = None
    inputs: Mapping[str, str] = field(default_factory=dict)
    observe: Observer | None = None
    landed: Callable[[str, int], None] | None = None
    kept_out: Callable[[tuple[Fix, ...]], None] | None = None

    def day(self) -> date:
        """Return the local day of the load."""
        return self.today or datetime.now().astimezone().date()

    def report(self, stage_name: str) -> None:
        """Tell the listener which stage begins."""
        if self.progress:
            self.progress(stage_name, STAGES.index(stage_name), len(STAGES))


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did. `version` is None for a dry run, and when nothing was new.

    `stated` is the last complete day and the file that states it, where nobody gave the day.
    """

    profile: str
    version: str | None
    accounts: tuple[FileAccount, ...]
    rules: tuple[RuleCount, ...]
    checks: tuple[CheckResult, ...]
    removed: int
    already_loaded: tuple[str, ...] = ()
    relaxed: tuple[Relaxed, ...] = ()  # rules the program file relaxes, each with its reason
    stated: tuple[date, str] | None = None
