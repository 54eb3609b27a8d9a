"""The audit of a publication: attack everything that was ever published, and say what an attacker ends up with."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.audit.findings import AuditReport, Finding
from pipelines.audit.insider import insider_failures
from pipelines.audit.judge import Judge, restatements
from pipelines.audit.knowledge import Knowledge, union
from pipelines.audit.system import group_names, system_of
from pipelines.errors import OutcomesError
from pipelines.policy import AudienceName, Policy, policy_hash, quantities, read_policy
from pipelines.published import Cube, cube_paths, read_cube, read_published
from pipelines.published.cube import PUT_BACK
from pipelines.published.folder import POINTER, POLICY

_ATTACKERS = (
    "A0 equations",
    "A1 bounds",
    "A2 whole numbers",
    "A4 all releases and audiences",
    "A3 one insider",
)


def audit_folder(folder: Path, *, insider: bool = False) -> dict[AudienceName, AuditReport]:
    """Audit what lies in a published folder: every audience alone, and all of them together."""
    nothing = OutcomesError(str(folder), "nothing is published here.", "Name the folder `outcomes publish` wrote.")
    if not (folder / POLICY).is_file():
        raise nothing
    policy, text = read_policy(folder / POLICY)
    cubes = {name: _kept(folder, name) for name in policy.audiences}
    cubes = {name: found for name, found in cubes.items() if found}
    if not cubes:
        raise nothing
    return audit_cubes(cubes, policy, text, insider=insider)


def _kept(folder: Path, audience: AudienceName) -> tuple[Cube, ...]:
    """Return every release of an audience.

    Raises OutcomesError if one is missing, or holds other content than the release its name says: an attack that
    knows less than an attacker proves nothing.
    """
    cubes = []
    for number, path in enumerate(cube_paths(folder, audience), 1):
        cube = read_cube(path)
        if cube.sequence != number:
            raise OutcomesError(str(folder / audience), f"the file of release {number} is missing.", PUT_BACK)
        if path.stem != f"cube-{number:04d}-{cube.release}":
            raise OutcomesError(str(path), "this is not the release its name says.", PUT_BACK)
        cubes.append(cube)
    if (folder / audience / POINTER).is_file():
        live = read_published(folder, audience).cube.sequence  # also compares the file with what the pointer says
        if live > len(cubes):
            raise OutcomesError(str(folder / audience), f"the file of release {live} is missing.", PUT_BACK)
    return tuple(cubes)


def audit_cubes(
    cubes: Mapping[AudienceName, Sequence[Cube]], policy: Policy, text: str, *, insider: bool = False
) -> dict[AudienceName, AuditReport]:
    """Audit the newest release of each audience: against all its releases, and against all audiences pooled.

    Raises OutcomesError if published numbers contradict each other or a solver fails: no verdict is no pass.
    """
    attack = _Attack(policy, insider=insider)
    every = [cube for found in cubes.values() for cube in found]
    narrowest = min(cubes, key=policy.width_for)
    reports = {}
    for name, own in cubes.items():
        started = time.perf_counter()
        alone, pooled = attack.on(own, name), attack.on(every, narrowest)
        failures = [*_formal(own, policy, text), *alone.failures, *_more(pooled.failures, alone.failures)]
        reports[name] = AuditReport(
            name,
            tuple(sorted(cubes)),
            max(own, key=lambda cube: cube.sequence),
            tuple(alone.findings),
            tuple(dict.fromkeys(failures)),
            policy.width_for(name),
            tuple(_ATTACKERS[: 4 + insider]),
            time.perf_counter() - started,
            {"releases": len(own), "withheld": len(alone.findings), "withheld_pooled": len(pooled.findings)},
        )
    return reports


def _more(pooled: Sequence[str], alone: Sequence[str]) -> list[str]:
    return [f"pooled: {fault}" for fault in pooled if fault not in alone]


def _formal(own: Sequence[Cube], policy: Policy, text: str) -> Iterable[str]:
    """Yield what is wrong with the files before any attack."""
    every = quantities(policy)
    for cube in own:
        if cube.policy_hash != policy_hash(text):
            yield f"release {cube.sequence} was made under another policy"
        codes = cube.frame.loc[cube.frame["county_level"] == "county", "county"]
        if not set(codes) <= cube.regions.keys():
            yield f"release {cube.sequence} holds a county without a region"
        if not set(cube.frame["quantity"]) <= every.keys():
            yield f"release {cube.sequence} holds a count the policy does not know"


@dataclass
class _Outcome:
    findings: list[Finding] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


class _Attack:
    """Attacks a pool of cubes; a pool that says the same as an earlier one is not attacked again."""

    def __init__(self, policy: Policy, *, insider: bool) -> None:
        self._policy, self._insider = policy, insider
        self._done: list[tuple[dict[int, Knowledge], AudienceName, _Outcome]] = []

    def on(self, cubes: Sequence[Cube], audience: AudienceName) -> _Outcome:
        """Return what an attacker finds who has all these cubes, by the rules of an audience."""
        known = union(cubes)
        for before, name, outcome in self._done:
            if name == audience and before == known:
                return outcome
        outcome = self._run(known, audience)
        self._done.append((known, audience, outcome))
        return outcome

    def _run(self, known: dict[int, Knowledge], audience: AudienceName) -> _Outcome:
        outcome, width = _Outcome(), self._policy.width_for(audience)
        for knowledge in known.values():
            outcome.failures += knowledge.faults
            touched = {cell.quantity for cell in (*knowledge.shown, *knowledge.withheld)}
            for names in group_names(self._policy):
                if names & touched:
                    system = system_of(self._policy, knowledge, names)
                    judge = Judge(self._policy, audience, width, knowledge, system)
                    findings, failures = judge.verdict()
                    outcome.findings += findings
                    outcome.failures += failures
                    outcome.failures += insider_failures(judge, findings, failures) if self._insider else []
        outcome.failures += restatements(self._policy, audience, width, known, outcome.findings)
        return outcome
