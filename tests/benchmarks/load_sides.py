"""What the load benchmarks run in child processes."""

import sys
from datetime import date
from pathlib import Path

import duckdb

TABLES = ("session", "milestone", "participant")
AS_OF = date(2026, 9, 30)


def baseline(exports: str, target: str) -> None:
    """DuckDB's own reader into tables of the same files, on disk."""
    Path(target).unlink(missing_ok=True)
    with duckdb.connect(target) as con:
        for table in TABLES:
            con.execute(f"CREATE TABLE {table} AS SELECT * FROM read_csv('{exports}/synthetic_{table}.csv')")
        con.execute("CHECKPOINT")


def product(exports: str, store: str, memory: str = "2GB") -> None:
    """The whole load: profile, keyed hashes, every rule, derived models, checks, publish."""
    import shutil

    sys.path.insert(0, str(Path(__file__).parents[2]))
    from pipelines.load import LoadOptions, load
    from pipelines.program import read_program

    shutil.rmtree(store, ignore_errors=True)
    program = read_program(Path(__file__).parents[2] / "data" / "sample" / "program.toml")
    load([f"{exports}/*.csv"], "canonical", LoadOptions(Path(store), AS_OF, program, memory=memory))


def sample(folder: str, sessions: str) -> None:
    """Write synthetic exports of so many sessions."""
    sys.path.insert(0, str(Path(__file__).parents[2]))
    from pipelines.sample import write_sample

    write_sample(Path(folder), sessions=int(sessions), shape="canonical")
