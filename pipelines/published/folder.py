"""The folder of what is published: every release of an audience, its audits, and a pointer to the live one.

policy.toml
funder/current.json           {"file", "sha256", "content_hash", "audit", "as_of"}
funder/cube-0001-<release>.parquet      never changed or removed
funder/audit-0001-<release>.json, .html
board/…
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.errors import NoDataError, OutcomesError
from pipelines.policy import AudienceName, Policy, policy_hash, read_policy
from pipelines.published.cube import PUT_BACK, Cube, content_hash, read_cube

POINTER, POLICY = "current.json", "policy.toml"
_PUBLISH = "Run `outcomes publish`."


@dataclass(frozen=True)
class Published:
    """The live release of one audience: its cube, its policy and the report of its audit."""

    cube: Cube
    policy: Policy
    audit: dict[str, Any]


def cube_paths(folder: Path, audience: AudienceName) -> list[Path]:
    """Return the files of every release of an audience, in order of release."""
    return sorted((folder / audience).glob("cube-*.parquet"))


def read_published(folder: Path, audience: AudienceName) -> Published:
    """Open the live release of one audience.

    Refuses (OutcomesError) a file that was changed, one whose audit is missing, failed or belongs to other content,
    and one made under another policy; NoDataError while nothing is published.
    """
    place = folder / audience
    try:
        text = (place / POINTER).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise NoDataError(str(place), "nothing has been published yet.", _PUBLISH) from None
    try:
        pointer = json.loads(text)
        file, audit_file = place / pointer["file"], place / pointer["audit"]
        data = _bytes(file, PUT_BACK)
        audit = json.loads(_bytes(audit_file, _PUBLISH))
    except (ValueError, KeyError, TypeError):
        raise OutcomesError(str(place), "the pointer or its audit is damaged.", _PUBLISH) from None
    cube = read_cube(file)
    policy, text = read_policy(folder / POLICY)
    wrong = (
        (
            file,
            "this is not the file that was published",
            hashlib.sha256(data).hexdigest() != pointer["sha256"],
            PUT_BACK,
        ),
        (audit_file, "this audit did not pass", audit.get("passed") is not True, _PUBLISH),
        (
            audit_file,
            "this audit belongs to another release",
            audit.get("content_hash") != content_hash(cube),
            _PUBLISH,
        ),
        (folder / POLICY, "the release was made under another policy", policy_hash(text) != cube.policy_hash, PUT_BACK),
        (file, "this release belongs to another audience", cube.audience != audience, _PUBLISH),
    )
    for where, reason, is_so, cure in wrong:
        if is_so:
            raise OutcomesError(str(where), f"{reason}.", cure)
    return Published(cube, policy, audit)


def _bytes(path: Path, cure: str) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise OutcomesError(str(path), "this file of the release in use is missing.", cure) from None


def point_to(folder: Path, audience: AudienceName, cube: Path, audit: Path) -> None:
    """Make a release live, at once or not at all."""
    place = folder / audience
    published = read_cube(cube)
    content = {
        "file": cube.name,
        "sha256": hashlib.sha256(cube.read_bytes()).hexdigest(),
        "content_hash": content_hash(published),
        "audit": audit.name,
        "as_of": published.as_of,
    }
    temporary = place / f"{POINTER}.{secrets.token_hex(4)}.tmp"
    with temporary.open("w", encoding="utf-8") as handle:
        json.dump(content, handle)
        handle.flush()
        os.fsync(handle.fileno())
    temporary.replace(place / POINTER)
