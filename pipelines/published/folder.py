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
from pipelines.published.cube import Cube, content_hash, read_cube

POINTER, POLICY = "current.json", "policy.toml"


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
        pointer = json.loads((place / POINTER).read_text(encoding="utf-8"))
        data = (place / pointer["file"]).read_bytes()
        audit = json.loads((place / pointer["audit"]).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NoDataError(str(place), "nothing has been published yet.", "Run `outcomes publish`.") from None
    except (ValueError, KeyError, TypeError):
        raise OutcomesError(str(place), "the pointer or its audit is damaged.", "Run `outcomes publish`.") from None
    cube = read_cube(place / pointer["file"])
    policy, text = read_policy(folder / POLICY)
    wrong = {
        "the file is not the one that was published": hashlib.sha256(data).hexdigest() != pointer["sha256"],
        "its audit did not pass": audit.get("passed") is not True,
        "its audit belongs to another release": audit.get("content_hash") != content_hash(cube),
        "it was made under another policy": policy_hash(text) != cube.policy_hash,
        "it belongs to another audience": cube.audience != audience,
    }
    for reason, is_so in wrong.items():
        if is_so:
            raise OutcomesError(str(place), f"{reason}.", "Run `outcomes publish`.")
    return Published(cube, policy, audit)


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
