"""A load from files to a published version, in a process of its own: nothing changes until it is published."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import pytest
from load.loading import MILESTONES, SESSIONS, export, query, run
from waiting import COMMAND, ask, checked, done, give, jobs_of

from pipelines.errors import OutcomesError
from pipelines.jobs import received_folder
from pipelines.jobs.names import forget_uploads, safe_name
from pipelines.versions import live_file, read_pointer, rollback

SLEEPS = (sys.executable, "-c", "import time; time.sleep(60)")
CANARY = "canary-value"


def remains(store: Path) -> set[str]:
    """Return every file a job left, locks and its last word apart."""
    kept = {"job.lock", "run.lock", "last.json"}
    return {path.name for path in (store / "loading").rglob("*") if path.is_file()} - kept


def test_files_are_checked_then_published_and_then_gone(tmp_path):
    jobs, store = jobs_of(tmp_path / "store"), tmp_path / "store"
    state = checked(jobs, export(tmp_path / "export"))
    assert (state.step, state.result["severity"]) == ("checked", "warn")  # an event without a county
    assert [(a["file"], a["read"], a["loaded"]) for a in state.result["accounts"]] == [
        ("milestone.csv", 2, 2), ("session.csv", 3, 3),
    ]  # fmt: skip
    assert [change["newest"] for change in state.result["effect"]["changes"]][:2] == ["1", "2"]
    assert live_file(store) is None  # nothing changes until somebody publishes
    version = jobs.publish(state.job)
    assert read_pointer(store).version == version
    assert query(store, "SELECT count(*) FROM session") == [(3,)]
    assert (jobs.state().step, remains(store)) == ("none", set())
    assert (store / "program.toml").is_file()

    # A correction: the report compares with what is live; publishing and going back are both one step.
    state = checked(jobs, export(tmp_path / "later", sessions=SESSIONS.replace("no_show  ", "completed")), "2026-10-31")
    served = state.result["effect"]["changes"][0]
    assert (served["before"], served["same"], served["difference"]) == ("1", "2", "+1")
    later = jobs.publish(state.job)
    assert read_pointer(store).version == later
    assert rollback(store) == version
    assert query(store, "SELECT count(*) FILTER (status = 'completed') FROM session") == [(2,)]


def test_a_version_that_went_live_meanwhile_is_not_overwritten(tmp_path):
    jobs, store = jobs_of(tmp_path / "store"), tmp_path / "store"
    state = checked(jobs, export(tmp_path / "export"))
    run(store, export(tmp_path / "other", milestones=MILESTONES.replace("M2", "M3")))
    live = read_pointer(store)
    with pytest.raises(OutcomesError, match=r"has changed since these files were checked\. Check the files again"):
        jobs.publish(state.job)
    assert read_pointer(store) == live
    assert jobs.state().step == "checked"


def test_a_stop_says_where_what_and_the_cure_and_shows_what_to_map_but_no_other_value(tmp_path):
    rows = SESSIONS.replace("completed", "attended").replace("no_show", "stayed_home").replace("A1", CANARY)
    jobs = jobs_of(tmp_path / "store")
    state = checked(jobs, export(tmp_path / "export", sessions=rows))
    assert (state.step, state.result["rule"]) == ("stopped", "DQ09")
    status = next(entry for entry in state.result["values"] if entry["field"] == "status")
    assert [(v["text"], v["rows"]) for v in status["values"] if v["rule"]] == [("attended", 2), ("stayed_home", 1)]
    assert CANARY not in json.dumps(state.result)
    with pytest.raises(OutcomesError, match="is not ready to be published"):
        jobs.publish(state.job)
    jobs.cancel()
    assert remains(tmp_path / "store") == set()


def test_rows_to_mend_are_listed_before_anything_is_published_and_where_nothing_can_be(tmp_path):
    jobs = jobs_of(tmp_path / "store")
    odd = SESSIONS.replace("2026-02-02", "0/0/0000  ")
    state = checked(jobs, export(tmp_path / "export", sessions=odd))
    assert (state.step, state.result["kept_out"]) == ("checked", 1)
    head, line = jobs.fix_list(state.job).read_text(encoding="utf-8-sig").splitlines()
    assert (head.split(",")[:3], line.split(",")[:3]) == (["File", "Line", "Rule"], ["session.csv", "4", "DQ14"])
    assert "0/0/0000" not in line
    jobs.cancel()
    assert remains(tmp_path / "store") == set()

    unread = SESSIONS.replace("completed", "attended").replace("no_show", "attended")
    state = checked(jobs, export(tmp_path / "again", sessions=unread))
    assert (state.step, state.result["rule"], state.result["kept_out"]) == ("stopped", "DQ09", 3)
    assert len(jobs.fix_list(state.job).read_text(encoding="utf-8-sig").splitlines()) == 1 + 3
    jobs.cancel()


def test_cancel_ends_the_work_at_once_and_leaves_the_live_version(tmp_path):
    store = tmp_path / "store"
    run(store, export(tmp_path / "first"))
    live, jobs = read_pointer(store), jobs_of(tmp_path / "store", *COMMAND)
    state = give(jobs, export(tmp_path / "later", milestones=MILESTONES.replace("M2", "M3")))
    jobs.check(state.job, ask(state))
    while jobs.state().progress.stage == "starting":
        time.sleep(0.02)
    pid = jobs.state().job.pid
    jobs.cancel()
    assert jobs.state().step == "none"
    assert read_pointer(store) == live
    assert remains(store) == set()
    assert not list(store.glob("scratch-*")) + list(store.glob("build-*"))
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_second_window_sees_the_job_and_cannot_begin_another(tmp_path):
    here, there = (jobs_of(tmp_path / "store", *SLEEPS) for _ in range(2))
    (received_folder(here.store) / "a").write_text("x")
    here.begin({"a.csv": received_folder(here.store) / "a"})
    assert there.state().step == "looking"
    assert [file.name for file in there.state().job.files] == ["a.csv"]
    (received_folder(here.store) / "b").write_text("x")
    with pytest.raises(OutcomesError, match="is loading files already"):
        there.begin({"b.csv": received_folder(here.store) / "b"})
    there.cancel()
    assert here.state().step == "none"


def test_a_click_on_what_another_window_has_changed_does_nothing(tmp_path):
    jobs = jobs_of(tmp_path / "store", *SLEEPS)
    (received_folder(jobs.store) / "a").write_text("x")
    jobs.begin({"a.csv": received_folder(jobs.store) / "a"})
    seen = jobs.state().job
    jobs.look(seen)  # the other window went on
    with pytest.raises(OutcomesError, match="was changed in another window"):
        jobs.look(seen)
    jobs.cancel()


def test_work_that_dies_without_a_word_is_told(tmp_path):
    jobs = jobs_of(tmp_path / "store", sys.executable, "-c", "raise SystemExit(9)")
    (received_folder(jobs.store) / "a").write_text("x")
    jobs.begin({"a.csv": received_folder(jobs.store) / "a"})
    state = done(jobs)
    assert (state.step, "ended before it was done" in state.result["what"]) == ("failed", True)
    jobs.cancel()
    assert remains(jobs.store) == set()


def test_what_was_uploaded_is_readable_by_its_owner_alone(tmp_path):
    folder = received_folder(tmp_path / "store")
    assert folder.stat().st_mode & 0o077 == 0
    assert folder.parent.stat().st_mode & 0o077 == 0


def test_uploads_nobody_took_up_go_after_two_hours(tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    for path in (old, new):
        path.write_text("x")
    os.utime(old, (time.time() - 7_300,) * 2)
    forget_uploads(tmp_path)
    assert (old.exists(), new.exists()) == (False, True)


@pytest.mark.parametrize(
    ("sent", "kept"), [("log.csv", "log.csv"), ("../../etc/log.csv", "log.csv"), (r"C:\exports\log.XLSX", "log.XLSX")]
)
def test_only_the_last_part_of_a_name_is_kept(sent, kept):
    assert safe_name(sent) == kept


@pytest.mark.parametrize("name", ["notes.pdf", ".hidden.csv", "~$log.xlsx", "", "../"])
def test_what_is_no_export_is_refused_by_name(name):
    with pytest.raises(OutcomesError, match="is not an export"):
        safe_name(name)
