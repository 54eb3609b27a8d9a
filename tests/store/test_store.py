"""The store: read only, no way out, always one whole version."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import get_ident

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from dashboard.store import Store
from pipelines.errors import NoDataError, OutcomesError


def publish(folder: Path, version: str, rows: int = 1) -> None:
    """Write a tiny warehouse and move the pointer to it, as a load does."""
    file = folder / f"warehouse-{version}.duckdb"
    if not file.exists():
        with duckdb.connect(str(file)) as connection:
            connection.execute("CREATE TABLE program_setting (name VARCHAR, value VARCHAR)")
            connection.execute("INSERT INTO program_setting VALUES ('as_of', '2026-09-30'), ('gap_days', '60')")
            connection.execute(f"CREATE TABLE fact AS SELECT '{version}' AS version, i FROM range({rows}) AS t(i)")
            connection.execute("CREATE VIEW of_fact AS SELECT * FROM fact")
    pointer = folder / f"pointer-{get_ident()}.tmp"
    pointer.write_text(json.dumps({"version": version, "file": file.name}), encoding="utf-8")
    pointer.replace(folder / "current.json")


@pytest.fixture
def store(tmp_path):
    publish(tmp_path, "a" * 12)
    return Store(tmp_path)


def test_null_is_never_a_value_of_its_own(store):
    """numpy masks what is NULL; under the mask stand 999999 and "?"."""
    sql = """
        SELECT
          CASE WHEN i = 0 THEN 7 END AS part, CAST(NULL AS INTEGER) AS whole, CAST(NULL AS VARCHAR) AS words,
          CAST(NULL AS BOOLEAN) AS flag, CAST(NULL AS DATE) AS day
        FROM range(2) AS t(i)
    """
    found = store.columns(sql, {})
    assert found["part"][0] == 7
    assert all(np.isnan(values).all() for values in (found["part"][1:], found["whole"]))
    assert all(value is None for name in ("words", "flag") for value in found[name])
    assert np.isnat(found["day"]).all()


def test_tables_and_views_are_named_bare(store):
    assert store.frame("SELECT version FROM fact")["version"].item() == "a" * 12
    assert store.frame("SELECT version FROM of_fact")["version"].item() == "a" * 12


def test_small_tables_are_made_once_and_the_one_unused_for_longest_goes(store, monkeypatch):
    monkeypatch.setattr("dashboard.store.KEPT", 2)

    def kept(key):
        return store.keep(key, lambda: pa.table({"x": [key]}))

    names = {key: kept(key) for key in (1, 2)}
    assert kept(1) == names[1]  # now 2 is the older one
    names[3] = kept(3)
    assert [store.frame(f"SELECT x FROM {names[key]}")["x"].item() for key in (1, 3)] == [1, 3]
    with pytest.raises(duckdb.CatalogException):
        store.frame(f"SELECT x FROM {names[2]}")
    assert store.frame(f"SELECT x FROM {kept(2)}")["x"].item() == 2


def test_the_settings_of_the_version_are_at_hand(store):
    assert (store.version, store.as_of, store.gap_days) == ("a" * 12, date(2026, 9, 30), 60)


def test_only_parameters_that_the_statement_uses_are_bound(store):
    frame = store.frame("SELECT $used AS used", {"used": "a", "unused": 3})
    assert frame["used"].item() == "a"


def test_a_new_version_is_followed_after_refresh(store, tmp_path):
    assert store.refresh() == "a" * 12
    publish(tmp_path, "b" * 12)
    assert store.frame("SELECT version FROM fact")["version"].item() == "a" * 12
    assert store.refresh() == "b" * 12
    assert store.frame("SELECT version FROM fact")["version"].item() == "b" * 12


def test_an_open_question_is_not_disturbed_by_a_new_version(tmp_path):
    """Twelve threads ask while versions change; every answer belongs to one version, whole."""
    versions = {f"{n:012x}": 1_000 + n for n in range(8)}
    for version, rows in versions.items():
        publish(tmp_path, version, rows)
    store = Store(tmp_path, max_execution_seconds=120)

    def swap(turn: int) -> None:
        publish(tmp_path, list(versions)[turn % len(versions)])
        store.refresh()

    def question(_: int) -> tuple[str, int]:
        frame = store.frame("SELECT version, count(*) AS n FROM fact GROUP BY version")
        return frame["version"].item(), frame["n"].item()

    with ThreadPoolExecutor(12) as threads:
        swaps = [threads.submit(swap, turn) for turn in range(24)]
        answers = list(threads.map(question, range(300)))
        for done in swaps:
            done.result()
    assert all(versions[version] == n for version, n in answers)


def test_without_a_pointer_there_are_no_data(tmp_path):
    with pytest.raises(NoDataError, match="no data has been loaded yet"):
        Store(tmp_path).refresh()


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"version": "b"}'])
def test_a_damaged_pointer_is_named_with_a_cure(tmp_path, text):
    (tmp_path / "current.json").write_text(text, encoding="utf-8")
    with pytest.raises(OutcomesError, match=r"current\.json.*damaged.*rollback"):
        Store(tmp_path).refresh()


def test_a_pointer_to_a_missing_file_leaves_the_old_version_in_use(store, tmp_path):
    assert store.frame("SELECT 1 AS one FROM fact")["one"].item() == 1
    pointer = {"version": "c" * 12, "file": "warehouse-cccccccccccc.duckdb"}
    (tmp_path / "current.json").write_text(json.dumps(pointer), encoding="utf-8")
    with pytest.raises(OutcomesError, match="cannot be opened"):
        store.refresh()
    assert store.frame("SELECT version FROM fact")["version"].item() == "a" * 12


def test_a_version_an_older_program_built_is_refused_and_the_one_in_use_stays(store, tmp_path):
    """Its ledger lacks a column that measures ask for; a traceback would say nothing to a director."""
    assert store.refresh() == "a" * 12
    publish(tmp_path, "b" * 12)
    with duckdb.connect(str(tmp_path / f"warehouse-{'b' * 12}.duckdb")) as connection:
        connection.execute("CREATE TABLE load_batch (batch_id VARCHAR, source_file VARCHAR)")
    for _ in range(2):
        with pytest.raises(OutcomesError, match=r"bbbbbbbbbbbb\.duckdb.*older version.*Load your newest export again"):
            store.refresh()
    assert store.frame("SELECT version FROM fact")["version"].item() == "a" * 12


def test_a_pointer_cannot_lead_out_of_the_folder(store, tmp_path):
    outside = tmp_path.parent / "outside"
    outside.mkdir()
    publish(outside, "d" * 12)
    pointer = {"version": "d" * 12, "file": "../outside/warehouse-dddddddddddd.duckdb"}
    (tmp_path / "current.json").write_text(json.dumps(pointer), encoding="utf-8")
    with pytest.raises(OutcomesError, match="cannot be opened"):
        store.refresh()


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE w.mine (i INTEGER)",
        "DELETE FROM fact",
        "COPY (SELECT 1) TO 'out.csv'",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/hostname')",
        "ATTACH '/tmp/other.duckdb'",
        "SET memory_limit = '1TB'",
        "INSTALL excel",
    ],
)
def test_nothing_can_be_written_or_read_elsewhere(store, statement):
    with pytest.raises(duckdb.Error):
        store.frame(statement)


def test_a_folder_name_with_a_quote_works(tmp_path):
    folder = tmp_path / "director's data"
    folder.mkdir()
    publish(folder, "e" * 12)
    assert Store(folder).refresh() == "e" * 12


def test_a_question_that_takes_too_long_is_stopped(tmp_path):
    publish(tmp_path, "f" * 12)
    store = Store(tmp_path, max_execution_seconds=1)
    with pytest.raises(duckdb.Error):
        store.frame("SELECT count(*) FROM range(1000000000) a, range(1000000000) b WHERE a.range % 7 = b.range % 3")
