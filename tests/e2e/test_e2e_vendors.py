"""Every vendor's export through the page, as a director loads it: recognized, checked, published, taken back."""

from __future__ import annotations

import re

import pytest
from browser_steps import press, settled, state_day, tick
from fixture_loads import NAMES, build_export, expected
from load.loading import export, run
from playwright.sync_api import expect
from servers import loading_into

from pipelines.profile import read_profile
from pipelines.versions import read_pointer

VENDORS = tuple(name for name in NAMES if name != "canonical")  # our own template has a test of its own


@pytest.fixture(scope="module")
def loading(tmp_path_factory):
    """One server for all vendors, on a store that holds a few rows of our own template."""
    store = tmp_path_factory.mktemp("vendors") / "store"
    run(store, export(tmp_path_factory.mktemp("own")))
    with loading_into(store) as place:
        yield place


@pytest.mark.parametrize("name", VENDORS)
def test_an_export_is_recognized_checked_published_and_taken_back(window, loading, name, tmp_path):
    address, store = loading
    before, wanted = read_pointer(store).version, expected(name)["first"]
    files = sorted(build_export(name, "first", tmp_path / "export").iterdir())

    window.goto(f"{address}/load-data")
    settled(window)
    window.locator("input[type=file]").set_input_files(files)
    press(window, "Look at the files")
    window.get_by_role("heading", name="What these files are").wait_for()
    recognized = window.get_by_role("combobox", name=re.compile("Source profile"))
    expect(recognized).to_have_value(read_profile(name).vendor)
    expect(window.get_by_text("its header has all columns needed")).to_have_count(len(files))

    if name == "case_mgmt_report":  # its title lines say when it was run; the director decides
        window.get_by_text('Proposed: 2 Jul 2026, from "Run on" in Contact report 2026-06.csv').wait_for()
    state_day(window, wanted["as_of"])
    if not read_profile(name).confirmed:
        tick(window, "I have looked at the columns")
    press(window, "Check the files")
    window.get_by_role("heading", name="What the check found").wait_for()
    for file, fates in wanted["files"].items():
        expect(window.get_by_role("row", name=" ".join([file, *map(str, fates.values())]), exact=True)).to_be_visible()
    window.get_by_text(re.compile("First rows by shape")).first.wait_for()
    assert read_pointer(store).version == before

    tick(window, "I have read the warnings")
    press(window, "Publish this version")
    window.get_by_text(re.compile("Version [0-9a-f]{12} is live")).wait_for()
    live = read_pointer(store).version
    assert live != before
    row = window.get_by_role("row", name=re.compile(f"^{live} \\(live\\)"))
    for file in files:
        expect(row).to_contain_text(file.name)

    window.reload()
    window.get_by_text("This version is live.").wait_for()
    settled(window)
    window.get_by_role("combobox", name=re.compile("Look at a version")).click()
    window.keyboard.type(before)  # a long list is drawn in parts
    window.get_by_role("option", name=re.compile(before)).click()
    window.get_by_text("This version is live").wait_for(state="detached")
    tick(window, "Every open page should show this version instead")
    press(window, "Make this version live")
    window.get_by_text(f"{before} (live)").wait_for()
    assert read_pointer(store).version == before
