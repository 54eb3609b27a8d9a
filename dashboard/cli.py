"""The `outcomes` command: the pipeline commands, and those that need measures or the dashboard."""

from __future__ import annotations

from datetime import date
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from dashboard.cli_reports import report
from dashboard.publish_cli import PUBLISHED  # the import also registers publish, audit and policy
from pipelines.cli import app, run
from pipelines.cli.app import STORE, Store
from pipelines.cli.console import out, progress
from pipelines.paths import sample_folder

if TYPE_CHECKING:
    from dashboard.measures import Result

DEMO = STORE.parent / "incoming" / "demo"
Host = Annotated[str, typer.Option(help="Address to serve on; only this machine by default.")]
Port = Annotated[int, typer.Option(help="Port to serve on.", min=1, max=65535)]
app.add_typer(report, name="report")
Headless = Annotated[bool, typer.Option("--headless", help="Do not open a browser window.")]


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
    with progress("Writing synthetic exports") as listener:
        files = write_sample(exports, progress=listener)
    for profile, paths in files.files.items():
        with progress(f"Loading {profile}") as listener:
            options = LoadOptions(store, files.as_of, program, progress=listener)
            report = load([str(path) for path in paths], profile, options)
        print_load(report)
    keep_program(store, program_file)


@app.command(epilog="Example: outcomes measures")
def measures() -> None:
    """List every measure with its definition."""
    from dashboard.measures import load_measures

    table = Table("Measure", "Name", "What it says", "Numerator", "Denominator")
    for item in sorted(load_measures().values(), key=lambda measure: measure.id):
        table.add_row(item.id, item.name, item.title, item.numerator, item.denominator or "–")
    out.print(table)


@app.command(epilog="Example: outcomes measure people_served --calendar quarter --by county")
def measure(  # every option is one choice of the question
    name: Annotated[str, typer.Argument(help="A name from `outcomes measures`.")],
    calendar: Annotated[
        str, typer.Option(help="month, quarter, federal_fiscal_quarter, state_fiscal_year …")
    ] = "quarter",
    by: Annotated[
        list[str] | None, typer.Option(help="Split by a dimension, for example county; may be repeated.")
    ] = None,
    periods: Annotated[int, typer.Option(help="How many of the latest periods.", min=1)] = 8,
    csv: Annotated[bool, typer.Option("--csv", help="Write CSV instead of a table.")] = False,
    store: Store = STORE,
) -> None:
    """Evaluate one measure and print numerator, denominator, value and interval."""
    from dashboard.measures import Query, evaluate, periods_of
    from dashboard.store import Store as Warehouse

    warehouse = Warehouse(store)
    warehouse.refresh()
    start = date.fromisoformat(warehouse.settings["data_start"])
    every = periods_of(calendar, start, warehouse.as_of)
    result = evaluate(warehouse, Query(name, every[-periods:], tuple(by or ())))
    if csv:
        out.file.write(result.frame.to_csv(index=False))
        return
    _print_result(result)


def _print_result(result: Result) -> None:
    from dashboard.measures import title, value_text

    dimensions = result.query.by
    of = f", of {result.measure.denominator}" if result.measure.denominator else ""
    out.print(f"[bold]{result.measure.title}[/]: {result.measure.numerator}{of}.")
    table = Table("Period", *(title(name) for name in dimensions), "n", "of N", "Value", "95 % limits", "Note")
    for row in result.frame.to_dict("records"):
        words = [result.label(name, row[name]) for name in dimensions]
        limits = [value_text(result.measure, row[side]) for side in ("lower", "upper")]
        note = row["reason"] or ("" if row["completeness"] == "complete" else row["completeness"])
        value = value_text(result.measure, row["value"])
        counts = [_count(row[name]) for name in ("numerator", "denominator")]
        table.add_row(row["period"], *words, *counts, value, " to ".join(limits), note)
    out.print(table)
    out.print(f"Data through {result.provenance.as_of}. Version {result.provenance.version}.")


def _count(value: float) -> str:
    return "–" if isnan(value) else f"{value:,.1f}".removesuffix(".0")


__all__ = ["app", "main"]
