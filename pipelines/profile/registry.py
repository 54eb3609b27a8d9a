"""Reading source profiles: shipped ones by name, one's own by path."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pipelines.errors import ProfileError, nearest, unknown
from pipelines.profile.field import FieldSpec
from pipelines.profile.model import MODELS, PARTS, Emit, Profile
from pipelines.schema import TABLES, VOCABULARIES
from pipelines.schema.tables import ORIGIN

FOLDER = Path(__file__).resolve().parent.parent / "source_profiles"
# Canonical fields a profile fills in one cell that become rows of a narrow table.
SPLIT_FIELDS = {"topics": "session_topic", "linkages": "linkage"}
# Required columns the loader fills itself when a profile does not name them.
FILLED = {
    "session_key", "milestone_key", "program_id", "kind", "mode", "certainty", "date_precision", "episode_no",
    *(column.name for column in ORIGIN),
}  # fmt: skip


def profile_names() -> tuple[str, ...]:
    """Return the names of the shipped profiles, sorted."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def read_profile(name_or_path: str) -> Profile:
    """Read a shipped profile by name, or a TOML file by path."""
    path = Path(name_or_path)
    if path.suffix != ".toml":
        path = FOLDER / f"{name_or_path}.toml"
    if not path.is_file():
        raise unknown("source profiles", "profile", name_or_path, profile_names())
    return parse_profile(path.read_text(encoding="utf-8"), str(path.name))


def parse_profile(text: str, where: str) -> Profile:
    """Parse and check a profile; errors name the file, the key and the nearest known key."""
    try:
        profile = Profile.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(where, f"this is not valid TOML: {error}.", "Correct the line named.") from None
    except ValidationError as error:
        raise ProfileError(where, *_explain(error)) from None
    _check_references(profile, where)
    return profile


def _explain(error: ValidationError) -> tuple[str, str]:
    errors: list[Any] = [*error.errors()]
    # A misspelled key is often also a missing one: the misspelling is what to mend.
    first = next((item for item in errors if item["type"] == "extra_forbidden"), errors[0])
    key = str(first["loc"][-1])
    place = ".".join(str(part) for part in first["loc"][:-1]) or "the profile"
    if first["type"] == "extra_forbidden":
        return f'"{key}" is not a key of {place}.', nearest(key, _keys_at(first["loc"]))
    return f'"{key}" in {place} cannot be used: {first["msg"]}.', ""


def _keys_at(place: tuple[str | int, ...]) -> list[str]:
    """Return the keys known at a place of a profile; all there are where the part cannot be told by its name."""
    named = [part for part in place[:-1] if isinstance(part, str)]
    model = PARTS.get(named[-1]) if named else Profile
    models = (model or FieldSpec,) if model or "fields" in named else MODELS
    return sorted({field.alias or name for part in models for name, field in part.model_fields.items()})


def _check_references(profile: Profile, where: str) -> None:
    """Names inside a profile must exist: inputs, recodes, canonical fields, codes."""
    inputs = {item.id for item in profile.input}
    for item in profile.input:
        for join in item.join:
            if join.input not in inputs:
                raise ProfileError(where, f'input "{join.input}" is not defined.', nearest(join.input, inputs))
        for recode in item.recode.values():
            _check_recode(profile, recode, where)
    for emit in profile.emit:
        if emit.input not in inputs:
            raise ProfileError(where, f'input "{emit.input}" is not defined.', nearest(emit.input, inputs))
        if emit.void and emit.void.after:
            raise ProfileError(
                where, f"the void of {emit.table} cannot compare dates.", "Name a column and its values."
            )
        if emit.link and (emit.table != "milestone" or profile.export_kind != "snapshot"):
            what = f"{emit.table} cannot be linked: only events told twice within one full export can."
            raise ProfileError(where, what, "Leave out link.")
        _check_fields(profile, emit, where)
        _check_complete(emit, where)


def _check_fields(profile: Profile, emit: Emit, where: str) -> None:
    known = {*TABLES[emit.table].by_column, *SPLIT_FIELDS}
    constants = [
        (name, FieldSpec(const=value))
        for item in emit.each
        for name, value in item.items()
        if name != "repeat" and isinstance(value, str | int | bool)
    ]
    for name, spec in (*emit.all_specs(), *constants):
        if name not in known:
            raise ProfileError(where, f'"{name}" is not a field of {emit.table}.', nearest(name, known))
        if isinstance(spec.recode, str):
            _check_recode(profile, spec.recode, where)
        _check_codes(profile, emit.table, name, spec, where)


def _check_recode(profile: Profile, name: str, where: str) -> None:
    if name not in profile.recode:
        raise ProfileError(where, f'recode "{name}" is not defined.', nearest(name, profile.recode))


def _check_complete(emit: Emit, where: str) -> None:
    """Every field a row cannot do without is given; a day of either kind will do for a milestone."""
    given = {*emit.fields, *(name for item in emit.each for name in item), *FILLED}
    missing = [column.name for column in TABLES[emit.table].columns if column.required and column.name not in given]
    if emit.table == "milestone" and not given & {"event_date", "reported_date"}:
        missing.append("event_date")
    if missing:
        raise ProfileError(
            where, f"{emit.table} misses the field {missing[0]}.", f"Add it to the emit of {emit.input}."
        )


def _check_codes(profile: Profile, table: str, name: str, spec: FieldSpec, where: str) -> None:
    column = TABLES[table].by_column.get(name)
    if column is None or column.vocabulary is None:
        return
    vocabulary = VOCABULARIES[column.vocabulary]
    given = (spec.const, spec.default, spec.blank)
    for code in (*profile.recode_of(spec).values(), *(code for code in given if code is not None)):
        if code not in vocabulary and code != "":
            raise ProfileError(where, f'"{code}" is not a value of {name}.', nearest(str(code), vocabulary))
