"""The pipeline commands: sample, load, check, versions, rollback, profiles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import duckdb
import typer
from rich.markup import escape

from pipelines.check_rules import run_checks
from pipelines.cli.console import err, out, progress
from pipelines.cli.refusals import refusal
from pipelines.cli.report import print_checks, print_load, print_relaxed, print_versions
from pipelines.cli.watch import watch_exports
from pipelines.errors import OutcomesError
from pipelines.fix_list import FIX_LIST, fix_list, write_fix_list
from pipelines.load import LoadOptions, LoadReport
from pipelines.load import load as run_load
from pipelines.paths import default_store
from pipelines.private import keep_private
from pipelines.profile import profile_names, read_profile
from pipelines.profile.template import write_template
from pipelines.program import Program, keep_program, kept_program, relaxed_in
from pipelines.versions import live_file, read_pointer
from pipelines.versions import rollback as run_rollback
from pipelines.versions import versions as list_versions

EXIT_CODES = (
    "Exit codes: 0 done (also when nothing was new) · 1 refused, with the reason and the cure · "
    "2 no such command or option, or a value an option cannot take"
)
app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    suggest_commands=True,
    pretty_exceptions_enable=False,
    epilog=EXIT_CODES,
    help="Exports in, one warehouse out.",
)

STORE = default_store()
Store = Annotated[Path, typer.Option(help="Folder that holds the warehouse.", show_default="data/warehouse")]
ProgramFile = Annotated[
    Path | None, typer.Option(help="Program settings (TOML): name, state, gap rule, regions. Kept for later loads.")
]
# Which measures a program file may name is known to who counts them: `outcomes` adds that check.
PROGRAM_CHECKS: list[Callable[[Program], None]] = []


def run(name: str) -> None:
    """Run the commands; an error a person can mend is printed, not thrown, and ends with exit code 1."""
    try:
        app(prog_name=name)
    except (OutcomesError, OSError, duckdb.IOException, duckdb.OutOfMemoryException) as error:
        err.print(f"[bold red]Error:[/] {escape(refusal(error))}", soft_wrap=True)
        raise SystemExit(1) from None


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise OutcomesError("--as-of", f'"{text}" is not a day.', "Write it as 2026-09-30.") from None


@app.command(epilog="Example: outcomes load exports/ --profile recovery_platform --as-of 2026-09-30")
def load(
    profile: Annotated[str, typer.Option(help="Source profile: a shipped name, or a TOML file of your own.")],
    paths: Annotated[list[str] | None, typer.Argument(help="Files, folders or patterns of one export.")] = None,
    as_of: Annotated[
        str | None,
        typer.Option(help="Last day the export covers completely, as 2026-09-30. Needed unless the report states it."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Do everything but publish.")] = False,
    confirm_removals: Annotated[
        bool, typer.Option("--confirm-removals", help="Accept that a full export holds far fewer records.")
    ] = False,
    program: ProgramFile = None,
    store: Store = STORE,
    memory: Annotated[str, typer.Option(help="Most memory the load may take.")] = "2GB",
    watch: Annotated[
        Path | None, typer.Option(help="Load every export dropped into this folder; one line of JSON for each.")
    ] = None,
    every: Annotated[float, typer.Option(help="With --watch: seconds between two looks.", min=0.1)] = 10.0,
) -> None:
    """Load the files of one export and publish a new version.

    With --watch, an export is a file or a folder of files whose name holds the last day it covers, as 2026-09-30.
    Loaded exports move to loaded/, refused ones to set_aside/ with the reason.
    """
    options = LoadOptions(
        store, _day(as_of), _program(store, program), dry_run=dry_run, confirm_removals=confirm_removals, memory=memory
    )
    if watch is not None:
        if paths or as_of or dry_run or confirm_removals:
            what = "it goes with no files, --as-of, --dry-run or --confirm-removals."
            raise OutcomesError("--watch", what, "Leave them out.")
        watch_exports(
            watch,
            lambda export, day: _publish(
                # Read anew for each, so that what is changed in the file holds from the next export on.
                [str(export)],
                profile,
                replace(options, as_of=day, program=_program(store, program)),
                program,
            ),
            every,
        )
        return
    if not paths:
        raise OutcomesError("load", "no files are given.", "Name the files or the folder of the export.")
    with progress("Loading") as listener:
        report = _publish(paths, profile, replace(options, progress=listener), program)
    print_load(report)
    if report.version and any(account.quarantined for account in report.accounts):
        out.print(f"The rows kept out are listed in {store / FIX_LIST}, with what to do.")
    if not read_profile(profile).confirmed and report.version:
        out.print("The headers of this profile are examples: check that each column means what you think it means.")


def _program(store: Path, given: Path | None) -> Program:
    settings = kept_program(store, given)
    for accept in PROGRAM_CHECKS:
        accept(settings)
    return settings


def _publish(paths: Sequence[str], profile: str, options: LoadOptions, program: Path | None) -> LoadReport:
    """Load, and keep beside the version what belongs to it: the program file and the fix list."""
    report = run_load(paths, profile, options)
    if report.version:
        keep_program(options.store, program)
        write_fix_list(fix_list(options.store), options.store / FIX_LIST)
        keep_private(options.store / FIX_LIST)
    return report


@app.command("fix-list", epilog="Example: outcomes fix-list fixes.csv")
def list_fixes(
    file: Annotated[Path, typer.Argument(help="CSV file to write.")] = Path("fix-list.csv"),
    store: Store = STORE,
) -> None:
    """Write the rows that were kept out: file, line, rule and what to do, without any value of theirs."""
    fixes = fix_list(store)
    write_fix_list(fixes, file)
    listed = f"{len(fixes):,} rows to mend are listed" if fixes else "No row was kept out; there is nothing"
    out.print(f"{listed} in {file}.")


@app.command(epilog="Example: outcomes check")
def check(store: Store = STORE) -> None:
    """Run every data-quality rule on the live version."""
    pointer = read_pointer(store)
    con = duckdb.connect()
    con.execute(f"ATTACH '{str(store / pointer.file).replace(chr(39), chr(39) * 2)}' AS w (READ_ONLY)")
    con.execute("USE w")
    results = run_checks(con, write=False)
    print_checks(results)
    print_relaxed(relaxed_in(dict(con.execute("SELECT name, value FROM program_setting").fetchall())))
    if any(result.severity == "stop" and result.rows_found for result in results):
        raise typer.Exit(1)


@app.command(epilog="Example: outcomes versions")
def versions(store: Store = STORE) -> None:
    """List the kept versions, newest first."""
    if live_file(store) is None:
        out.print("No data has been loaded yet. Run `outcomes demo` or `outcomes load`.")
        return
    print_versions(list_versions(store))


@app.command(epilog="Example: outcomes rollback 3f9c2a7be014")
def rollback(
    version: Annotated[str | None, typer.Argument(help="Version to make live; without it, the one before.")] = None,
    store: Store = STORE,
) -> None:
    """Make an earlier version live again; nothing is deleted."""
    out.print(f"Version {run_rollback(store, version)} is live.")


@app.command(epilog="Example: outcomes profiles --template blank/")
def profiles(
    template: Annotated[
        Path | None,
        typer.Option(help="Write blank files of our own template, and a guide to their columns, into this folder."),
    ] = None,
) -> None:
    """List the source profiles, or hand out the blank template."""
    if template is not None:
        for path in write_template(template):
            out.print(f"Wrote {path}")
        return
    for name in profile_names():
        profile = read_profile(name)
        files = ", ".join(item.match for item in profile.input)
        out.print(f"[bold]{name}[/]  {profile.description}\n    files named {escape(files)}")


@app.command(epilog="Example: outcomes sample exports/ --participants 700")
def sample(
    folder: Annotated[Path, typer.Argument(help="Folder to write the exports into.")],
    participants: Annotated[int | None, typer.Option(help="About how many people.", min=1)] = None,
    sessions: Annotated[
        int | None, typer.Option(help="About how many sessions, up to 100 million.", min=1, max=100_000_000)
    ] = None,
    shape: Annotated[str, typer.Option(help="vendor or canonical.")] = "vendor",
    seed: Annotated[int, typer.Option(help="The same seed gives the same files.")] = 20260930,
) -> None:
    """Write synthetic exports: made by a program, no real person is in them."""
    from pipelines.sample import write_sample  # numpy and writers are slow to import; other commands do not need them

    if shape not in ("vendor", "canonical"):
        raise OutcomesError("--shape", f'"{shape}" is not known.', "Write vendor or canonical.")
    started = datetime.now()
    with progress("Writing") as listener:
        files = write_sample(
            folder, participants=participants, sessions=sessions, seed=seed,
            shape="canonical" if shape == "canonical" else "vendor", progress=listener,
        )  # fmt: skip
    for profile, paths in files.files.items():
        out.print(f"[bold]{profile}[/]: {', '.join(path.name for path in paths)}")
    seconds = (datetime.now() - started).total_seconds()
    out.print(
        f"{files.participants:,} people, {files.sessions:,} sessions, data through {files.as_of} ({seconds:.1f} s)."
    )
