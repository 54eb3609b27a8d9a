"""Versions are kept, listed, and can be made live again."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from load.loading import SESSIONS, export, query, run

from pipelines.errors import NoDataError, OutcomesError, UnknownNameError
from pipelines.profile.own import keep_profile
from pipelines.profile.registry import FOLDER
from pipelines.program import keep_program
from pipelines.versions import KEPT_VERSIONS, POINTER, live_file, publish, read_pointer, rollback, versions


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("versions")
    run(folder / "store", export(folder / "1"), as_of=date(2026, 6, 30))
    run(folder / "store", export(folder / "2", SESSIONS + "S4 B2 P1 2026-03-01 23009 coaching phone completed 20 -"))
    return folder / "store"


def test_versions_are_listed_newest_first(two: Path) -> None:
    newest, oldest = versions(two)
    assert (newest.is_live, oldest.is_live) == (True, False)
    assert (newest.sessions, oldest.sessions) == (4, 3)
    assert (newest.as_of, oldest.as_of) == ("2026-09-30", "2026-06-30")
    assert oldest.files == ("milestone.csv", "session.csv")
    assert newest.version == read_pointer(two).version


def test_rollback_makes_the_one_before_live_and_deletes_nothing(two: Path) -> None:
    newest, oldest = (item.version for item in versions(two))
    assert rollback(two) == oldest
    assert query(two, "SELECT count(*) FROM session") == [(3,)]
    with pytest.raises(OutcomesError, match="there is no earlier version"):
        rollback(two)
    assert rollback(two, newest) == newest
    assert query(two, "SELECT count(*) FROM session") == [(4,)]


def test_an_unknown_version_gets_the_nearest(two: Path) -> None:
    known = versions(two)[0].version
    with pytest.raises(UnknownNameError, match=f'Did you mean "{known}"'):
        rollback(two, known[:-1])


def test_after_a_rollback_the_later_export_can_be_loaded_again(tmp_path: Path) -> None:
    store, later = tmp_path / "store", export(tmp_path / "2", SESSIONS.replace("S3", "S5"))
    run(store, export(tmp_path / "1"), as_of=date(2026, 6, 30))
    run(store, later)
    rollback(store)
    assert run(store, later).version is not None


def test_a_store_without_data_says_how_to_load(tmp_path: Path) -> None:
    with pytest.raises(NoDataError, match="no data has been loaded yet"):
        read_pointer(tmp_path)
    with pytest.raises(OutcomesError, match="there is no earlier version"):
        rollback(tmp_path)
    assert versions(tmp_path) == []


@pytest.mark.parametrize("content", ["", "{", '{"version": "x"}', "[]", "null"])
def test_a_damaged_pointer_is_named_with_the_way_out(two: Path, content: str) -> None:
    pointer = two / POINTER
    before = pointer.read_text()
    pointer.write_text(content)
    try:
        with pytest.raises(OutcomesError, match="the pointer is damaged"):
            read_pointer(two)
        newest = versions(two)[0].version  # still listed, so that one can be chosen
        assert rollback(two, newest) == json.loads(before)["version"]
    finally:
        pointer.write_text(before)


def test_only_the_latest_versions_are_kept_and_the_live_one_always(two: Path, tmp_path: Path) -> None:
    """Old versions go, oldest first; file names and times stand in for real loads."""
    content = (two / read_pointer(two).file).read_bytes()
    for number in range(KEPT_VERSIONS + 3):
        (tmp_path / "built.tmp").write_bytes(content)
        publish(tmp_path, f"{number:012d}", tmp_path / "built.tmp")
    names = sorted(path.name for path in tmp_path.glob("warehouse-*"))
    assert len(names) == KEPT_VERSIONS
    assert names[-1] == read_pointer(tmp_path).file == f"warehouse-{KEPT_VERSIONS + 2:012d}.duckdb"


def test_the_version_that_was_live_is_kept_however_old_it_is(two: Path, tmp_path: Path) -> None:
    """A page promises the way back to it: after many loads that were each taken back it is the oldest of all."""
    content = (two / read_pointer(two).file).read_bytes()
    for number in range(KEPT_VERSIONS + 3):
        (tmp_path / "built.tmp").write_bytes(content)
        publish(tmp_path, f"{number:012d}", tmp_path / "built.tmp")
        assert (tmp_path / f"warehouse-{0:012d}.duckdb").exists()
        (tmp_path / POINTER).write_text(f'{{"version": "{0:012d}", "file": "warehouse-{0:012d}.duckdb"}}')
    assert len(list(tmp_path.glob("warehouse-*"))) == KEPT_VERSIONS + 1


def test_a_damaged_live_version_does_not_close_the_way_back(two: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    shutil.copytree(two, store)
    live_file(store).write_bytes(b"damaged")
    (earlier,) = versions(store)
    assert not earlier.is_live
    assert rollback(store) == earlier.version
    assert read_pointer(store).version == earlier.version


def test_only_its_owner_can_read_what_a_store_holds(two: Path, tmp_path: Path) -> None:
    assert two.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in two.glob("warehouse-*")} == {0o600}
    (tmp_path / "program.toml").write_text('state = "ME"\n', encoding="utf-8")
    keep_program(tmp_path / "new", tmp_path / "program.toml")
    assert (tmp_path / "new/program.toml").stat().st_mode & 0o777 == 0o600
    text = (FOLDER / "canonical.toml").read_text(encoding="utf-8")
    assert keep_profile(tmp_path / "new", text).stat().st_mode & 0o777 == 0o600
