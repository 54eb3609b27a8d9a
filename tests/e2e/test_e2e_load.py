"""Loading in a real browser: upload, look, check, publish, go back; a reload and a second window see the same."""

from __future__ import annotations

import re

import pytest
from browser_steps import settled
from load.loading import SESSIONS, export, query, run
from servers import loading_into

from pipelines.versions import read_pointer


@pytest.fixture(scope="module")
def loading(tmp_path_factory):
    """A server of its own on a small store, so that the other tests keep their data."""
    store = tmp_path_factory.mktemp("load") / "store"
    run(store, export(tmp_path_factory.mktemp("first")))
    with loading_into(store) as place:
        yield place


def test_files_are_uploaded_checked_published_and_taken_back(window, context, loading, tmp_path):
    address, store = loading
    first = read_pointer(store).version
    later = export(tmp_path / "later", sessions=SESSIONS.replace("no_show  ", "completed"))

    window.goto(f"{address}/load-data")
    settled(window)
    window.locator("input[type=file]").set_input_files(sorted(later.iterdir()))
    window.get_by_role("button", name="Look at the files").click()
    window.get_by_role("heading", name="What these files are").wait_for()
    assert not any((store / "loading/received").iterdir())  # taken up, and nothing of them is kept in the session

    window.reload()  # the job is on disk, not in the window
    window.get_by_role("heading", name="What these files are").wait_for()
    settled(window)
    window.get_by_role("spinbutton", name=re.compile("^year, Last day")).click()
    window.keyboard.type("20261031")
    window.keyboard.press("Escape")
    window.keyboard.press("Tab")
    window.get_by_role("button", name="Check the files").click()

    other = context.new_page()  # a second window shows the same work
    other.goto(f"{address}/load-data")
    other.get_by_role("heading", name="What the check found").wait_for(timeout=60_000)
    window.get_by_role("heading", name="What the check found").wait_for()
    assert read_pointer(store).version == first

    window.get_by_text("I have read the warnings").click()
    window.get_by_role("button", name="Publish this version").click()
    window.get_by_text(re.compile("Version [0-9a-f]{12} is live")).wait_for()
    other.get_by_text(re.compile("Version [0-9a-f]{12} is live")).wait_for()
    other.close()
    assert read_pointer(store).version != first
    assert query(store, "SELECT count(*) FILTER (status = 'completed') FROM session") == [(3,)]
    assert not (store / "loading/files").exists()

    settled(window)
    window.get_by_role("combobox", name=re.compile("Look at a version")).click()
    window.get_by_role("option", name=re.compile(first)).click()
    window.get_by_text("Every open page should show this version instead").click()
    window.get_by_role("button", name="Make this version live").click()
    window.get_by_text(re.compile(f"{first} \\(live\\)")).wait_for()
    assert read_pointer(store).version == first


def test_a_load_cancelled_in_one_window_is_gone_in_the_other(window, context, loading, tmp_path):
    address, store = loading
    before = read_pointer(store)
    (tmp_path / "log.csv").write_text("Who,When\nA1,2026-01-02\n", encoding="utf-8")
    window.goto(f"{address}/load-data")
    settled(window)
    window.locator("input[type=file]").set_input_files(tmp_path / "log.csv")
    window.get_by_role("button", name="Look at the files").click()
    other = context.new_page()
    other.goto(f"{address}/load-data")
    other.get_by_role("button", name="Cancel this load").click()
    other.get_by_text("The last load was cancelled").wait_for()
    other.close()
    window.get_by_text("The last load was cancelled").wait_for()
    assert read_pointer(store) == before
    assert not (store / "loading/files").exists()
