"""What the attack found, and the report that says so."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pipelines.audit.knowledge import Cell, describe
from pipelines.policy import AudienceName
from pipelines.published import Cube, content_hash

VERSION = "1"


@dataclass(frozen=True, slots=True)
class Finding:
    """The range of one withheld cell: the least and the most an attacker can still believe. `high` may be inf."""

    vintage: int
    cell: Cell
    low: int
    high: float
    attacker: str

    @property
    def width(self) -> float:
        """Return most minus least."""
        return self.high - self.low


@dataclass(frozen=True)
class AuditReport:
    """The verdict on the newest release of one audience, in the light of all releases to the audiences named."""

    audience: AudienceName
    together_with: tuple[str, ...]
    cube: Cube
    findings: tuple[Finding, ...]
    failures: tuple[str, ...]
    width: int
    attackers: tuple[str, ...]
    seconds: float
    unions: dict[str, int] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        """Say whether the release may be published."""
        return not self.failures

    def as_json(self) -> dict[str, Any]:
        """Return the report as it is stored; it holds nothing that is not published."""
        states = self.cube.frame["state"].value_counts()
        counts = {state: int(states.get(state, 0)) for state in ("shown", "withheld", "not_released")}
        return {
            "passed": self.passed,
            "audience": self.audience,
            "audited_with": list(self.together_with),
            "release_id": self.cube.release,
            "sequence": self.cube.sequence,
            "vintage": self.cube.vintage,
            "data_cutoff": self.cube.as_of,
            "policy_hash": self.cube.policy_hash,
            "content_hash": content_hash(self.cube),
            "engine_version": VERSION,
            "attackers": list(self.attackers),
            "min_width": self.width,
            "counts": {"released": counts["shown"] + counts["withheld"], **counts},
            "worst": [_as_json(f) for f in sorted(self.findings, key=lambda f: (f.width, f.cell))[:10]],
            "failures": list(self.failures),
            "ledger_union": self.unions,
            "utility": _utility(self.cube),
            "runtime_seconds": round(self.seconds, 1),
        }


def rounded(finding: Finding) -> tuple[int, int | None]:
    """Return a range rounded outward to fives, as it is published; None without an upper end."""
    return finding.low // 5 * 5, None if np.isinf(finding.high) else -int(-finding.high // 5) * 5


def in_words(finding: Finding) -> str:
    """Say in words what is wrong with a range."""
    if finding.low == finding.high:
        return f"{describe(finding.cell)} is withheld, but can be worked out exactly ({finding.attacker})"
    return f"{describe(finding.cell)} is withheld, but lies between {finding.low} and {finding.high:.0f}"


def _utility(cube: Cube) -> dict[str, float]:
    """Return the share shown of the cells in the tables, by level of place."""
    shown = (cube.frame["state"] == "shown").groupby(cube.frame["county_level"]).mean()
    return {str(level): round(float(share), 4) for level, share in shown.items()}


def _as_json(finding: Finding) -> dict[str, Any]:
    high = None if np.isinf(finding.high) else int(finding.high)
    width = None if np.isinf(finding.width) else int(finding.width)
    return {"cell": describe(finding.cell), "lo": finding.low, "hi": high, "width": width, "attacker": finding.attacker}
