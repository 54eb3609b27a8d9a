"""Accounting: every row read has one fate, and the sums close."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from pipelines.errors import LoadError
from pipelines.load.landed import Finding, Piece
from pipelines.load.landing import Landing
from pipelines.load.rules import loader_rules
from pipelines.load.scratch import scratch_table
from pipelines.load.stage import Staged

SHOWN_LINES = 3  # the Data quality page lists them all


@dataclass(frozen=True, slots=True)
class FileAccount:
    """What became of the rows of one file, all its sheets together."""

    file: str
    input: str
    sha256: str
    read: int
    loaded: int
    replaced: int
    quarantined: int
    duplicate: int
    dropped: int

    def closes(self) -> bool:
        """Tell whether every row read has exactly one fate."""
        return self.read == self.loaded + self.replaced + self.quarantined + self.duplicate + self.dropped


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often a rule fired, in words a director reads."""

    rule: str
    severity: str
    title: str
    advice: str
    rows: int
    where: str  # files with their fields and first lines, never a value


def count_emitted(con: duckdb.DuckDBPyConnection, staged: Sequence[Staged]) -> None:
    """Remember how many records each source row gave, before any is taken out again."""
    by_input: dict[str, list[Staged]] = {}
    for item in staged:
        by_input.setdefault(item.emit.input, []).append(item)
    con.execute("CREATE TEMP TABLE emitted (file_no INTEGER, source_row INTEGER, records INTEGER)")
    con.execute("CREATE TEMP TABLE emitted_total (file_no INTEGER, rows BIGINT)")
    for items in by_input.values():
        parts = " UNION ALL ".join(
            f"SELECT file_no, source_row FROM {item.emit.table} WHERE emit_no = {item.number}" for item in items
        )
        if len(items) == 1 and not (
            items[0].emit.each or items[0].emit.parts_of
        ):  # one record per row: nothing to add up
            con.execute(f"INSERT INTO emitted_total SELECT file_no, count(*) FROM ({parts}) GROUP BY 1")
            continue
        con.execute(f"INSERT INTO emitted SELECT file_no, source_row, count(*) FROM ({parts}) GROUP BY 1, 2")
    con.execute("INSERT INTO emitted_total SELECT file_no, count(*) FROM emitted GROUP BY 1")


def accounts(con: duckdb.DuckDBPyConnection, landing: Landing) -> list[FileAccount]:
    """Return the account of every file; one that does not close is an error in this program."""
    pieces = [piece for landed in landing.inputs.values() for piece in landed.pieces]
    found = []
    for file in dict.fromkeys(piece.file for piece in pieces):
        account = _account(con, [piece for piece in pieces if piece.file == file])
        if not account.closes():
            raise LoadError("DQ05", file, "the rows do not add up.", "Please report this with the file's shape.")
        found.append(account)
    return found


def _account(con: duckdb.DuckDBPyConnection, pieces: Sequence[Piece]) -> FileAccount:
    numbers = [piece.number for piece in pieces]

    def one(sql: str) -> int:
        row = con.execute(sql, {"numbers": numbers}).fetchone()
        return int(row[0] or 0) if row else 0

    read = sum(piece.rows for piece in pieces)
    emitted = one("SELECT sum(rows) FROM emitted_total WHERE file_no IN (SELECT unnest($numbers))")
    quarantined = one(
        "SELECT count(*) FROM (SELECT DISTINCT * FROM quarantined) WHERE file_no IN (SELECT unnest($numbers))"
    )
    by_fate = {str(fate): int(rows) for fate, rows in con.execute(_FATES, {"numbers": numbers}).fetchall()}
    duplicate, replaced = by_fate.get("duplicate", 0), by_fate.get("replaced", 0)
    loaded = emitted - quarantined - duplicate - replaced
    first = pieces[0]
    return FileAccount(
        first.file, first.input, first.sha256, read, loaded, replaced, quarantined, duplicate, read - emitted
    )


# A row with several records is a duplicate only if all of them are known, and replaced only if none is new.
_FATES = """
WITH fates AS (
    SELECT x.file_no, x.source_row, count(*) AS exceptions, count(*) FILTER (x.fate = 'duplicate') AS duplicates,
           coalesce(any_value(e.records), 1) AS records
    FROM exception x
    LEFT JOIN emitted e ON e.file_no = x.file_no AND e.source_row = x.source_row
    LEFT JOIN (SELECT DISTINCT * FROM quarantined) q ON q.file_no = x.file_no AND q.source_row = x.source_row
    WHERE x.file_no IN (SELECT unnest($numbers)) AND q.source_row IS NULL
    GROUP BY x.file_no, x.source_row
)
SELECT CASE WHEN duplicates = records THEN 'duplicate' ELSE 'replaced' END AS fate, count(*)
FROM fates WHERE exceptions = records GROUP BY 1
"""


