"""Small warehouses drawn as text tables: three participants in, two rows out.

The first line of a table names canonical columns; cells are separated by blanks, or by `|` if the header has one;
`-` is NULL. Days may be written without their year (that of `as_of`), counties by name. What a row does not say
gets a default, so that a test shows only what it is about.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from pathlib import Path

import duckdb

from pipelines.check_rules import run_checks
from pipelines.engine import build_models
from pipelines.reference import instrument_rows
from pipelines.schema import LIFE_WINS, TABLES, schema_statements

COUNTIES = {
    "Hancock": "23009",
    "Washington": "23029",
    "Waldo": "23027",
    "Piscataquis": "23021",
    "Somerset": "23025",
    "Penobscot": "23019",
    "Knox": "23013",
    "Aroostook": "23003",
}
REGIONS = {"Hancock": "Downeast", "Washington": "Downeast", "Waldo": "Midcoast", "Knox": "Midcoast"}
DEFAULTS = {
    "program_id": "P1",
    "date_precision": "day",
    "kind": "coaching",
    "mode": "in_person",
    "status": "completed",
    "certainty": "unknown",
    "source_system": "whiteboard",
    "batch_id": "B1",
    "episode_no": "1",
    "instrument": "BARC10",
    "item": "_form",
    "profile": "whiteboard",
    "profile_version": "1",
    **{f"rows_{fate}": "0" for fate in ("read", "loaded", "replaced", "quarantined", "duplicate", "dropped")},
    "records_removed": "0",
}
WIN_DOMAINS = {win.code: win.domain for win in LIFE_WINS}
Row = dict[str, str | None]


def warehouse(
    path: Path | None = None,
    *,
    sessions: str = "",
    milestones: str = "",
    participants: str = "",
    as_of: str = "2026-09-30",
    gap_days: int = 90,
    settings: dict[str, str] | None = None,
    checks: bool = False,
    **tables: str,
) -> duckdb.DuckDBPyConnection:
    """Build a warehouse with every derived model; other tables by canonical name (`linkage="…"`).

    With a folder as `path` it becomes a store (database file and pointer) and the connection comes back closed.
    """
    drawn = {"session": sessions, "milestone": milestones, "participant": participants, **tables}
    version = hashlib.sha256(repr((drawn, as_of, gap_days, settings)).encode()).hexdigest()[:12]
    connection = duckdb.connect(str(path / f"warehouse-{version}.duckdb") if path else ":memory:")
    for statement in schema_statements():
        connection.execute(statement)
    _name_people(connection)
    for table, text in drawn.items():
        _insert(connection, table, [_complete(table, row, n) for n, row in enumerate(rows(text, as_of[:4]))])
    _references(connection, {"as_of": as_of, "gap_days": str(gap_days), "version": version, **(settings or {})})
    build_models(connection)
    if checks:
        run_checks(connection)
    if path:
        connection.close()
        pointer = {"version": version, "file": f"warehouse-{version}.duckdb"}
        (path / "current.json").write_text(json.dumps(pointer), encoding="utf-8")
    return connection


def rows(text: str, year: str = "2026") -> list[Row]:
    """Read a whiteboard table: one dictionary per line below the header."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return []
    separator = "|" if "|" in lines[0] else None
    header, *body = ([cell.strip() for cell in line.split(separator)] for line in lines)
    return [{name: _cell(value, year) for name, value in zip(header, row, strict=True)} for row in body]


def _cell(text: str, year: str) -> str | None:
    if text in {"-", "–", ""}:
        return None
    if re.fullmatch(r"\d\d-\d\d", text):
        return str(date.fromisoformat(f"{year}-{text}"))
    return COUNTIES.get(text, text)


def _complete(table: str, row: Row, number: int) -> Row:
    """Fill what the schema requires and the drawing leaves out."""
    full: Row = {"source_file": f"{table}.csv", "source_row": str(number + 2), **DEFAULTS}
    full |= {"session_key": f"S{number + 1}"} if table == "session" else {"milestone_key": f"M{number + 1}"}
    if table == "milestone":
        row = _event(row)
    return {name: value for name, value in (full | row).items() if name in TABLES[table].by_column}


def _event(row: Row) -> Row:
    """Tell class and code from each other, and the domain of a life win from its code."""
    code = row.get("code") or row["class"]
    own = {"return_to_use", "overdose", "death"}
    guess = code if code in own else "life_win" if code in WIN_DOMAINS else "other_event"
    event_class = row.get("class") or guess
    domain = WIN_DOMAINS.get(str(code)) if event_class == "life_win" else None
    return {"domain": domain, **row, "class": event_class, "code": code}


def _insert(connection: duckdb.DuckDBPyConnection, table: str, filled: list[Row]) -> None:
    for row in filled:
        marks = ", ".join("?" * len(row))
        connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))


def _name_people(connection: duckdb.DuckDBPyConnection) -> None:
    """People are called A, B, C on a whiteboard; in a real warehouse their keys are numbers."""
    for table in TABLES.values():
        for column in table.columns:
            if column.identifier:
                connection.execute(f"ALTER TABLE {table.name} ALTER {column.name} TYPE VARCHAR")


def _references(connection: duckdb.DuckDBPyConnection, settings: dict[str, str]) -> None:
    counties = [
        {"fips": fips, "name": f"{name} County", "state": "ME", "region": REGIONS.get(name, "Inland")}
        for name, fips in COUNTIES.items()
    ]
    _insert(connection, "county", counties)
    for table, row in instrument_rows():
        connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
    found = "SELECT CAST(count(*) > 0 AS VARCHAR) FROM {}"
    defaults = {
        "organization": "Whiteboard Recovery Center",
        "state": "ME",
        "service_area": "",
        "built_at": "2026-10-02T09:00:00",
        "has_sessions": connection.sql(found.format("session")).fetchall()[0][0],
        "has_milestones": connection.sql(found.format("milestone")).fetchall()[0][0],
        "data_start": connection.sql("SELECT CAST(min(session_date) AS VARCHAR) FROM session").fetchall()[0][0],
    }
    for name, value in (defaults | settings).items():
        connection.execute("INSERT INTO program_setting VALUES (?, coalesce(?, ''))", [name, value])
