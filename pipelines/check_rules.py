"""Data-quality rules about the warehouse as a whole: one `.sql` file each, in `pipelines/checks/`.

A rule selects the offending rows (`batch_id, source_file, source_row`) and never a value. Its header says what a
director reads and does; `needs` are the tables without which it is not checked, `checked` counts what it looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.errors import LoadError, OutcomesError, nearest
from pipelines.sqlfile import SqlFile, read_sql_folder

CHECKS = Path(__file__).parent / "checks"
SEVERITIES = ("stop", "quarantine", "warn", "info")
ACTIONS = (
    "file_refused",
    "row_quarantined",
    "field_cleared",
    "set_to_other",
    "row_replaced",
    "row_collapsed",
    "rows_linked",
    "held_from_measures",
    "noted",
)
# Every finding is counted in check_result; the list of lines in load_issue is for looking some of them up.
LISTED_ROWS = 1_000
_TEXTS = ("id", "title", "severity", "advice", "action", "checked")


@dataclass(frozen=True, slots=True)
class Check:
    """One rule as its file states it; `body` selects the offending rows."""

    id: str
    title: str
    severity: str
    advice: str
    action: str
    field: str | None
    needs: tuple[str, ...]
    checked: str
    body: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one rule found. `rows_checked` is None where there was nothing to check: never read that as passed."""

    rule_id: str
    title: str
    severity: str
    advice: str
    rows_checked: int | None
    rows_found: int

    @property
    def share(self) -> float | None:
        """Rows found per row checked, 0 to 1; None where nothing was checked."""
        return self.rows_found / self.rows_checked if self.rows_checked else None


def load_checks(folder: Path = CHECKS) -> tuple[Check, ...]:
    """Read every rule of a folder, by file name; `OutcomesError` names the file and the key that is wrong."""
    return tuple(_check(file) for file in read_sql_folder(folder))


def run_checks(connection: duckdb.DuckDBPyConnection, *, write: bool = True) -> list[CheckResult]:
    """Run every rule, by file name, on a warehouse whose derived models are built.

    With `write`, the results become the table `check_result` and the first LISTED_ROWS lines per rule and batch
    become rows of `load_issue`, in place of what these rules wrote before; a finding of severity stop raises
    `LoadError`. Without it nothing is written and nothing raised.
    """
    checks = load_checks()
    filled = {table: not _is_empty(connection, table) for table in {name for check in checks for name in check.needs}}
    if not write:
        return [_judge(connection, check, f"({check.body})", filled) for check in checks]
    _forget(connection, checks)
    results = [_record(connection, check, filled) for check in checks]
    _write_results(connection, results)
    for check, result in zip(checks, results, strict=True):
        if check.severity == "stop" and result.rows_found:
            raise LoadError(check.id, "the warehouse being built", f"{check.title.lower()}.", check.advice)
    return results


def _check(file: SqlFile) -> Check:
    texts = {name: file.header.get(name) for name in _TEXTS}
    wrong = [name for name, value in texts.items() if not isinstance(value, str)]
    known = (*_TEXTS, "field", "needs")
    unknown = sorted(file.header.keys() - set(known))
    where = f"{file.name}.sql"
    if unknown:
        raise OutcomesError(where, f'the header has no key "{unknown[0]}".', nearest(unknown[0], known))
    if wrong:
        raise OutcomesError(where, f'"{wrong[0]}" must be given as text.')
    if texts["severity"] not in SEVERITIES or texts["action"] not in ACTIONS:
        raise OutcomesError(where, "severity or action is not known.", f"Known: {', '.join((*SEVERITIES, *ACTIONS))}.")
    field, needs = file.header.get("field"), file.header.get("needs", [])
    return Check(
        **{name: str(value) for name, value in texts.items()},
        field=None if field is None else str(field),
        needs=tuple(map(str, needs)) if isinstance(needs, list) else (),
        body=file.body,
    )


def _judge(
    connection: duckdb.DuckDBPyConnection, check: Check, rows: str, filled: Mapping[str, bool]
) -> CheckResult:  # fmt: skip
    """Count what the rule looked at and what it found in `rows`, a table or a statement in parentheses."""
    checked = _number(connection, check.checked) if all(filled[table] for table in check.needs) else 0
    found = _number(connection, f"SELECT count(*) FROM {rows}") if checked else 0
    return CheckResult(check.id, check.title, check.severity, check.advice, checked or None, found)


def _record(connection: duckdb.DuckDBPyConnection, check: Check, filled: Mapping[str, bool]) -> CheckResult:
    """Judge the rule and list what it found in `load_issue`."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE found AS {check.body}")
    result = _judge(connection, check, "found", filled)
    if result.rows_found:
        connection.execute(
            "INSERT INTO load_issue SELECT batch_id, source_file, source_row, ?, ?, ?, ? FROM found"
            " QUALIFY row_number() OVER (PARTITION BY batch_id ORDER BY source_file, source_row) <= ?",
            [check.id, check.severity, check.field, check.action, LISTED_ROWS],
        )
    return result


def _forget(connection: duckdb.DuckDBPyConnection, checks: Iterable[Check]) -> None:
    """Remove what these rules wrote for an earlier version; the loader's own findings stay."""
    written = [f"{check.id} {check.action}" for check in checks]
    connection.execute("DELETE FROM load_issue WHERE rule_id || ' ' || action IN (SELECT unnest(?))", [written])


def _write_results(connection: duckdb.DuckDBPyConnection, results: Sequence[CheckResult]) -> None:
    connection.execute(
        "CREATE OR REPLACE TABLE check_result (rule_id VARCHAR, title VARCHAR, severity VARCHAR, advice VARCHAR,"
        " rows_checked BIGINT, rows_found BIGINT)"
    )
    rows = [(r.rule_id, r.title, r.severity, r.advice, r.rows_checked, r.rows_found) for r in results]
    connection.executemany("INSERT INTO check_result VALUES (?, ?, ?, ?, ?, ?)", rows)


def _is_empty(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    return not _number(connection, f"SELECT count(*) FROM (SELECT 1 FROM {table} LIMIT 1)")


def _number(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    return int(connection.execute(sql).fetchall()[0][0])
