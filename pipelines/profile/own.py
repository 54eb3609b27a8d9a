"""Profiles a program wrote for itself, kept beside its warehouse: found by name, read by the command line by path.

A profile of one's own with the name of a shipped one stands in for it; its version is counted up with every change,
so that files read with the version before are read again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit import TOMLDocument

from pipelines.errors import OutcomesError
from pipelines.private import keep_private, private_folder
from pipelines.profile.compose import CLASSES, class_of
from pipelines.profile.model import Profile
from pipelines.profile.registry import FOLDER, parse_profile, profile_names

OWN = "profiles"
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True, slots=True)
class MappedValue:
    """What a text in one field of one emit means: the field's place in the profile, the text, and the code."""

    emit: int
    field: str
    spec: int
    text: str
    code: str


def profile_files(store: Path) -> dict[str, Path]:
    """Return name -> file of every profile a load into this store may use; one's own before shipped ones."""
    own = {path.stem: path for path in sorted((store / OWN).glob("*.toml"))}
    return own | {name: FOLDER / f"{name}.toml" for name in profile_names() if name not in own}


def known_profiles(store: Path) -> dict[str, Profile]:
    """Return the profiles of `profile_files`, read; one of one's own that cannot be used is left out."""
    found = {}
    for name, path in profile_files(store).items():
        try:
            found[name] = parse_profile(path.read_text(encoding="utf-8"), path.name)
        except OutcomesError:
            if path.parent == FOLDER:
                raise
    return found


def keep_profile(store: Path, text: str) -> Path:
    """Check a profile and keep it beside the warehouse, in place of one with its name; return its file."""
    profile = parse_profile(text, "the profile")
    if not NAME.fullmatch(profile.name):
        what = f'"{profile.name}" cannot be the name of a profile.'
        raise OutcomesError("the profile", what, "Use small letters, digits and underscores, a letter first.")
    path = store / OWN / f"{profile.name}.toml"
    private_folder(store)
    private_folder(path.parent)
    draft = path.with_suffix(".draft")
    draft.write_text(text, encoding="utf-8")
    keep_private(draft).replace(path)
    return path


def with_values(text: str, values: Sequence[MappedValue]) -> str:
    """Return a profile's text with more values mapped, its comments kept and its version counted up."""
    document = tomlkit.parse(text)
    for value in values:
        _recode(document, value)[value.text] = value.code
        if value.field == "code" and CLASSES in document.get("recode", {}):
            document["recode"][CLASSES][value.text] = class_of(value.code)
    document["version"] = next_version(str(document["version"]))
    return tomlkit.dumps(document)


def next_version(version: str) -> str:
    """Count up the last part of a version: 1 -> 1.1 -> 1.2."""
    head, dot, last = version.rpartition(".")
    return f"{head}.{int(last) + 1}" if dot and last.isdecimal() else f"{version}.1"


def _recode(document: TOMLDocument, value: MappedValue) -> Any:  # noqa: ANN401  (a table of tomlkit)
    """Return the table of recodes that a field reads, made where there is none."""
    fields = document["emit"][value.emit]["fields"]
    spec: Any = fields[value.field]
    if isinstance(spec, str):
        spec = tomlkit.inline_table()
        spec["from"] = str(fields[value.field])
        fields[value.field] = spec
    elif not isinstance(spec, Mapping):
        spec = spec[value.spec]
    if isinstance(spec.get("recode"), str):
        recodes: Any = document["recode"]
        return recodes[spec["recode"]]
    if "recode" not in spec:
        spec["recode"] = tomlkit.inline_table()
    return spec["recode"]
