"""The rules the loader judges while reading, from `pipelines/checks/loader_rules.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

Severity = Literal["stop", "quarantine", "warn", "info"]
FILE = Path(__file__).resolve().parent / "checks" / "loader_rules.toml"


@dataclass(frozen=True, slots=True)
class Rule:
    """One data-quality rule in the words of the people who mend the data."""

    id: str
    title: str
    severity: Severity
    action: str
    advice: str
    relaxed: str = ""  # the rule that stands in where a program file relaxes this one; empty where none may


@cache
def loader_rules() -> dict[str, Rule]:
    """Return rule ID -> rule."""
    declared = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {name: Rule(id=name, **fields) for name, fields in declared.items()}


def relaxable() -> tuple[str, ...]:
    """Return the rules a program file may relax."""
    return tuple(name for name, rule in loader_rules().items() if rule.relaxed)
