"""The warehouse around the facts: empty tables, the attached previous version, ledger and settings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import duckdb

from pipelines.load.ledger import FileAccount
from pipelines.load.scratch import scratch_table
from pipelines.load.stage import finish_staged_tables
from pipelines.paths import reference_folder
from pipelines.profile import Profile
from pipelines.program import Program
from pipelines.reference import instrument_rows
from pipelines.schema import TABLES, schema_statements

# Tables filled only from the previous version when an export does not bring them.
_INPUTS = tuple(name for name, table in TABLES.items() if table.role == "input")
_NARROW = ("session_topic", "linkage")


def prepare_warehouse(con: duckdb.DuckDBPyConnection, previous: Path | None) -> None:
    """Create every declared table, attach the previous version to merge with, and go on with its ledger."""
    for statement in schema_statements():
        con.execute(statement)
    if previous is not None:
        con.execute(f"ATTACH '{str(previous).replace(chr(39), chr(39) * 2)}' AS previous (READ_ONLY)")
        for name in ("load_batch", "load_issue"):
            con.execute(f"INSERT INTO {name} BY NAME SELECT * FROM previous.{name}")


def finish_facts(con: duckdb.DuckDBPyConnection, staged: Sequence[str], *, has_previous: bool) -> None:
    """Carry over what this export did not touch, and drop the bookkeeping columns."""
    if has_previous:
        for name in _INPUTS:
            if name not in staged and name not in _NARROW:
                con.execute(f"INSERT INTO {name} SELECT * FROM previous.{name}")
        kept = "SELECT session_key FROM session" + (" WHERE emit_no IS NULL" if "session" in staged else "")
        for name in _NARROW:
            con.execute(f"INSERT INTO {name} SELECT * FROM previous.{name} p WHERE p.session_key IN ({kept})")
    finish_staged_tables(con, staged)


def write_ledger(
    con: duckdb.DuckDBPyConnection,
    profile: Profile,
    batch: str,
    as_of: date,
    found: Sequence[FileAccount],
    removed: int,
) -> None:
    """Write one ledger row per file."""
    now = datetime.now()  # to the microsecond: it also says which of two loads came later
    for number, item in enumerate(found):
        emits = [emit for emit in profile.emit if emit.input == item.input]
        filled = dict.fromkeys(emit.table for emit in emits)
        missed = [emit.can_be_missed() for emit in emits if emit.table == "session"]
        row = [
            batch, profile.name, profile.version, profile.source_system, item.input, ", ".join(filled), item.file,
            item.sha256, as_of, now,
            item.read, item.loaded, item.replaced, item.quarantined, item.duplicate, item.dropped,
            removed if number == 0 else 0, any(missed) if missed else None,
        ]  # fmt: skip
        con.execute(f"INSERT INTO load_batch VALUES ({', '.join('?' * len(row))})", row)


def write_reference(con: duckdb.DuckDBPyConnection, program: Program, version: str) -> None:
    """Write counties with the program's regions, and the settings in force."""
    regions = program.region_of()
    columns = {"fips": ("VARCHAR", list(regions)), "region": ("VARCHAR", list(regions.values()))}
    scratch_table(con, "program_region", columns)
    con.execute(
        "INSERT INTO county SELECT c.fips, c.name, c.state, r.region, c.population::INTEGER, c.population_year::INTEGER"
        " FROM read_csv($path, header=true, all_varchar=true) c LEFT JOIN program_region r ON r.fips = c.fips",
        {"path": str(reference_folder() / "counties" / "counties.csv")},
    )
    for table, row in instrument_rows():
        con.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
    _write_plans(con, program)
    for name, value in _settings(con, program, version).items():
        con.execute("INSERT INTO program_setting VALUES ($name, $value)", {"name": name, "value": value})


def _write_plans(con: duckdb.DuckDBPyConnection, program: Program) -> None:
    """Put the spending, targets and annotations of the program file in place of what an earlier version of it said."""
    spent = [(paid.funder, "spend", paid.first_day, paid.last_day, None, paid.dollars) for paid in program.spending]
    aims = [("", aim.measure, aim.first_day, aim.last_day, aim.county or None, aim.value) for aim in program.target]
    named = [(told.day, told.measure or None, told.county or None, told.note, told.kind) for told in program.annotation]
    for table, rows in (("target", [*spent, *aims]), ("annotation", named)):
        con.execute(f"DELETE FROM {table} WHERE source_system = 'program'")
        for number, row in enumerate(rows, start=1):
            marks = ", ".join("?" * len(row))
            con.execute(f"INSERT INTO {table} VALUES ({marks}, 'program', 'program.toml', ?, '')", [*row, number])


# The earliest of the last complete days of what every system sent: later, some sessions or milestones would be
# missing (data-model 2). Optional tables may be older.
_AS_OF = """
    SELECT coalesce(min(latest) FILTER (filled IN ('', 'session', 'milestone')), min(latest)) FROM (
        SELECT filled, max(as_of) AS latest
        FROM load_batch, unnest(string_split(coalesce(tables, ''), ', ')) AS t(filled)
        GROUP BY source_system, filled
    )
"""


def _settings(con: duckdb.DuckDBPyConnection, program: Program, version: str) -> dict[str, str]:
    row = con.execute(
        f"SELECT ({_AS_OF}),"
        # A form that closes an episode is no contact: an export of interviews alone brings no sessions to count.
        " (SELECT count(*) > 0 FROM session WHERE kind <> 'closeout'), (SELECT count(*) > 0 FROM milestone),"
        " (SELECT min(session_date) FROM session)"
    ).fetchone()
    as_of, sessions, milestones, first = row or (None, False, False, None)
    return {
        "version": version,
        "built_at": datetime.now().isoformat(timespec="microseconds"),
        "as_of": str(as_of),
        "gap_days": str(program.gap_days),
        "organization": program.organization,
        "program": program.model_dump_json(),
        "state": program.state,
        "service_area": ",".join(program.service_area),
        "resources": "\n".join(program.resources),
        "has_sessions": str(bool(sessions)).lower(),
        "has_milestones": str(bool(milestones)).lower(),
        "data_start": str(first or as_of),
    }
