"""The counts behind the measures: what is additive, and which counts add up to which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipelines.policy.model import MeasureRules, Policy


@dataclass(frozen=True, slots=True)
class Quantity:
    """One count. `part` says which number of its measure it is; `days` which point of a life table."""

    name: str
    measure: str
    part: Literal["count", "numerator", "denominator", "complement", "entered", "stayed", "left"]
    rules: MeasureRules
    days: int = 0


@dataclass(frozen=True, slots=True)
class Sum:
    """At equal coordinates, `total` is the sum of `parts`."""

    total: str
    parts: tuple[str, ...]


def quantities(policy: Policy) -> dict[str, Quantity]:
    """Return every count of the policy by name; a denominator that is itself a measure is that measure's count."""
    found = {name: Quantity(name, name, "count", rules) for name, rules in policy.measures.items() if _single(rules)}
    for name, rules in policy.measures.items():
        for quantity in _parts(name, rules):
            found.setdefault(quantity.name, quantity)
    return found


def sums(policy: Policy) -> tuple[Sum, ...]:
    """Return denominator = numerator + complement, and people at risk = people who left + people who stayed."""
    return tuple(s for name, rules in policy.measures.items() for s in _sums(name, rules))


def caps(policy: Policy) -> tuple[tuple[str, str], ...]:
    """Return pairs of counts of which the first never exceeds the second."""
    return tuple((name, rules.at_most) for name, rules in policy.measures.items() if rules.at_most)


def rate_names(name: str, rules: MeasureRules) -> tuple[str, str, str]:
    """Return the names of numerator, denominator and complement of a rate."""
    return (
        rules.numerator or f"{name}.numerator",
        rules.denominator or f"{name}.denominator",
        rules.complement or f"{name}.complement",
    )


def grid_names(name: str, rules: MeasureRules) -> tuple[str, tuple[tuple[int, str, str], ...]]:
    """Return the name of the people who entered, and per grid day those of the people who stayed and who left."""
    return f"{name}.entered", tuple((day, f"{name}.stayed_{day}", f"{name}.left_{day}") for day in rules.grid_days)


def _single(rules: MeasureRules) -> bool:
    return rules.kind in {"events", "persons", "distinct"}


def _parts(name: str, rules: MeasureRules) -> list[Quantity]:
    if rules.kind == "rate":
        top, bottom, rest = rate_names(name, rules)
        return [
            Quantity(top, name, "numerator", rules),
            Quantity(bottom, name, "denominator", rules),
            Quantity(rest, name, "complement", rules),
        ]
    if rules.kind == "lifetable":
        entered, grid = grid_names(name, rules)
        stayed = [Quantity(stay, name, "stayed", rules, day) for day, stay, _ in grid]
        left = [Quantity(leave, name, "left", rules, day) for day, _, leave in grid]
        return [Quantity(entered, name, "entered", rules, rules.grid_days[0]), *stayed, *left]
    return []


def _sums(name: str, rules: MeasureRules) -> list[Sum]:
    if rules.kind == "rate":
        top, bottom, rest = rate_names(name, rules)
        return [Sum(bottom, (top, rest))]
    if rules.kind == "lifetable":
        at_risk, grid = grid_names(name, rules)
        found = []
        for _, stay, leave in grid:
            found.append(Sum(at_risk, (leave, stay)))
            at_risk = stay
        return found
    return []
