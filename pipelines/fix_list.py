"""The fix list: rows that were kept out, by file and line, with the rule and the cure; never a value of a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from pathlib import Path

import duckdb

from pipelines.rule_texts import loader_rules
from pipelines.versions import read_pointer

FIX_LIST = "fix-list.csv"  # beside the warehouse, written anew by every load
HEADERS = ("File", "Line", "Rule", "What is wrong", "Field", "What to do")
_RISKY = ("=", "+", "-", "@", "\t")  # a spreadsheet would take a text that begins so for a formula

# Of every input the export that covers most, and of several that cover the same days the one loaded last: what
# an earlier export held has been sent again since.
KEPT_OUT = """
WITH newest AS (
    SELECT batch_id, source_file
    FROM load_batch
    QUALIFY dense_rank() OVER (PARTITION BY source_system, input ORDER BY as_of DESC, loaded_at DESC, batch_id) = 1
)
SELECT DISTINCT i.source_file, i.source_row, i.rule_id, coalesce(i.field, '') AS field
FROM load_issue AS i
JOIN newest AS n
    ON n.batch_id = i.batch_id
    AND (i.source_file = n.source_file OR starts_with(i.source_file, n.source_file || '['))
WHERE i.severity = 'quarantine'
ORDER BY ALL
"""


# Of one load, before anything else is known of it.
KEPT_OUT_OF = """
SELECT DISTINCT CAST(source_file AS VARCHAR), source_row, CAST(rule_id AS VARCHAR), coalesce(CAST(field AS VARCHAR), '')
FROM load_issue
WHERE batch_id = $batch AND severity = 'quarantine' AND source_row IS NOT NULL
ORDER BY ALL
"""


@dataclass(frozen=True, slots=True)
class Fix:
    """One row to mend: where it is (the line a person sees in a spreadsheet), what is wrong, and what to do."""

    file: str
    line: int
    rule: str
    title: str
    field: str
    cure: str


def fix_list(store: Path) -> tuple[Fix, ...]:
    """Return the rows kept out of the live version. Raises NoDataError if nothing was loaded."""
    file = store / read_pointer(store).file
    with duckdb.connect(str(file), read_only=True) as con:
        return fixes(con.execute(KEPT_OUT).fetchall())


def fixes(found: Iterable[tuple[str, int, str, str]]) -> tuple[Fix, ...]:
    """Give the rows of KEPT_OUT the words of their rule."""
    rules = loader_rules()
    return tuple(
        Fix(file, int(line), rule, rules[rule].title, field, rules[rule].advice) for file, line, rule, field in found
    )


def write_fix_list(fixes: tuple[Fix, ...], path: Path) -> None:
    """Write the list as CSV that spreadsheets open; an empty list leaves its header, to say that all is mended."""
    path.write_text(fix_list_csv(fixes), encoding="utf-8-sig", newline="")


def fix_list_csv(fixes: Iterable[Fix]) -> str:
    """Return the same as text."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADERS)
    writer.writerows([_plain(cell) for cell in astuple(fix)] for fix in fixes)
    return text.getvalue()


def _plain(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_RISKY) else cell
