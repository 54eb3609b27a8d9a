"""A spreadsheet kept by hand is mapped from nothing in a browser, and the command line reads the same profile."""

from __future__ import annotations

import re

import pytest
from browser_steps import press, settled, state_day, tick
from hand_made import write_log
from load.commands import command
from load.loading import query
from servers import loading_into

MEANINGS = {
    "Came (8 rows)": "Completed",
    "Stood up (2 rows)": "Missed session",
    "F2F (8 rows)": "In person",
    "Zoom (1 row)": "Video",
    "phone/text (1 row)": "Phone",
    "Wash. (1 row)": "Washington County",
}
ACCOUNT = "SELECT rows_read, rows_loaded, rows_quarantined, rows_duplicate, rows_dropped FROM load_batch ORDER BY ALL"
CONTACTS = "SELECT session_date, date_precision, status, mode, minutes, county_fips FROM session ORDER BY ALL"


@pytest.fixture(scope="module")
def loading(tmp_path_factory):
    store = tmp_path_factory.mktemp("mapping") / "store"
    with loading_into(store) as place:
        yield place


def test_a_log_kept_by_hand_is_mapped_from_nothing_and_loads_the_same_from_the_command_line(window, loading, tmp_path):
    address, store = loading
    log = write_log(tmp_path / "our log 2026.xlsx")
    window.goto(f"{address}/load-data")
    settled(window)
    window.locator("input[type=file]").set_input_files(log)
    press(window, "Look at the files")

    window.get_by_text("Name (identifier), Notes (free text)").wait_for()
    window.get_by_text("2026-03-14 or 03/14/2026 or 03/14/26 or 03.14.26 or days of a spreadsheet").wait_for()
    window.get_by_role("textbox", name="Name").fill("center_log")
    window.keyboard.press("Enter")
    press(window, "Save this mapping")

    window.get_by_text("its header has all columns needed").wait_for()
    state_day(window, "2026-02-28")
    press(window, "Check the files")
    window.get_by_text("Some values have no meaning yet").wait_for()
    assert window.get_by_text("Canary").count() == 0
    for label, meaning in MEANINGS.items():
        box = window.get_by_role("combobox", name=label)
        box.click()
        window.keyboard.type(meaning)
        window.get_by_role("option", name=meaning).first.click()
    press(window, "Keep these meanings and check again")

    tick(window, "I have read the warnings")
    assert window.get_by_text("Ellsworth (1 row)").is_visible()  # a town is no county until somebody says so
    press(window, "Publish this version")
    window.get_by_text(re.compile("Version [0-9a-f]{12} is live")).wait_for()

    profile = store / "profiles" / "center_log.toml"
    shell = tmp_path / "shell"
    outcome = command(
        "load", log, "--profile", profile, "--as-of", "2026-02-28",
        "--program", store / "program.toml", "--store", shell,
    )  # fmt: skip
    assert outcome.code == 0, outcome.err
    assert query(shell, ACCOUNT) == query(store, ACCOUNT)
    contacts = [tuple(map(str, row)) for row in query(store, CONTACTS)]
    assert [tuple(map(str, row)) for row in query(shell, CONTACTS)] == contacts
    assert contacts == [
        ("2026-01-05", "day", "completed", "in_person", "90", "23009"),
        ("2026-01-12", "day", "completed", "phone", "15", "23009"),
        ("2026-01-19", "day", "completed", "video", "30", "23029"),
        ("2026-01-20", "day", "no_show", "in_person", "None", "23029"),
        ("2026-01-22", "day", "completed", "in_person", "45", "23009"),
        ("2026-01-26", "week", "completed", "in_person", "None", "None"),
        ("2026-01-27", "day", "completed", "in_person", "90", "23009"),
        ("2026-02-02", "day", "completed", "in_person", "30", "23009"),
        ("2026-02-03", "day", "no_show", "in_person", "None", "23009"),
    ]
    assert "Canary" not in profile.read_text(encoding="utf-8")
