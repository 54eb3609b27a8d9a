"""Publishing: protect, audit, and only then make live. Whatever goes wrong, the previous release stays up."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd
from filelock import FileLock, Timeout

from pipelines.audit import AuditReport, audit_cubes, audit_folder, page, rounded
from pipelines.disclosure import Counts, Draft, draft, read_ledger
from pipelines.errors import NoDataError, OutcomesError
from pipelines.policy import AudienceName, policy_hash, read_policy
from pipelines.published import Cube, content_hash, cube_paths, point_to, read_cube, read_published, write_cube
from pipelines.published.cube import KEY, PUT_BACK
from pipelines.published.folder import POLICY


@dataclass(frozen=True)
class Publication:
    """What was published: the report of each audience's audit; not `new` if the release in use says it all already."""

    reports: dict[AudienceName, AuditReport]
    new: bool = True


class AuditFailedError(OutcomesError):
    """The audit found something an attacker could work out; nothing was published."""


def publish(counts: Counts, policy_file: Path, published: Path, ledger: Path, *, restate: bool = False) -> Publication:
    """Protect the counts under a policy and publish one cube per audience into the folder `published`.

    Raises OutcomesError (ProtectionError, AuditFailedError …) with the reason if nothing was published.
    """
    policy, text = read_policy(policy_file)
    with _alone(published):
        _same_policy(published, text)
        book = read_ledger(ledger)
        _same_releases(published, book.lines, tuple(policy.audiences))
        made = draft(counts, policy, text, book, restate=restate)
        if all(_says_the_same(published, name, cube) for name, cube in made.cubes.items()):
            return Publication(audit_folder(published, insider=policy.attacker.insider > 0), new=False)
        reports = _audited(made, published, policy_file)
        staged = _stage(made, reports, published)
        book.append(made.entry)
        (published / POLICY).write_text(text, encoding="utf-8", newline="")
        for name, (cube, audit) in staged.items():
            point_to(published, name, cube, audit)
    return Publication(reports)


@contextmanager
def _alone(published: Path) -> Iterator[None]:
    published.mkdir(parents=True, exist_ok=True)
    lock = FileLock(published / "publish.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise OutcomesError(str(published), "another publication is running.", "Wait until it has finished.") from None
    try:
        yield
    finally:
        lock.release()


def _same_policy(published: Path, text: str) -> None:
    kept = published / POLICY
    if kept.is_file() and policy_hash(kept.read_text(encoding="utf-8")) != policy_hash(text):
        cure = "Publish into a new folder, with a new ledger."
        raise OutcomesError(str(kept), "earlier releases were made under another policy.", cure)


def _same_releases(published: Path, lines: Sequence[dict[str, Any]], audiences: tuple[AudienceName, ...]) -> None:
    """Refuse a ledger that does not know every release, and a folder that has not kept every release of the ledger.

    What the ledger does not know cannot be protected, and what the folder has lost cannot be attacked with the rest.
    One release beyond the ledger that never became live was stopped on its way, and is removed.
    """
    for name in audiences:
        live = _live_sequence(published, name)
        kept = {cube.sequence: cube for cube in map(read_cube, cube_paths(published, name))}
        for sequence in sorted(kept):
            if sequence > len(lines) and (live > len(lines) or sequence > len(lines) + 1):
                where = "Name the ledger of this folder with --ledger."
                raise OutcomesError(str(published), f"release {sequence} is not in the ledger.", where)
            if sequence > len(lines):
                for leftover in (published / name).glob(f"*-{sequence:04d}-*"):
                    leftover.unlink()
        for line in lines:
            sequence = line["sequence"]
            if sequence not in kept:
                raise OutcomesError(str(published / name), f"the file of release {sequence} is missing.", PUT_BACK)
            if content_hash(kept[sequence]) != line["content_hash"][name]:
                raise OutcomesError(str(published / name), f"the file of release {sequence} was changed.", PUT_BACK)


def _live_sequence(published: Path, name: AudienceName) -> float:
    """Return the release in use, 0 if none ever was, infinity if that can no longer be told."""
    try:
        return read_published(published, name).cube.sequence
    except NoDataError:
        return 0
    except OutcomesError:
        return math.inf


def _says_the_same(published: Path, name: AudienceName, cube: Cube) -> bool:
    """Return whether the release in use differs from a draft by its number alone."""
    try:
        live = read_published(published, name).cube
    except OutcomesError:
        return False
    return content_hash(replace(cube, sequence=live.sequence)) == content_hash(live)


def _audited(made: Draft, published: Path, policy_file: Path) -> dict[AudienceName, AuditReport]:
    """Audit the draft together with everything published before; raise AuditFailedError unless all pass."""
    policy, text = read_policy(policy_file)
    every = {name: [*(read_cube(p) for p in cube_paths(published, name)), cube] for name, cube in made.cubes.items()}
    reports = audit_cubes(every, policy, text, insider=policy.attacker.insider > 0)
    failed = [f"{name}: {text}" for name, report in reports.items() for text in report.failures]
    if failed:
        raise AuditFailedError(
            "audit", f"{len(failed)} findings, first: {failed[0]}.", "Release fewer or coarser tables."
        )  # fmt: skip
    return reports


def _stage(
    made: Draft, reports: dict[AudienceName, AuditReport], published: Path
) -> dict[AudienceName, tuple[Path, Path]]:
    """Write cubes and reports beside the live ones; without a pointer they are not live."""
    staged = {}
    for name, cube in made.cubes.items():
        place = published / name
        place.mkdir(exist_ok=True)
        stem = f"{cube.sequence:04d}-{cube.release}"
        path, audit = place / f"cube-{stem}.parquet", place / f"audit-{stem}.json"
        write_cube(_with_ranges(cube, reports[name]), path)
        if content_hash(read_cube(path)) != content_hash(cube):
            raise OutcomesError(str(path), "the file does not hold what was decided.", "Publish again.")
        audit.write_text(json.dumps(reports[name].as_json(), indent=1), encoding="utf-8")
        audit.with_suffix(".html").write_text(page(reports[name]), encoding="utf-8")
        staged[name] = (path, audit)
    return staged


def _with_ranges(cube: Cube, report: AuditReport) -> Cube:
    """Add what anyone could work out for each withheld cell, rounded outward to fives."""
    ranges = {tuple(f.cell): rounded(f) for f in report.findings if f.vintage == cube.vintage}
    found = [ranges.get(key, (None, None)) for key in cube.frame[KEY].itertuples(index=False, name=None)]
    lo, hi = (pd.array([pair[n] for pair in found], dtype="Int64") for n in (0, 1))
    return replace(cube, frame=cube.frame.assign(lo=lo, hi=hi))
