"""One file per kind of report: `title(order)` and `blocks(order)`. A new file is a new report.

An order is what was asked for: funder, period, copy. Every definition here is found by its file name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from dashboard.reports.blocks import Block
from dashboard.reports.document import Copy
from dashboard.reports.funders import Funder
from dashboard.reports.period_codes import ReportPeriod
from dashboard.reports.resolve import Title
from pipelines.errors import unknown


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for; a board deck needs no funder, but takes its targets from one."""

    report_period: ReportPeriod
    funder: Funder | None = None
    copy: Copy = "shareable"
    counties: int = 0  # how many counties the data have, for the choice between county and region


@dataclass(frozen=True, slots=True)
class Definition:
    """One kind of report."""

    kind: str
    title: Callable[[Order], Title]
    blocks: Callable[[Order], tuple[Block, ...]]


@cache
def definitions() -> dict[str, Definition]:
    """Return every kind of report by name."""
    modules = {found.name: import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)}
    return {name: Definition(name, module.title, module.blocks) for name, module in modules.items()}


def definition_of(kind: str) -> Definition:
    """Return one kind of report; UnknownNameError with the nearest name."""
    if kind not in definitions():
        raise unknown("reports", "report", kind, definitions())
    return definitions()[kind]
