"""The last complete day, where a report states it above its header: proposed or reported, never taken in silence."""

from __future__ import annotations

from datetime import date

import pytest
from load.commands import command
from load.loading import query

from pipelines.load.stated_day import stated_day
from pipelines.profile import read_profile

REPORT = """Contact Report by Participant
Filters: Program is any
{line}

Participant Record ID,Participant,Program,Record ID,Service Date,Type of Contact,Service Location,\
Length of Contact (hrs),Topics Discussed,\
Referrals Made,Referral Outcome,Milestone Achieved,Milestone Date,County,Contact Summary
17,,PRC,C1,05/04/2026,Intake,Machias,1.5,,,,,,Washington,
"""
CONTACTS = read_profile("case_mgmt_report").input_by_id("contacts")


def report(folder, line: str):
    path = folder / "Contact report.csv"
    path.write_text(REPORT.format(line=line), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Run on 07/03/2026 08:14 AM", date(2026, 7, 2)),  # run in the morning: complete through the day before
        ("Report run on: 07/03/2026", date(2026, 7, 2)),
        ('"Run on 07/03/2026, by canary"', date(2026, 7, 2)),
        ("Run on a Friday", None),
        ("Printed 07/03/2026", None),
    ],
)
def test_the_day_stands_behind_the_words_the_profile_names(tmp_path, line, day):
    assert stated_day(report(tmp_path, line), CONTACTS) == day


def test_the_command_line_takes_it_where_no_day_is_given_and_says_so(tmp_path):
    file = report(tmp_path, "Run on 07/03/2026 08:14 AM")
    outcome = command("load", file, "--profile", "case_mgmt_report", "--store", tmp_path / "store")
    assert (outcome.code, outcome.err) == (0, "")
    assert "Data through 2026-07-02, as Contact report.csv states" in " ".join(outcome.out.split())
    assert query(tmp_path / "store", "SELECT DISTINCT as_of FROM load_batch") == [(date(2026, 7, 2),)]


def test_a_day_that_is_given_goes_before_the_one_that_is_stated(tmp_path):
    file, store = report(tmp_path, "Run on 07/03/2026 08:14 AM"), tmp_path / "store"
    outcome = command("load", file, "--profile", "case_mgmt_report", "--as-of", "2026-06-30", "--store", store)
    assert "states" not in outcome.out
    assert query(store, "SELECT DISTINCT as_of FROM load_batch") == [(date(2026, 6, 30),)]


def test_without_a_stated_day_the_command_line_asks_for_one(tmp_path):
    file = report(tmp_path, "Printed 07/03/2026")
    outcome = command("load", file, "--profile", "case_mgmt_report", "--store", tmp_path / "store")
    assert outcome.code == 1
    assert "the last complete day of the export is not given" in " ".join(outcome.err.split())
