"""Loading in tests: exports drawn as text, the store they go to, and the facts that come out."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import duckdb

from pipelines.load import LoadOptions, LoadReport, load
from pipelines.load.rules import loader_rules
from pipelines.program import Program
from pipelines.schema import TABLES
from pipelines.versions import read_pointer

AS_OF = date(2026, 9, 30)
TODAY = date(2026, 10, 5)
MAINE = Program(organization="Test program", state="ME")
ORIGIN = ("source_system", "source_file", "source_row", "batch_id")
FACTS = ("session", "session_topic", "linkage", "milestone", "participant", "assessment")


def draw(text: str) -> str:
    """Turn a whiteboard table into CSV text: columns split at bars or blanks, `-` is an empty cell."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    mark = "|" if "|" in lines[0] else None
    rows = [[cell.strip() for cell in line.split(mark)] for line in lines]
    return "".join(",".join("" if cell == "-" else cell for cell in row) + "\n" for row in rows)


def write(folder: Path, **tables: str) -> Path:
    """Write drawn tables as the CSV files of one canonical export."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(draw(text), encoding="utf-8")
    return folder


SESSIONS = """
    session_key participant_key program_id session_date county_fips kind     mode   status    minutes updated_on
    S1          A1              P1         2026-01-05   23009       coaching phone  completed 30      -
    S2          A1              P1         2026-01-19   23029       coaching phone  completed 45      -
    S3          B2              P1         2026-02-02   23009       coaching video  no_show   -       -
"""
MILESTONES = """
    milestone_key participant_key program_id event_date reported_date class         code          certainty
    M1            A1              P1         2026-02-01 2026-02-03    life_win      got_job       self_reported
    M2            B2              P1         2026-03-01 2026-03-02    return_to_use return_to_use self_reported
"""


def options(store: Path, **changes: object) -> LoadOptions:
    """Return the options tests load with; name the ones that differ."""
    defaults: dict[str, object] = {"as_of": AS_OF, "program": MAINE, "today": TODAY, "memory": "500MB"}
    return LoadOptions(store, **{**defaults, **changes})


def run(store: Path, *paths: Path | str, profile: str = "canonical", **changes: object) -> LoadReport:
    """Load paths into a store."""
    return load([str(path) for path in paths], profile, options(store, **changes))


def export(folder: Path, sessions: str = SESSIONS, milestones: str = MILESTONES, **tables: str) -> Path:
    """Write a small canonical export."""
    return write(folder, session=sessions, milestone=milestones, **tables)


def query(store: Path, sql: str) -> list[tuple[object, ...]]:
    """Ask the live version."""
    with duckdb.connect(str(store / read_pointer(store).file), read_only=True) as con:
        return con.execute(sql).fetchall()


def facts(store: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return the content of every fact table without its origin columns, sorted."""
    found = {}
    for name in FACTS:
        columns = [c.name for c in TABLES[name].columns if c.name not in ORIGIN]
        found[name] = query(store, f"SELECT {', '.join(columns)} FROM {name} ORDER BY ALL")
    return found


def findings(store: Path) -> Counter[str]:
    """Count what the latest load found while reading, in the form "DQ19 session.mode"."""
    rows = query(
        store,
        "SELECT rule_id, coalesce(field, '') FROM load_issue"
        " WHERE batch_id = (SELECT value FROM program_setting WHERE name = 'version')",
    )
    return Counter(f"{rule} {field}".strip() for rule, field in rows if rule in loader_rules())


def lines(store: Path, rule: str) -> list[tuple[object, ...]]:
    """Return (file, line) of the findings of a rule."""
    return query(store, f"SELECT source_file, source_row FROM load_issue WHERE rule_id = '{rule}' ORDER BY ALL")


def leftovers(store: Path) -> list[str]:
    """Return what a clean store may not hold."""
    return [path.name for pattern in ("build-*", "scratch-*", "*.tmp") for path in store.glob(pattern)]


def text_values(store: Path) -> set[str]:
    """Return every distinct text stored in the live version, whatever the table."""
    with duckdb.connect(str(store / read_pointer(store).file), read_only=True) as con:
        columns = con.execute(
            "SELECT c.table_name, c.column_name FROM duckdb_columns() c JOIN duckdb_tables() t"
            " ON t.table_oid = c.table_oid WHERE NOT c.internal AND c.table_name <> 'county'"
            " AND (c.data_type = 'VARCHAR' OR c.data_type LIKE 'ENUM%')"
        ).fetchall()
        parts = [f'SELECT DISTINCT "{column}"::VARCHAR FROM "{table}"' for table, column in columns]
        return {str(row[0]) for row in con.execute(" UNION ".join(parts)).fetchall() if row[0] is not None}
