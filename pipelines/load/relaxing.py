"""Rules a program has relaxed (`[[relaxed]]` of its file): a row they would keep out is kept where it still can be.

A finding then carries the rule that stands in, with severity warn. Never relaxed: who it is about (DQ13), the day of a
session (DQ14 of a required date), whether a contact took place (DQ16 of a status), a void without its record (DQ17).
"""

from __future__ import annotations

from collections.abc import Callable

from pipelines.load.reading import Reading
from pipelines.load.rules import loader_rules
from pipelines.schema import Column

UNKNOWN_CLASS = "other_event"  # of an event: counts in no measure


def relaxing(read: Callable[..., Reading], column: Column, relaxed: frozenset[str]) -> Callable[..., Reading]:
    """Return a reader that keeps what `read` finds against a relaxed rule, where the column allows it."""
    if not relaxed:
        return read
    return lambda *texts: kept(read(*texts), column, relaxed)


def kept(found: Reading, column: Column, relaxed: frozenset[str]) -> Reading:
    """Return the reading under the rules relaxed; one that nothing can stand in for stays as it is."""
    if found.rule not in relaxed:
        return found
    match found.rule:
        case "DQ14" if not column.required:
            return Reading(None, loader_rules()["DQ14"].relaxed)
        case "DQ16" if column.vocabulary == "milestone_class":
            return Reading(UNKNOWN_CLASS, loader_rules()["DQ16"].relaxed)
        case _:
            return found
