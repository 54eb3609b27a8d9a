"""Load reports and check results as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.markup import escape
from rich.table import Column, Table

from pipelines.check_rules import CheckResult
from pipelines.cli.console import out
from pipelines.load import LoadReport
from pipelines.load.ledger import FileAccount, RuleCount
from pipelines.load.rules import loader_rules
from pipelines.program import Relaxed
from pipelines.versions import Version


def print_load(report: LoadReport) -> None:
    """Print the accounting of every file, and what the rules found with the cure."""
    if report.already_loaded:
        out.print(f"Nothing new: {', '.join(report.already_loaded)} was loaded before [DQ12]. Nothing was changed.")
        return
    if report.stated:
        day, file = report.stated
        out.print(
            f"Data through {day}, as {escape(file)} states. Give --as-of if another day is the last complete one."
        )
    out.print(_accounts(report.accounts))
    if report.rules:
        out.print(_rules(report.rules))
    print_relaxed(report.relaxed)
    if report.rules and report.version:
        out.print("The Data quality page lists every line: `outcomes serve`.")
    print_checks([check for check in report.checks if check.rows_found])
    if report.removed:
        out.print(f"{report.removed} records are no longer in this full export and were removed.")
    if report.version:
        out.print(f"Version {report.version} is live.")
    else:
        out.print("Dry run: nothing was changed.")


def print_relaxed(relaxed: Sequence[Relaxed]) -> None:
    """Print which rules the program file relaxes, and why."""
    for row in relaxed:
        out.print(f"Relaxed by the program file: {row.rule} ({loader_rules()[row.rule].title}). {escape(row.reason)}")


def print_checks(checks: Sequence[CheckResult]) -> None:
    """Print data-quality rules about the warehouse as a whole."""
    if not checks:
        return
    table = Table("Rule", "Severity", "What it found", "Checked", "Rows", "What to do", title="Data quality")
    for check in checks:
        checked = "not checked" if check.rows_checked is None else f"{check.rows_checked:,}"
        found = "–" if check.rows_checked is None else f"{check.rows_found:,}"
        table.add_row(check.rule_id, check.severity, check.title, checked, found, check.advice)
    out.print(table)


def print_versions(versions: Iterable[Version]) -> None:
    """Print the kept versions, the live one marked."""
    table = Table("Version", "Built", "Data through", "Sessions", "Milestones", "Files")
    for column in table.columns[:3]:
        column.no_wrap = True
    for item in versions:
        files = ", ".join(item.files[:3]) + (" …" if len(item.files) > 3 else "")
        name, built = item.version + (" (live)" if item.is_live else ""), f"{item.built_at:%Y-%m-%d %H:%M}"
        table.add_row(name, built, item.as_of, f"{item.sessions:,}", f"{item.milestones:,}", files)
    out.print(table)


def _accounts(accounts: Sequence[FileAccount]) -> Table:
    table = Table(Column("File", overflow="fold"), title="Rows read, and what became of them")
    for name in ("Read", "Loaded", "Replaced", "Quarantined", "Duplicates", "Not asked for"):
        table.add_column(name, justify="right")
    for a in accounts:
        numbers = (a.read, a.loaded, a.replaced, a.quarantined, a.duplicate, a.dropped)
        table.add_row(a.file, *(f"{number:,}" for number in numbers))
    return table


def _rules(rules: Sequence[RuleCount]) -> Table:
    table = Table("Rule", "Severity", "What was found, and where", "Rows", "What to do", title="Findings while reading")
    for rule in rules:
        table.add_row(rule.rule, rule.severity, f"{rule.title}\n{escape(rule.where)}", f"{rule.rows:,}", rule.advice)
    return table
