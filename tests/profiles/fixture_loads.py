"""What the profile fixtures share: making their files, loading one export, and describing what came of it."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

from load.loading import facts, findings, query, run
from workbooks import write_workbook

from pipelines.load import LoadReport
from pipelines.program import Program

HERE = Path(__file__).parent
HALVES = ("first", "second")
NAMES = tuple(sorted(path.parent.name for path in HERE.glob("*/expected.json")))


def expected(name: str) -> dict[str, Any]:
    """Read what a fixture must give, and the words of it that may be stored nowhere."""
    return dict(json.loads((HERE / name / "expected.json").read_text(encoding="utf-8")))


def build_export(name: str, half: str, target: Path) -> Path:
    """Copy the files of one export; folders `….xlsx.sheets` become workbooks."""
    target.mkdir(parents=True)
    for path in sorted((HERE / name / half).iterdir()):
        if path.is_dir():
            write_workbook(path, target / path.name.removesuffix(".sheets"))
        else:
            shutil.copy(path, target / path.name)
    return target


def load_half(name: str, half: str, exports: Path, store: Path, **changes: object) -> LoadReport:
    """Load one export of a fixture with its own date and program."""
    wanted = expected(name)
    as_of, program = date.fromisoformat(wanted[half]["as_of"]), Program(**wanted["program"])
    return run(store, exports, profile=name, as_of=as_of, program=program, **changes)


def outcome(store: Path, report: LoadReport) -> dict[str, Any]:
    """Describe a load in the words of `expected.json`."""
    fates = ("read", "loaded", "replaced", "quarantined", "duplicate", "dropped")
    found = facts(store)
    classes = query(store, "SELECT class, count(*) FROM milestone GROUP BY class ORDER BY class::VARCHAR")
    return {
        "files": {a.file: {fate: getattr(a, fate) for fate in fates} for a in report.accounts},
        "removed": report.removed,
        "findings": dict(sorted(findings(store).items())),
        "facts": {name: len(rows) for name, rows in found.items()},
        "contacts": query(store, "SELECT count(*) FROM contact")[0][0],
        "milestones": {str(name): count for name, count in classes},
    }
