"""The primary rule: which counts are small, and how wide an attacker's range of each must stay."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

from pipelines.disclosure.counts import Count
from pipelines.disclosure.grid import Grid, Key
from pipelines.disclosure.problem import ProtectionError
from pipelines.policy import AudienceName, Policy, Quantity
from pipelines.policy.quantities import rate_names

EVENT_WIDTH = 0.10  # of the value: ten events more or less say little where hundreds come from few people


def small_and_need(grid: Grid, cells: Mapping[Key, Count], audience: AudienceName) -> dict[Key, int]:
    """Return the width each small cell needs; cells that are not small are not in it."""
    policy = grid.policy
    width = policy.width_for(audience)
    found = {}
    for key, count in cells.items():
        quantity = grid.quantities[key.quantity]
        if _is_small(policy, audience, quantity, count) or _tells_of_a_group(policy, audience, quantity, key, cells):
            events = quantity.rules.kind == "events"
            found[key] = max(width, ceil(EVENT_WIDTH * count.value)) if events else width
    return found


def _is_small(policy: Policy, audience: AudienceName, quantity: Quantity, count: Count) -> bool:
    rules, threshold = quantity.rules, policy.threshold_for(audience)
    if count.value == 0:
        return rules.zeros == "hide"
    people = count.people if rules.kind == "events" else count.value
    if people == 0:
        raise ProtectionError(quantity.name, "events are counted with nobody behind them.", "Check the measure.")
    others = people - count.provider_max
    by_provider = policy.audiences[audience].providers_see and bool(rules.providers)
    return people < threshold or (by_provider and 0 < others < threshold)


def _tells_of_a_group(
    policy: Policy, audience: AudienceName, quantity: Quantity, key: Key, cells: Mapping[Key, Count]
) -> bool:
    """Say whether a complement of 0 tells something about everyone in a group below twice the threshold."""
    rules = quantity.rules
    if quantity.part != "complement" or not rules.sensitive or cells[key].value > 0:
        return False
    whole = cells.get(key._replace(quantity=rate_names(quantity.measure, rules)[1]))
    return whole is None or whole.value < 2 * policy.threshold_for(audience)


def least(quantity: Quantity) -> int:
    """Return the least anyone can believe of a withheld cell: 1 where every zero is shown."""
    return 1 if quantity.rules.zeros == "show" and not quantity.rules.sensitive else 0
