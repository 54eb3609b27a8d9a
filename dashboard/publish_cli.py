"""The commands that publish and check publications: `outcomes publish`, `audit`, `policy check`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from pipelines.cli import app
from pipelines.cli.app import STORE, Store
from pipelines.cli.console import out
from pipelines.errors import OutcomesError, nearest
from pipelines.policy import default_policy, explain, read_policy, shipped_policies

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipelines.audit import AuditReport

PUBLISHED = STORE.parent / "published"
policy = typer.Typer(no_args_is_help=True, help="The rules of what funders and the board may see.")
app.add_typer(policy, name="policy")
PolicyFile = Annotated[Path | None, typer.Option("--policy", help="Policy file (TOML); the shipped one by default.")]
Ledger = Annotated[
    Path | None, typer.Option(help="Folder of the ledger, as private as the warehouse.", show_default="STORE/ledger")
]
Published = Annotated[Path, typer.Option(help="Folder of what is published.", show_default="data/published")]


@app.command(epilog="Example: outcomes publish --policy policy.toml")
def publish(
    policy_file: PolicyFile = None,
    published: Published = PUBLISHED,
    store: Store = STORE,
    ledger: Ledger = None,
    restate: Annotated[
        bool, typer.Option("--restate", help="Begin a new vintage: corrections to what was shown come in. Yearly.")
    ] = False,
) -> None:
    """Protect small numbers, attack the result, and publish one file per audience if nothing gives way."""
    from dashboard.publish import publish as run  # the solver is slow to import
    from dashboard.store import Store as Warehouse

    chosen = policy_file or (published / "policy.toml" if (published / "policy.toml").is_file() else default_policy())
    made = run(Warehouse(store), chosen, published, ledger or store / "ledger", restate=restate)
    _print(made.reports.values())
    if not made.new:
        out.print("Nothing new to publish: the release in use stays, and passed its audit again.")


@app.command(epilog="Example: outcomes audit data/published")
def audit(
    published: Annotated[
        Path, typer.Argument(help="Folder of what is published.", show_default="data/published")
    ] = PUBLISHED,
    insider: Annotated[
        bool, typer.Option("--insider", help="Also ask what the one person behind a count learns from it.")
    ] = False,
    report: Annotated[Path | None, typer.Option(help="Write JSON and one-page HTML reports into this folder.")] = None,
) -> None:
    """Attack everything that was published; it needs nothing but the published files."""
    from pipelines.audit import audit_folder, page

    reports = audit_folder(published, insider=insider)
    if report is not None:
        report.mkdir(parents=True, exist_ok=True)
        for name, found in reports.items():
            (report / f"audit-{name}.json").write_text(json.dumps(found.as_json(), indent=1), encoding="utf-8")
            (report / f"audit-{name}.html").write_text(page(found), encoding="utf-8")
    _print(reports.values())
    if not all(found.passed for found in reports.values()):
        raise typer.Exit(1)


@policy.command(epilog="Example: outcomes policy check --policy policy.toml")
def check(policy_file: PolicyFile = None) -> None:
    """Say in plain words what a policy does, and which tables each audience gets."""
    path = policy_file or default_policy()
    rules, _ = read_policy(path)
    out.print(f"[bold]{path.name}[/] can be used.\n")
    out.print(explain(rules), markup=False)


@policy.command(name="list", epilog="Example: outcomes policy list")
def list_() -> None:
    """List the policies that come with the program, each with what it is for."""
    table = Table("Policy", "What it is for")
    for name, path in shipped_policies().items():
        table.add_row(name, _purpose(path))
    out.print(table)
    out.print("`outcomes policy write NAME FILE` copies one, to be changed and given to `outcomes publish --policy`.")


@policy.command(epilog="Example: outcomes policy write overdose_surveillance policy.toml")
def write(
    name: Annotated[str, typer.Argument(help="Name of a shipped policy, as `outcomes policy list` has them.")],
    file: Annotated[Path, typer.Argument(help="File to write; one that exists is kept.")],
) -> None:
    """Copy a shipped policy into a file of your own."""
    known = shipped_policies()
    if name not in known:
        raise OutcomesError(name, "there is no shipped policy of this name.", nearest(name, known))
    if file.exists():
        raise OutcomesError(str(file), "there is a file of this name already.", "Give another name.")
    file.write_text(known[name].read_text(encoding="utf-8"), encoding="utf-8")
    out.print(f"Wrote {file}.", markup=False)


def _purpose(path: Path) -> str:
    """Return the first paragraph of the comment a policy begins with."""
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = lines[: next(n for n, line in enumerate(lines) if line in {"", "#"})]
    return " ".join(line.removeprefix("# ") for line in kept)


def _print(reports: Iterable[AuditReport]) -> None:
    table = Table("Audience", "Release", "Shown", "Withheld", "Not released", "Narrowest range", "Audit")
    failures: list[str] = []
    for found in reports:
        content = found.as_json()
        counts, worst = content["counts"], content["worst"]
        numbers = [f"{counts[state]:,}" for state in ("shown", "withheld", "not_released")]
        width = "–" if not worst or worst[0]["width"] is None else str(worst[0]["width"])
        verdict = "passed" if found.passed else "failed"
        table.add_row(found.audience, f"{found.cube.sequence} ({found.cube.release})", *numbers, width, verdict)
        failures += found.failures
    out.print(table)
    for failure in failures[:20]:
        out.print(f"  {failure}", markup=False)
