"""The policy in plain words, for `outcomes policy check`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipelines.policy.model import AudienceName, Policy, Table

_COUNTY = {"county": "each county", "region": "each region", "all": "the whole program"}
_CATEGORY = {"category": ", split by {}", "all": ""}
_ADAPTIVE = (
    "A series is released by the finest period, from {finest} up, at which at most {share:.0%} of its numbers are "
    "small; if even years are too small, it is not released."
)


def explain(policy: Policy, audiences: Iterable[AudienceName] = ()) -> str:
    """Return what the policy does, one paragraph per rule and one list of tables for each of `audiences` (or all)."""
    shown = [name for name in policy.audiences if name in tuple(audiences or policy.audiences)]
    return "\n".join([*_rules(policy), *(line for name in shown for line in _audience(policy, name))])


def _rules(policy: Policy) -> Iterator[str]:
    yield f"A count from 1 to {policy.threshold - 1} is small: it is withheld, with as many others as it takes."
    yield (
        f"Whoever knows everything shown, and these rules, must still find at least {policy.min_width + 1} values "
        f"possible for it (a width of {policy.min_width})."
    )
    hidden = [name for name, rules in policy.measures.items() if rules.zeros == "hide"]
    shown = [name for name, rules in policy.measures.items() if rules.zeros == "show"]
    if hidden:
        yield f"Zeros are withheld like small counts in: {', '.join(hidden)}."
    if shown:
        yield f"Zeros are shown in: {', '.join(shown)}."
    lag = policy.release.lag_days
    yield f"Only closed periods are released, from {lag} days after their end; no totals to date."
    yield "A number that was shown stays, and a withheld one stays withheld" + (
        ", until the yearly restatement." if policy.release.restate == "yearly" else "."
    )
    if policy.on_failure == "hide_component":
        yield "Where protection fails, everything that hangs together with the cell is withheld."
    else:
        yield "Where protection fails, nothing is published and the previous release stays."


def _audience(policy: Policy, name: AudienceName) -> Iterator[str]:
    rules = policy.audiences[name]
    yield f"\n{name}: small below {policy.threshold_for(name)}, width {policy.width_for(name)}"
    if rules.adaptive:
        yield _ADAPTIVE.format(finest=rules.adaptive.never_finer_than, share=rules.adaptive.max_small_share)
    for measure in policy.measures:
        tables = policy.tables_of(name, measure)
        if not tables:
            yield f"  {measure}: not given"
        for table in tables:
            yield f"  {measure}: {_table(policy, measure, table)}"


def _table(policy: Policy, measure: str, table: Table) -> str:
    county, period, category = table
    split = _CATEGORY[category].format(policy.measures[measure].category)
    return f"{_COUNTY[county]} by {period.replace('_', ' ')}{split}"
