"""Headline numbers of two versions side by side, in words."""

from __future__ import annotations

import pandas as pd

from dashboard.measures.effect import Change, Effect
from dashboard.ui.html_table import show_table


def from_plain(told: dict[str, object]) -> Effect:
    """Return an effect from the plain values a job wrote."""
    changes = told["changes"]
    assert isinstance(changes, list)
    return Effect(str(told["before"]), str(told["after"]), tuple(Change(**change) for change in changes))


def show_numbers(found: Effect, before: str, after: str, name: str) -> None:
    """Show five measures: `before` and `after` name the versions; months both cover come first, then the newest."""
    table = {"Measure": [change.title for change in found.changes]}
    if found.before:
        table[f"{before}, {found.before}"] = [change.before for change in found.changes]
        table[f"{after}, the same months"] = [change.same for change in found.changes]
        table["Change in people or contacts"] = [change.difference for change in found.changes]
    if found.before != found.after:
        table[f"{after}, {found.after}"] = [change.newest for change in found.changes]
    show_table(pd.DataFrame(table), name)
