"""`outcomes report`: grant reports and board decks as files, and the check of a file's numbers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.publish_cli import PUBLISHED, Published
from pipelines.cli.app import STORE, Store
from pipelines.cli.console import out, progress
from pipelines.errors import OutcomesError

if TYPE_CHECKING:
    from dashboard.report_files import Written

report = typer.Typer(no_args_is_help=True, help="Grant reports and board decks, and the check of their numbers.")

PeriodCode = Annotated[str, typer.Option("--period", help="2026-FFQ3, 2026Q3, 2026-SFY, 2026-GY, 2026H1, 2026-07 …")]
To = Annotated[str, typer.Option("--to", help="Formats, with commas between them.")]
Folder = Annotated[Path, typer.Option("--out", help="Folder for the files.")]
Reason = Annotated[str, typer.Option("--reason", help="Why the numbers leave the house; kept in the log of exports.")]


@report.command(epilog="Example: outcomes report grant --funder samhsa_bcor --period 2026-FFQ3 --to xlsx,docx,pdf")
def grant(  # every option is one choice about the report
    funder: Annotated[str, typer.Option("--funder", help="A shipped funder, or a TOML file of your own.")],
    period: PeriodCode,
    to: To = "xlsx,docx,pdf",
    shareable: Annotated[
        bool, typer.Option("--shareable", help="Protected numbers instead of exact ones, for anyone but the funder.")
    ] = False,
    submitted: Annotated[
        bool, typer.Option("--submitted", help="Keep these numbers as handed in; later reports show what changed.")
    ] = False,
    reason: Reason = "",
    folder: Folder = Path(),
    store: Store = STORE,
    published: Published = PUBLISHED,
) -> None:
    """Write a grant report: exact and restricted, or protected with --shareable."""
    from dashboard.report_files import Errand, write_grant  # pandas takes a second to import

    reason = _reason(reason)
    with progress("Answering") as listener:
        errand = Errand(store, published, _names(to), folder, reason, listener)
        written = write_grant(funder, period, errand, shareable=shareable, submitted=submitted)
    _print(written)


@report.command(epilog="Example: outcomes report board --period 2026Q3 --to pptx,pdf")
def board(
    period: PeriodCode,
    to: To = "pptx,pdf",
    funder: Annotated[str, typer.Option("--funder", help="Funder whose targets the deck shows.")] = "",
    reason: Reason = "",
    folder: Folder = Path(),
    store: Store = STORE,
    published: Published = PUBLISHED,
) -> None:
    """Write a board deck and its one-page scorecard (Letter and A4); always of protected numbers."""
    from dashboard.report_files import Errand, write_board

    reason = _reason(reason)
    with progress("Answering") as listener:
        written = write_board(period, funder, Errand(store, published, _names(to), folder, reason, listener))
    _print(written)


@report.command(epilog="Example: outcomes report verify samhsa_bcor-2026-FFQ3.xlsx")
def verify(files: Annotated[list[Path], typer.Argument(help="Files written by `outcomes report`.")]) -> None:
    """Work out the checksum of a report from the file itself and compare it with the one printed in it."""
    from dashboard.reports.verify import verify as read_back

    wrong = []
    for path in files:
        found = read_back(path)
        if found.holds:
            out.print(f"{path.name}: {found.tables} tables, checksum {found.found} holds.")
            continue
        wrong.append(path.name)
        printed = f"prints {found.printed}" if found.printed else "prints no checksum"
        out.print(f"{path.name}: {found.tables} tables give {found.found}, the file {printed}.")
        for words in found.disagreeing:
            out.print(f"  disagrees: {words}")
    if wrong:
        raise OutcomesError(", ".join(wrong), "the numbers are not those the report was made with.", "Make it anew.")


@report.command(epilog="Example: outcomes report funders")
def funders() -> None:
    """List the shipped funders and the periods each report is made for."""
    from dashboard.reports.funders import funder_names, read_funder
    from dashboard.reports.period_codes import CODINGS

    for name in funder_names():
        asked = read_funder(name)
        examples = ", ".join(CODINGS[calendar].example for calendar in asked.calendars)
        out.print(f"{name}: {asked.title}, {asked.agency}; periods like {examples}")


def _names(to: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in to.split(",") if name.strip()))


def _reason(given: str) -> str:
    """Ask a person why; a script may leave it out, and the log then says so."""
    return given or (typer.prompt("Why do these numbers leave the house?") if sys.stdin.isatty() else "")


def _print(written: Written) -> None:
    for path in written.files:
        out.print(f"{path}  {path.stat().st_size:,} bytes")
    out.print(f"{written.document.stamp}. Checksum of the numbers: {written.document.checksum}")
    if written.submission:
        out.print(f"Kept as submission {written.submission.number}.")
