"""The Load data page: files in, what they are, the report, publish; a mapping for what nobody knows; versions."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from app_stores import open_page, shown_texts, tables
from jobs.waiting import COMMAND, MAINE, ask, checked, done, give, jobs_of
from load.loading import SESSIONS, draw, export, run
from words import banned

from dashboard.ui.loading import at_work
from dashboard.ui.loading.values import _alike
from pipelines.jobs import Jobs
from pipelines.profile.own import known_profiles
from pipelines.versions import live_file, read_pointer

SLEEPS = (sys.executable, "-c", "import time; time.sleep(30)")
WHY = "Outreach began a year before the center opened"
RELAXED = f'opened_on = 2025-01-01\n[[relaxed]]\nrule = "DQ15"\nreason = "{WHY}"\n'
LOG = """
    Person code|Visit Date|How it went|Phone
    AB1001     |3/14/2026 |completed  |207-555-0100
    AB1002     |3/15/2026 |completed  |207-555-0101
"""


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """Make each kind of job once; tests get copies."""
    folders: dict[str, Path] = {}

    def make(kind: str) -> Path:
        if kind not in folders:
            folders[kind] = tmp_path_factory.mktemp(kind) / "store"
            _make(kind, folders[kind], tmp_path_factory.mktemp("exports"))
        return folders[kind]

    return make


def _make(kind: str, store: Path, folder: Path) -> None:
    jobs = jobs_of(store, *COMMAND)
    match kind:
        case "looked":
            give(jobs, export(folder / "e"))
        case "unknown":
            (folder / "log 2026.csv").write_text(draw(LOG), encoding="utf-8")
            give(jobs, folder)
        case "checked":
            run(store, export(folder / "first"))
            checked(jobs, export(folder / "e", sessions=SESSIONS.replace("no_show  ", "completed")), "2026-10-31")
        case "stopped":
            checked(
                jobs,
                export(folder / "e", sessions=SESSIONS.replace("completed", "attended").replace("no_show", "attended")),
            )
        case "kept out":
            state = give(jobs, export(folder / "e", sessions=SESSIONS.replace("2026-02-02", "0/0/0000  ")))
            jobs.check(state.job, replace(ask(state), program=MAINE + RELAXED))
            assert done(jobs).step == "checked"
        case "none":
            run(store, export(folder / "first"))


@pytest.fixture
def page(made, tmp_path, monkeypatch):
    """Open the page on a copy of a store; work that the test starts only sleeps, and is ended with the test."""
    monkeypatch.setattr(at_work, "COMMAND", SLEEPS)
    store = tmp_path / "store"

    def opened(kind: str):
        shutil.copytree(made(kind), store)
        monkeypatch.setenv("OUTCOMES_STORE", str(store))
        return open_page("load_data")

    yield opened
    if (store / "loading").exists():
        Jobs(store, SLEEPS).cancel()


def button(app, label: str):
    return next(item for item in app.button if item.label.startswith(label))


def select(app, label: str):
    return next(item for item in app.selectbox if item.label.startswith(label))


def everything(app) -> list[str]:
    texts = shown_texts(app) + [item.label for kind in ("button", "checkbox", "radio") for item in app.get(kind)]
    return texts + [str(item.value) for kind in ("success", "error") for item in app.get(kind)]


@pytest.mark.parametrize("kind", ["none", "looked", "unknown", "checked", "kept out", "stopped"])
def test_every_step_opens_in_agreed_words(page, kind, tmp_path):
    app = page(kind)
    assert not app.exception
    assert [title.value for title in app.title] == ["Load data"]
    systems = {profile.vendor for profile in known_profiles(tmp_path).values()}  # named as their makers name them
    shown = [text for text in everything(app) if "attended" not in text and text not in systems]
    assert {text: banned(text) for text in shown if banned(text)} == {}


def test_files_go_from_the_box_to_a_job_on_disk(page, tmp_path):
    app = page("none")
    assert button(app, "Look at the files").disabled
    app.file_uploader[0].upload("log.csv", b"Who,When\nA1,2026-01-02\n", "text/csv").run()
    button(app, "Look at the files").click().run()
    assert not app.exception
    assert app.header[0].value == "At work"
    assert (tmp_path / "store/loading/files/log.csv").read_bytes().startswith(b"Who,When")
    button(app, "Cancel this load").click().run()
    assert "cancelled" in app.info[0].value
    assert not (tmp_path / "store/loading/files").exists()


def test_the_check_starts_only_when_nothing_is_missing(page, tmp_path):
    app = page("looked")
    assert select(app, "Source profile").value == "canonical"
    assert button(app, "Check the files").disabled
    assert "Still needed: the last complete day, the name and state of the program." in [c.value for c in app.caption]
    app.date_input[0].set_value(date(2026, 9, 30))
    app.text_input[0].set_value("Test program")
    select(app, "State").set_value("ME")
    app.run()
    button(app, "Check the files").click().run()
    ask = Jobs(tmp_path / "store", SLEEPS).state().job.ask
    assert (ask.profile, ask.as_of) == ("canonical", "2026-09-30")
    assert ask.inputs == {"milestone.csv": "milestone", "session.csv": "session"}
    assert 'state = "ME"' in ask.program


def test_a_report_says_what_would_change_and_publishing_takes_one_confirmation(page, tmp_path):
    app = page("checked")
    numbers = tables(app)[0]
    assert numbers["Measure"][0] == "People supported"
    assert [*numbers.iloc[0][1:4]] == ["1", "2", "+1"]
    before = read_pointer(tmp_path / "store")
    assert button(app, "Publish this version").disabled
    next(box for box in app.checkbox if box.label.startswith("I have read")).check().run()
    button(app, "Publish this version").click().run()
    live = read_pointer(tmp_path / "store")
    assert live != before
    assert f"Version {live.version} is live" in app.success[0].value
    assert f"{live.version} (live)" in tables(app)[-1]["Version"].to_list()
    assert select(app, "Look at a version").value == live.version


def test_a_check_says_what_to_mend_and_what_was_relaxed_and_shows_rows_with_keys_for_ids(page):
    app = page("kept out")
    assert "Rows to mend" in [heading.value for heading in app.subheader]
    assert any(text.startswith("1 row is kept out") for text in shown_texts(app))
    assert "Download the fix list" in [item.proto.label for item in app.get("download_button")]
    (relaxed,) = (table for table in tables(app) if "Reason the program gives" in table)
    assert relaxed["Reason the program gives"].to_list() == [WHY]
    (first,) = (table for table in tables(app) if "Session date" in table)
    assert first["Session date"].to_list() == ["5 Jan 2026", "19 Jan 2026"]
    assert first["Status"].to_list() == ["Completed", "Completed"]
    assert first["Participant"].nunique() == 1
    assert not {"A1", "B2"} & {cell for table in tables(app) for cell in table.to_numpy().ravel()}


@pytest.mark.parametrize("elsewhere", ["publish", "cancel", "look"])
def test_a_page_left_open_publishes_nothing_that_another_window_has_settled(page, tmp_path, elsewhere):
    app, jobs = page("checked"), Jobs(tmp_path / "store", SLEEPS)
    next(box for box in app.checkbox if box.label.startswith("I have read")).check().run()
    getattr(jobs, elsewhere)(jobs.state().job)
    live, known = read_pointer(tmp_path / "store"), len(list((tmp_path / "store").glob("warehouse-*")))
    button(app, "Publish this version").click().run()
    assert not app.exception
    assert read_pointer(tmp_path / "store") == live
    assert len(list((tmp_path / "store").glob("warehouse-*"))) == known


def test_an_earlier_version_is_made_live_after_one_confirmation(page, tmp_path):
    app = page("checked")
    first = read_pointer(tmp_path / "store").version
    next(box for box in app.checkbox if box.label.startswith("I have read")).check().run()
    button(app, "Publish this version").click().run()
    select(app, "Look at a version").set_value(first).run()
    assert button(app, "Make this version live").disabled
    next(box for box in app.checkbox if box.label.startswith("Every open page")).check().run()
    button(app, "Make this version live").click().run()
    assert read_pointer(tmp_path / "store").version == first


def test_a_stop_cannot_be_published_and_its_values_are_mapped_once(page, tmp_path):
    app = page("stopped")
    assert "These files cannot be loaded" in app.error[0].value
    assert "Publish this version" not in [item.label for item in app.button]
    select(app, "attended (3 rows)").set_value("completed")
    button(app, "Keep these meanings").click().run()
    own = known_profiles(tmp_path / "store")["canonical"]
    status = next(emit for emit in own.emit if emit.table == "session").fields["status"][0]
    assert own.recode_of(status) == {"attended": "completed"}
    assert Jobs(tmp_path / "store", SLEEPS).state().step == "checking"
    assert live_file(tmp_path / "store") is None


def test_an_unknown_file_is_mapped_without_showing_a_value(page, tmp_path):
    app = page("unknown")
    assert select(app, "Source profile").value.startswith("None of these")
    guessed = {label: select(app, label).value for label in ("Participant's ID", "Day of the", "Whether it took")}
    assert list(guessed.values()) == ["Person code", "Visit Date", "How it went"]
    texts = everything(app)
    assert any("Phone (identifier)" in text for text in texts)
    assert not [text for text in texts if "AB1001" in text or "207-555" in text]
    assert "Phone" not in select(app, "County").options
    app.text_input[0].set_value("center_log").run()
    button(app, "Save this mapping").click().run()
    assert "center_log" in known_profiles(tmp_path / "store")


@pytest.mark.parametrize("audience", ["funder", "board"])
def test_only_directors_are_offered_the_page(made, audience, monkeypatch):
    monkeypatch.setenv("OUTCOMES_STORE", str(made("none")))
    monkeypatch.setenv("OUTCOMES_AUDIENCE", audience)
    app = open_page("load_data")
    assert "Load data" not in [title.value for title in app.title]


def test_with_no_data_there_is_one_sentence_and_the_way_to_this_page(use_store):
    use_store("nothing")
    assert [link.proto.page for link in open_page("overview").get("page_link")] == ["load-data"]
    assert [title.value for title in open_page("load_data").title] == ["Load data"]


def test_columns_of_one_name_with_other_codes_are_asked_for_apart():
    session = {"column": "status", "field": "status", "codes": {"completed": "Completed"}}
    milestone = {**session}
    assessment = {**session, "codes": {"conducted": "Conducted"}}
    assert _alike([session, assessment, milestone]) == [[session, milestone], [assessment]]
