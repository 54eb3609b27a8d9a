"""The `outcomes` command: the pipeline commands, and those that need measures or the dashboard."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import dashboard.cli_measure  # noqa: F401  (registers measures and measure)
from dashboard.cli_reports import report
from dashboard.publish_cli import PUBLISHED  # the import also registers publish, audit and policy
from pipelines.cli import app, run
from pipelines.cli.app import PROGRAM_CHECKS, STORE, Store
from pipelines.cli.console import progress
from pipelines.paths import sample_folder

if TYPE_CHECKING:
    from pipelines.program import Program

DEMO = STORE.parent / "incoming" / "demo"
Host = Annotated[str, typer.Option(help="Address to serve on; only this machine by default.")]
Port = Annotated[int, typer.Option(help="Port to serve on.", min=1, max=65535)]
app.add_typer(report, name="report")
Headless = Annotated[bool, typer.Option("--headless", help="Do not open a browser window.")]


def _measures_are_known(program: Program) -> None:
    """Refuse a program file that names measures nobody counts, before its data are loaded."""
    if program.annotation or program.target:
        from dashboard.measures.plans import check_program

        check_program(program)


PROGRAM_CHECKS.append(_measures_are_known)


def main() -> None:
    """Run the `outcomes` command."""
    run("outcomes")


@app.command(epilog="Example: outcomes serve --port 8501")
def serve(
    store: Store = STORE,
    host: Host = "127.0.0.1",
    port: Port = 8501,
    headless: Headless = False,
    audience: Annotated[
        str, typer.Option(help="director (exact numbers), funder or board (only what was published for them).")
    ] = "director",
    published: Annotated[
        Path, typer.Option(help="Folder of what is published.", show_default="data/published")
    ] = PUBLISHED,
) -> None:
    """Open the dashboard: on the live version, or for a funder or the board on what was published for them."""
    from dashboard.serve import serve as run_server  # Streamlit takes a second to import
    from dashboard.settings import audience_named

    run_server(
        store, host, port, headless=headless, audience=audience_named(audience, "--audience"), published=published
    )


@app.command(epilog="Example: outcomes demo")
def demo(
    folder: Annotated[
        Path, typer.Option(help="Where the demo exports and warehouse go.", show_default="data/incoming/demo")
    ] = DEMO,
    host: Host = "127.0.0.1",
    port: Port = 8501,
    headless: Headless = False,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Load the demo data and stop.")] = False,
) -> None:
    """Write synthetic exports, load them, and open the dashboard on them."""
    store = folder / "warehouse"
    _load_demo(folder / "exports", store)
    if not no_serve:
        serve(store, host, port, headless, "director", folder / "published")


def _load_demo(exports: Path, store: Path) -> None:
    from pipelines.cli.report import print_load
    from pipelines.load import LoadOptions, load
    from pipelines.program import keep_program, read_program
    from pipelines.sample import write_sample

    program_file = sample_folder() / "program.toml"
    program = read_program(program_file)
    _measures_are_known(program)
    with progress("Writing synthetic exports") as listener:
        files = write_sample(exports, progress=listener)
    for profile, paths in files.files.items():
        with progress(f"Loading {profile}") as listener:
            options = LoadOptions(store, files.as_of, program, progress=listener)
            report = load([str(path) for path in paths], profile, options)
        print_load(report)
    keep_program(store, program_file)


__all__ = ["app", "main"]
