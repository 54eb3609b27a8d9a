"""A load killed at any instant leaves the live version as it was (issue 2, 7.4)."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import duckdb
import pytest
from load.loading import MILESTONES, SESSIONS, export, facts, leftovers, query, run

from pipelines import pseudonym
from pipelines.errors import OutcomesError
from pipelines.versions import build, live_file, read_pointer, rollback

KILLS = 50 if os.environ.get("OUTCOMES_SLOW") else 10
HEAD = SESSIONS.strip().splitlines()[0]


def start(store: Path, exports: Path) -> subprocess.Popen[bytes]:
    arguments = ["load", str(exports), "--profile", "canonical", "--as-of", "2026-10-01", "--store", str(store)]
    return subprocess.Popen(
        [sys.executable, "-m", "pipelines", *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def many(rows: int) -> str:
    lines = (f"K{n} A{n % 400} P1 2026-0{1 + n % 9}-05 23009 coaching phone completed {n % 90} -" for n in range(rows))
    return "\n".join([HEAD, *lines])


@pytest.mark.slow
def test_a_load_killed_at_random_instants_never_harms_the_live_version(tmp_path: Path) -> None:
    store, chance = tmp_path / "store", random.Random(20260930)
    run(store, export(tmp_path / "first"))
    later = export(tmp_path / "later", sessions=SESSIONS + "\n" + "\n".join(many(5_000).splitlines()[1:]))
    shutil.copytree(store, tmp_path / "copy")
    began = time.monotonic()
    start(tmp_path / "copy", later).wait()
    whole = time.monotonic() - began
    before, pointer = facts(store), read_pointer(store)
    unfinished = 0
    for _ in range(KILLS):
        process = start(store, later)
        time.sleep(chance.uniform(0.2, 1.0) * whole)
        process.send_signal(signal.SIGKILL)
        process.wait()
        if read_pointer(store) == pointer:
            unfinished += 1
        else:  # this one had finished: the new version is whole, and the way back is open
            assert len(facts(store)["session"]) == 5_003
            finished = live_file(store)
            rollback(store, pointer.version)
            finished.unlink()
        assert facts(store) == before
    assert unfinished >= KILLS // 2
    assert run(store, later).version
    assert len(facts(store)["session"]) == 5_003
    assert leftovers(store) == []


def test_a_second_load_says_that_one_is_running(tmp_path: Path) -> None:
    store, exports = tmp_path / "store", export(tmp_path / "export")
    with build(store), pytest.raises(OutcomesError, match=r"another load is running\. Wait until it has finished\."):
        run(store, exports)
    assert run(store, exports).version


def test_what_a_killed_load_left_is_removed_by_the_next(tmp_path: Path) -> None:
    store = tmp_path / "store"
    (store / "scratch-0123456789ab").mkdir(parents=True)
    (store / "scratch-0123456789ab" / "rows").write_text("canary")
    for name in ("build-0123456789ab.tmp", "build-0123456789ab.tmp.wal", "current.json.ab.tmp", "salt.key.ab.tmp"):
        (store / name).write_text("canary")
    run(store, export(tmp_path / "export"))
    assert leftovers(store) == []
    assert {path.name for path in store.iterdir()} == {"current.json", "salt.key", "load.lock", live_file(store).name}


def test_a_first_load_killed_while_making_the_salt_leaves_no_half_salt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(_: int) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(pseudonym.secrets, "token_bytes", killed)
    with pytest.raises(KeyboardInterrupt):
        pseudonym.local_salt(tmp_path)
    assert not (tmp_path / "salt.key").exists()
    monkeypatch.undo()
    assert len(pseudonym.local_salt(tmp_path).salt) == 32


def test_readers_of_the_old_version_keep_their_numbers_during_a_load(tmp_path: Path) -> None:
    store = tmp_path / "store"
    run(store, export(tmp_path / "first"))
    with duckdb.connect(str(live_file(store)), read_only=True) as con:
        run(store, export(tmp_path / "later", milestones=MILESTONES.replace("M2", "M3")), as_of=date(2026, 10, 1))
        assert con.execute("SELECT count(*) FROM milestone").fetchall() == [(2,)]
    assert query(store, "SELECT count(*) FROM milestone") == [(2,)]
