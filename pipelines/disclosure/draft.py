"""A draft of the next release: one cube per audience, with everything earlier fixed. Nothing is published yet."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from pipelines.disclosure.counts import Count, Counts, true_cells
from pipelines.disclosure.grid import Grid, Key, grid_of
from pipelines.disclosure.ledger import Entry, Ledger
from pipelines.disclosure.problem import ProtectionError
from pipelines.disclosure.protect import Before, Protected, protect
from pipelines.disclosure.relations import equations_of, limits_of
from pipelines.policy import AudienceName, Policy, policy_hash
from pipelines.published import COLUMNS, Cube, content_hash
from pipelines.published.periods import level_of

_COARSER = ("month", "quarter", "year", "fiscal_year")


@dataclass(frozen=True)
class Draft:
    """Cubes that still have to pass their audit, and the entry the ledger gets if they do."""

    cubes: dict[AudienceName, Cube]
    entry: Entry


def draft(counts: Counts, policy: Policy, text: str, ledger: Ledger, *, restate: bool = False) -> Draft:
    """Protect the counts for every audience of the policy.

    With `restate` a new vintage begins: late entries come in, and changes of few people are protected like few people.
    Raises ProtectionError if anything is wrong with the counts, the ledger or the protection.
    """
    fresh = _checked(counts, policy)
    _same_rules(ledger, text, counts)
    vintage = ledger.vintage + 1 if restate or not ledger.lines else ledger.vintage
    grid = grid_of(policy, counts.months, counts.as_of, counts.regions, counts.categories)
    cells = _frozen(grid, fresh, ledger.frozen(vintage))
    _adds_up(grid, cells)
    decided = _decide(grid, cells, ledger, vintage)
    cubes = {name: _cube(name, grid, counts, cells, made, text, ledger, vintage) for name, made in decided.items()}
    return Draft(cubes, _entry(cubes, cells, decided, counts, text, ledger, vintage))


def _checked(counts: Counts, policy: Policy) -> dict[Key, Count]:
    cells = true_cells(counts, policy)
    _adds_up(grid_of(policy, counts.months, counts.as_of, counts.regions, counts.categories), cells)
    return cells


def _adds_up(grid: Grid, cells: Mapping[Key, Count]) -> None:
    """Check every relation against the true counts; say which measure and axis is at fault, never a value."""
    keys = sorted(cells)
    number = {key: n for n, key in enumerate(keys)}
    for relations, most in ((equations_of(grid, number), True), (limits_of(grid, number), False)):
        for relation in relations:
            at = [keys[c] for c in relation.cells]
            terms = zip(at, relation.coefficients, strict=True)
            difference = sum(cells[key].value * k for key, k in terms)
            if difference > 0 or (most and difference):
                raise ProtectionError(
                    at[0].quantity,
                    f"its parts ({_between(at[0], at[1])}) do not add up to their total as the policy says.",
                    f"Correct the hierarchy, or additive_over of {grid.quantities[at[0].quantity].measure}.",
                )


def _between(one: Key, other: Key) -> str:
    changed = [name for name, a, b in zip(Key._fields, one, other, strict=True) if a != b]
    return " and ".join(name.replace("_", " ") for name in changed)


def _same_rules(ledger: Ledger, text: str, counts: Counts) -> None:
    if not ledger.lines:
        return
    last = ledger.lines[-1]
    wrong = {
        "the policy was changed since the last release": last["policy_hash"] != policy_hash(text),
        "the counties or regions were changed since the last release": last["regions"] != counts.regions,
        "the records end before those of the last release": last["as_of"] > counts.as_of.isoformat(),
        "the window begins at another month than that of the last release": last["months"][0] != counts.months[0],
    }
    for reason, is_so in wrong.items():
        if is_so:
            raise ProtectionError(
                str(ledger.folder), f"{reason}.", "What was shown cannot be taken back: begin a new folder and ledger."
            )


def _frozen(grid: Grid, fresh: Mapping[Key, Count], frozen: Mapping[Key, Count]) -> dict[Key, Count]:
    """Keep counts as they were first used; a new total is the sum of its frozen parts where parts add up."""
    cells: dict[Key, Count] = {}
    for key in sorted(fresh, key=lambda key: _COARSER.index(level_of(key.period))):
        additive = "period" in grid.quantities[key.quantity].rules.additive_over
        parts = grid.parts(key, "period") if additive else []
        if key in frozen:
            cells[key] = frozen[key]
        elif parts:
            cells[key] = replace(fresh[key], value=sum(cells[part].value for part in parts))
        else:
            cells[key] = fresh[key]
    lost = frozen.keys() - cells.keys()
    if lost:
        raise ProtectionError("counts", f"{len(lost)} cells of earlier releases are gone.", "Check the window.")
    return cells


def _decide(
    grid: Grid, cells: Mapping[Key, Count], ledger: Ledger, vintage: int
) -> dict[AudienceName, Protected]:  # fmt: skip
    """Decide for the funder first: the board is never shown more."""
    last = ledger.frozen(ledger.vintage) if vintage > ledger.vintage else {}
    changes = {key: count.value - last[key].value for key, count in cells.items() if key in last}
    made: dict[AudienceName, Protected] = {}
    order: tuple[AudienceName, ...] = ("funder", "board")
    for name in order:
        if name in grid.policy.audiences:
            earlier = [ledger.given(name, v) for v in range(1, ledger.vintage + 1)]
            withheld = frozenset(key for given in earlier for key, state in given.items() if state == "withheld")
            before = Before(ledger.given(name, vintage), withheld, ledger.levels(name), changes)
            within = made["funder"].given if name == "board" and "funder" in made else None
            made[name] = protect(grid, cells, name, before, within)
    return made


def _cube(
    name: AudienceName,
    grid: Grid,
    counts: Counts,
    cells: Mapping[Key, Count],
    made: Protected,
    text: str,
    ledger: Ledger,
    vintage: int,
) -> Cube:
    rows = [
        (*key, state, cells[key].value if state == "shown" else None, None, None) for key, state in made.given.items()
    ]
    frame = pd.DataFrame(rows, columns=COLUMNS).astype(dict.fromkeys(("value", "lo", "hi"), "Int64"))
    given = {key.quantity for key in made.given}
    measures = {grid.quantities[name].measure for name in given}
    categories = {measure: codes for measure, codes in counts.categories.items() if measure in measures}
    return Cube(
        name, len(ledger.lines) + 1, vintage, counts.as_of.isoformat(), policy_hash(text), counts.months,
        dict(counts.regions), categories, frame, dict(counts.about),
    )  # fmt: skip


def _entry(
    cubes: Mapping[AudienceName, Cube],
    cells: dict[Key, Count],
    decided: Mapping[AudienceName, Protected],
    counts: Counts,
    text: str,
    ledger: Ledger,
    vintage: int,
) -> Entry:
    known = ledger.frozen(vintage)
    line = {
        "sequence": len(ledger.lines) + 1,
        "vintage": vintage,
        "as_of": counts.as_of.isoformat(),
        "policy_hash": policy_hash(text),
        "months": list(counts.months),
        "regions": counts.regions,
        "levels": {name: made.levels for name, made in decided.items()},
        "content_hash": {name: content_hash(cube) for name, cube in cubes.items()},
        "primary": {name: made.primary for name, made in decided.items()},
        "secondary": {name: made.secondary for name, made in decided.items()},
    }
    given = {name: _new(made.given, ledger.given(name, vintage)) for name, made in decided.items()}
    touched = {key for new in given.values() for key in new}
    fresh = {key: count for key, count in cells.items() if key not in known or key in touched}
    proof = json.dumps({name: json.loads(made.proof) for name, made in decided.items()}, separators=(",", ":"))
    return Entry(line, fresh, given, proof)


def _new(given: Mapping[Key, str], before: Mapping[Key, str]) -> dict[Key, str]:
    changed = {key for key, state in given.items() if before.get(key, state) != state}
    if changed:
        raise ProtectionError("ledger", f"{len(changed)} earlier decisions would change.", "Nothing was published.")
    return {key: state for key, state in given.items() if key not in before}