def write_issues(con: duckdb.DuckDBPyConnection, batch: str, findings: Sequence[Finding]) -> list[RuleCount]:
    """Write every finding into `load_issue` (file, line, rule, field, action; never a value) and count them."""
    rules = loader_rules()
    con.execute("CREATE TEMP TABLE rule (id VARCHAR, severity VARCHAR, action VARCHAR)")
    con.executemany("INSERT INTO rule VALUES (?, ?, ?)", [[r.id, r.severity, r.action] for r in rules.values()])
    con.execute(
        "INSERT INTO load_issue SELECT $batch, p.label, f.source_row, f.rule, r.severity, f.field, r.action"
        " FROM finding f JOIN load_piece p ON p.number = f.file_no JOIN rule r ON r.id = f.rule",
        {"batch": batch},
    )
    for item in findings:
        rule = rules[item.rule]
        row = [batch, item.file, None, rule.id, rule.severity, item.field, rule.action]
        con.execute("INSERT INTO load_issue VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    counts = con.execute(
        f"SELECT rule_id, {_ROWS} FROM load_issue WHERE batch_id = $batch GROUP BY 1 ORDER BY 1", {"batch": batch}
    )
    found, places = counts.fetchall(), _places(con, batch)
    return [
        RuleCount(rule, rules[rule].severity, rules[rule].title, rules[rule].advice, int(rows), places[rule])
        for rule, rows in found
    ]


def _places(con: duckdb.DuckDBPyConnection, batch: str) -> dict[str, str]:
    """Return rule -> `session.csv: mode, topics, lines 6, 8, 9 …`, for somebody who looks it up in the export."""
    rows = con.execute(
        "SELECT rule_id, source_file, coalesce(field, ''), min(source_row, $lines + 1) FROM load_issue"
        " WHERE batch_id = $batch GROUP BY ALL ORDER BY ALL",
        {"batch": batch, "lines": SHOWN_LINES},
    )
    found: dict[str, dict[str, tuple[list[str], set[int]]]] = {}
    for rule, file, field, lines in rows.fetchall():
        fields, numbers = found.setdefault(rule, {}).setdefault(file, ([], set()))
        fields.extend([field.rpartition(".")[2]] if field else [])
        numbers.update(lines or ())
    return {rule: "; ".join(_place(file, *of) for file, of in files.items()) for rule, files in found.items()}


def _place(file: str, fields: list[str], lines: set[int]) -> str:
    words = [", ".join(dict.fromkeys(fields))] if fields else []
    if lines:
        shown = ", ".join(str(line) for line in sorted(lines)[:SHOWN_LINES])
        words.append(("line " if len(lines) == 1 else "lines ") + shown + (" …" if len(lines) > SHOWN_LINES else ""))
    return f"{file}: {', '.join(words)}" if words else file


def write_rule_results(con: duckdb.DuckDBPyConnection) -> None:
    """Add the loader's own rules to `check_result`, counted over the newest load of every source."""
    rules = loader_rules().values()
    names = ("id", "title", "severity", "advice")
    scratch_table(con, "loader_rule", {name: ("VARCHAR", [getattr(rule, name) for rule in rules]) for name in names})
    con.execute(_RULE_RESULTS)


# A row with two findings of one rule (two fields, two records) is one row; a finding about a file has no row.
_ROWS = (
    "count(DISTINCT (source_file, source_row)) FILTER (source_row IS NOT NULL) + count(*) FILTER (source_row IS NULL)"
)

_RULE_RESULTS = f"""
INSERT INTO check_result
WITH newest AS (
    SELECT batch_id, source_system, sum(rows_read) AS rows_read
    FROM load_batch
    GROUP BY batch_id, source_system
    QUALIFY row_number() OVER (PARTITION BY source_system ORDER BY max(loaded_at) DESC, batch_id) = 1
),
found AS (
    SELECT i.rule_id, {_ROWS} AS rows_found
    FROM load_issue AS i
    JOIN newest AS n ON n.batch_id = i.batch_id
    WHERE i.action IN (SELECT action FROM rule WHERE rule.id = i.rule_id)
    GROUP BY i.rule_id
)
SELECT r.id, r.title, r.severity, r.advice, (SELECT sum(rows_read) FROM newest), f.rows_found
FROM loader_rule AS r
JOIN found AS f ON f.rule_id = r.id
"""


def refuse_quarantined_share(accounts: Sequence[FileAccount], limits: dict[str, float]) -> None:
    """Stop when more of a file was quarantined than its input allows, or all of a small one (DQ09)."""
    for account in accounts:
        judged = account.read - account.dropped
        if 0 < judged == account.quarantined or (judged >= 20 and account.quarantined > limits[account.file] * judged):
            what = f"{account.quarantined} of {judged} rows would be quarantined."
            raise LoadError("DQ09", account.file, what, loader_rules()["DQ09"].advice)
