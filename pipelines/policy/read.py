"""Reading the policy file: errors name the file, the key and the nearest known one, and combinations that leak."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from pipelines.errors import OutcomesError, nearest
from pipelines.paths import reference_folder
from pipelines.policy.model import COARSER, Policy, Table
from pipelines.policy.quantities import quantities


def default_policy() -> Path:
    """Return the path of the shipped policy."""
    return reference_folder() / "policy.toml"


def shipped_policies() -> dict[str, Path]:
    """Return the shipped policies by name; "default" is the one used where none is given."""
    others = sorted((reference_folder() / "policies").glob("*.toml"))
    return {"default": default_policy(), **{path.stem: path for path in others}}


def policy_hash(text: str) -> str:
    """Return the SHA-256 of a policy file's text; line ends do not matter."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()


def read_policy(path: Path) -> tuple[Policy, str]:
    """Read and check a policy file; return it with its text."""
    try:
        text = path.read_text(encoding="utf-8")
        policy = Policy.model_validate(tomllib.loads(text))
    except FileNotFoundError:
        raise OutcomesError(str(path), "there is no such policy file.", "Check the path given to --policy.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise OutcomesError(str(path), f"this is not valid TOML: {error}.", "Correct the line named.") from None
    except ValidationError as error:
        raise OutcomesError(str(path), *_explain(error)) from None
    for problem, cure in _unsafe(policy):
        raise OutcomesError(str(path), problem, cure)
    return policy, text


def _explain(error: ValidationError) -> tuple[str, str]:
    first = error.errors()[0]
    key = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return f'the key "{key}" is not known.', nearest(str(first["loc"][-1]), _known(first["loc"][:-1]))
    if first["type"] == "missing":
        return f'the key "{key}" is missing.', "Add it."
    wrong = first["input"]
    options = str(first.get("ctx", {}).get("expected", "")).replace("'", "").replace(" or ", ", ").split(", ")
    cure = nearest(wrong, options) if isinstance(wrong, str) else ""
    return f'the key "{key}" cannot be used: {first["msg"]}.', cure


def _known(path: tuple[str | int, ...]) -> list[str]:
    """Return the keys allowed where the path leads; a name the file chose itself (a measure) leads nowhere new."""
    model: type[BaseModel] = Policy
    for step in path:
        field = model.model_fields.get(str(step))
        inner = [a for a in _arguments(field.annotation) if _is_model(a)] if field else []
        model = inner[0] if inner else model
    return list(model.model_fields)


def _arguments(annotation: object) -> list[Any]:
    return [deep for a in get_args(annotation) for deep in _arguments(a)] or [annotation]


def _is_model(annotation: object) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _unsafe(policy: Policy) -> Iterator[tuple[str, str]]:
    """Yield combinations that are understood but refused."""
    period = policy.hierarchies.period
    if period.fiscal_year_start != "none" and "year" in period.levels and not period.allow_overlap:
        yield (
            "calendar and fiscal years are both on.",
            'Choose one, or accept more withheld cells with "allow_overlap = true".',
        )
    if policy.release.to_date_totals:
        yield (
            "to-date totals are on: two of them subtract to what was entered in between.",
            'Set "release.to_date_totals = false".',
        )
    yield from _unknown_names(policy)
    yield from _rates(policy)
    yield from _multi(policy)
    yield from _twice(policy)
    if "funder" in policy.audiences and "board" in policy.audiences:
        yield from _board(policy)


def _unknown_names(policy: Policy) -> Iterator[tuple[str, str]]:
    for audience, rules in policy.audiences.items():
        for name in (*rules.drop_measures, *rules.measure_tables):
            if name not in policy.measures:
                yield f'audiences.{audience} names "{name}", which is no measure of the policy.', nearest(
                    name, policy.measures
                )  # fmt: skip
        for table in (*rules.tables, *(t for tables in rules.measure_tables.values() for t in tables)):
            levels = (policy.hierarchies.county.levels, policy.period_levels(), policy.hierarchies.category.levels)
            for level, known in zip(table, levels, strict=True):
                if level not in known:
                    yield f'audiences.{audience} has a table by "{level}", a level no hierarchy has.', "Add it there."
    known_quantities = quantities(policy)
    for name, measure in policy.measures.items():
        if measure.at_most and measure.at_most not in known_quantities:
            yield f'measures.{name}.at_most is "{measure.at_most}", which is no count of the policy.', nearest(
                measure.at_most, known_quantities
            )  # fmt: skip


def _rates(policy: Policy) -> Iterator[tuple[str, str]]:
    for name, rules in policy.measures.items():
        if rules.kind == "lifetable" and list(rules.grid_days) != sorted(set(rules.grid_days)):
            yield f"measures.{name}.grid_days are not in order.", "Write them from the shortest to the longest."
        if rules.kind == "lifetable" and not rules.grid_days:
            yield f"measures.{name} has no grid_days.", 'Add "grid_days = [30, 60, 90, 180, 365]".'
        if rules.kind == "distinct" and "period" not in rules.additive_over and len(_levels(policy, name)) != 1:
            yield (
                f"measures.{name} counts people once per period, at several period levels.",
                'Name one level: levels = ["year"].',
            )


def _twice(policy: Policy) -> Iterator[tuple[str, str]]:
    """Yield measures counted in two tables: nothing would tie their totals together, and one tells of the other."""
    known: dict[tuple[str, str], str] = {}
    for name, rules in policy.measures.items():
        counted = rules.measure or name, repr(sorted(rules.settings.items()))
        if counted in known:
            yield (
                f"measures.{known[counted]} and measures.{name} count the same and would be protected apart.",
                "Keep one of them, with one category.",
            )
        known[counted] = name


def _levels(policy: Policy, name: str) -> tuple[str, ...]:
    return policy.measures[name].levels or policy.period_levels()


def _multi(policy: Policy) -> Iterator[tuple[str, str]]:
    for audience in policy.audiences:
        for name, rules in policy.measures.items():
            levels = {table[2] for table in policy.tables_of(audience, name)}
            if rules.multi and {"category", "all"} <= levels:
                yield (
                    f"audiences.{audience} shows {name} by category and in total, but one person can be in several.",
                    f"Give it tables of its own under audiences.{audience}.measure_tables.",
                )


def _board(policy: Policy) -> Iterator[tuple[str, str]]:
    if policy.threshold_for("board") < policy.threshold_for("funder"):
        yield "the board's threshold is below the funder's.", "Raise audiences.board.threshold."
    if policy.width_for("board") < policy.width_for("funder"):
        yield "the board's min_width is below the funder's.", "Raise audiences.board.min_width."
    alone = policy.model_copy(update={"audiences": {"funder": policy.audiences["funder"]}})
    for name in policy.measures:
        allowed = alone.tables_of("funder", name)
        for table in policy.tables_of("board", name):
            if not any(_contains(wide, table) for wide in allowed):
                yield (
                    f"the board's table {' × '.join(table)} of {name} is not contained in a funder's table.",
                    "Give the funder that table or a finer one, or take it from the board.",
                )


def _contains(fine: Table, coarse: Table) -> bool:
    return all(COARSER[f] <= COARSER[c] for f, c in zip(fine, coarse, strict=True))
