"""Exports dropped into a folder: read when complete, once each, and told of in one line."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from load.commands import command
from load.loading import SESSIONS, export, query, run

from pipelines.cli.watch import Watch, day_in
from pipelines.errors import LoadError, StoreBusyError
from pipelines.versions import hold


class Watched:
    """A watched folder and what was told of it."""

    def __init__(self, tmp_path: Path) -> None:
        self.store, self.folder, self.lines = tmp_path / "store", tmp_path / "drop", list[dict]()
        self.folder.mkdir()
        self.watch = Watch(
            self.folder,
            lambda path, day: run(self.store, path, as_of=day),
            lambda line: self.lines.append(json.loads(line)),
        )

    def looks(self, times: int) -> list[str]:
        for _ in range(times):
            self.watch.look()
        return [line["outcome"] for line in self.lines]

    def left(self) -> list[str]:
        return sorted(path.relative_to(self.folder).as_posix() for path in self.folder.glob("*/*"))


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    return Watched(tmp_path)


def test_an_export_is_loaded_once_and_moved_away(watched: Watched) -> None:
    export(watched.folder / "2026-09-30")
    assert watched.looks(1) == []  # the first look only sees it
    assert watched.looks(3) == ["loaded"]
    assert watched.left() == ["loaded/2026-09-30"]
    (line,) = watched.lines
    accounts = {account["file"]: (account["read"], account["loaded"]) for account in line["files"]}
    assert accounts == {"milestone.csv": (2, 2), "session.csv": (3, 3)}
    assert query(watched.store, "SELECT value FROM program_setting WHERE name = 'as_of'") == [("2026-09-30",)]


def test_a_file_still_being_written_is_left_alone(watched: Watched) -> None:
    folder = export(watched.folder / "2026-09-30")
    watched.looks(1)
    with (folder / "session.csv").open("a", encoding="utf-8") as handle:
        handle.write("S4,A1,P1,2026-03-05,23009,coaching,phone,completed,30,\n")
    assert watched.looks(1) == []
    assert watched.looks(1) == ["loaded"]
    assert query(watched.store, "SELECT count(*) FROM session") == [(4,)]


def test_a_refused_export_is_set_aside_with_the_reason_and_no_value(watched: Watched) -> None:
    export(watched.folder / "2026-09-30", sessions=SESSIONS.replace("session_date", "sesion_date"))
    export(watched.folder / "canaryless name")
    assert watched.looks(2) == ["set aside", "set aside"]
    assert [line["rule"] for line in watched.lines] == ["DQ03", "DQ04"]
    reason = (watched.folder / "set_aside" / "2026-09-30.reason.txt").read_text(encoding="utf-8")
    assert 'Did you mean "sesion_date"?' in reason
    assert not watched.store.exists() or not list(watched.store.glob("*.duckdb"))


def test_the_same_export_again_is_nothing_new_and_keeps_both_copies(watched: Watched) -> None:
    for _ in range(2):
        export(watched.folder / "2026-09-30")
        watched.looks(2)
    assert [line["outcome"] for line in watched.lines] == ["loaded", "nothing new"]
    assert len(watched.left()) == 2


def test_an_error_of_the_program_tells_its_kind_and_no_value(tmp_path: Path) -> None:
    def broken(path: Path, day: date) -> None:
        raise ValueError("QXCANARY1")

    lines: list[str] = []
    export(tmp_path / "2026-09-30")
    watch = Watch(tmp_path, broken, lines.append)
    watch.look()
    watch.look()
    assert "ValueError" in lines[0]
    assert "CANARY" not in lines[0]


def test_while_another_load_runs_the_export_waits(watched: Watched) -> None:
    export(watched.folder / "2026-09-30")
    with hold(watched.store):
        assert watched.looks(3) == []
    assert watched.looks(1) == ["loaded"]


def test_a_busy_store_is_an_error_of_its_own(tmp_path: Path) -> None:
    with hold(tmp_path), pytest.raises(StoreBusyError), hold(tmp_path):
        pass


@pytest.mark.parametrize("name", ["export 2026-09-30.csv", "2026-09-30", "through_2026-09-30_final"])
def test_the_day_is_read_from_the_name(name: str) -> None:
    assert day_in(name) == date(2026, 9, 30)


@pytest.mark.parametrize("name", ["export.csv", "export 2026-09.csv", "2026-02-30.csv", "12026-09-30"])
def test_a_name_without_a_day_is_refused(name: str) -> None:
    with pytest.raises(LoadError) as error:
        day_in(name)
    assert error.value.rule == "DQ04"


def test_files_beside_watch_are_refused(tmp_path: Path) -> None:
    outcome = command("load", "x.csv", "--profile", "canonical", "--watch", tmp_path)
    assert (outcome.code, "--watch" in outcome.err) == (1, True)


@pytest.mark.skipif(os.name == "nt", reason="signals of other systems")
def test_the_command_stops_cleanly_when_told(tmp_path: Path) -> None:
    store, drop = tmp_path / "store", tmp_path / "drop"
    export(drop / "2026-09-30")
    words = ["load", "--profile", "canonical", "--watch", str(drop), "--every", "0.2", "--store", str(store)]
    with subprocess.Popen([sys.executable, "-m", "pipelines", *words], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        line = json.loads(process.stdout.readline())
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
    assert (line["outcome"], line["export"]) == ("loaded", "2026-09-30")
    assert time.time() - (store / "fix-list.csv").stat().st_mtime < 600
