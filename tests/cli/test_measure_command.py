"""`outcomes measure`: what a page shows, in the terminal, as CSV and as JSON."""

from __future__ import annotations

import json

import pytest
from load.commands import Outcome, command
from whiteboard import warehouse

import dashboard.cli  # noqa: F401  (registers the command)
from dashboard.measures import Query, evaluate, load_measures, periods_of
from dashboard.measures.export import result_csv
from dashboard.store import Store

SESSIONS = """
    participant_key session_date county_fips
    A 04-08 Hancock
    A 04-20 Hancock
    B 05-30 Hancock
    B 07-02 Washington
    C 01-05 Washington
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("measure")
    warehouse(folder, sessions=SESSIONS)
    return folder


def ask(store, *arguments: object) -> Outcome:
    return command("measure", *arguments, "--store", store)


def cells(outcome: Outcome) -> list[list[str]]:
    """Return the lines of the printed table."""
    lines = [line for line in outcome.out.splitlines() if line.startswith("│")]
    return [[cell.strip() for cell in line.strip("│").split("│")] for line in lines]


def test_a_table_shows_counts_value_limits_state_and_both_versions(store):
    outcome = ask(store, "second_contact", "--period", "2026Q1:2026Q2")
    assert outcome.code == 0
    assert cells(outcome) == [
        ["2026 Q1", "0", "1", "0 %", "0 % to 79 %", "few: read as a count"],
        ["2026 Q2", "1", "2", "50 %", "9 % to 91 %", "few: read as a count"],
    ]
    assert "(E1)" in outcome.out
    assert f"Definition version 1. Data version {Store(store).version}" in outcome.out


def test_the_csv_is_the_file_a_page_hands_out(store):
    own = Store(store)
    quarters = periods_of("quarter", own.as_of.replace(month=4, day=1), own.as_of)
    page = result_csv(evaluate(own, Query("people_served", quarters, by=("county",))), "All counties")
    assert ask(store, "people_served", "--period", "2026Q2:", "--by", "county", "--format", "csv").out == page


def test_json_holds_the_same_numbers_and_null_where_there_is_none(store):
    answer = json.loads(ask(store, "second_contact", "--period", "2026Q2:2026Q3", "--format", "json").out)
    assert (answer["id"], answer["definition_version"], answer["data_version"]) == ("E1", "1", Store(store).version)
    rows = [(row["period"], row["period_start"], row["numerator"], row["value"]) for row in answer["rows"]]
    assert rows == [("2026 Q2", "2026-04-01", 1, 0.5), ("2026 Q3", "2026-07-01", 0, None)]


@pytest.mark.parametrize("form", ["table", "csv", "json"])
@pytest.mark.parametrize("name", load_measures())
def test_every_measure_is_printed_in_every_form(store, name, form):
    assert ask(store, name, "--periods", 1, "--format", form).code == 0


def test_a_curve_is_printed_on_the_days_people_ask_about(store):
    days = [line[1] for line in cells(ask(store, "retention", "--period", "2026Q2"))]
    assert days == ["30", "60", "90", "180", "365"]


def test_a_setting_and_the_start_of_a_grant_year_can_be_chosen(store):
    outcome = ask(
        store, "second_contact", "--set", "second_contact_days=40", "--period", "2026-GY", "--grant-start", "01-01"
    )
    assert "at most 40 days after" in outcome.out
    assert cells(outcome)[0][:3] == ["Grant year from 1 Jan 2026", "2", "3"]


@pytest.mark.parametrize(
    ("wrong", "cure"),
    [
        (("peple_served",), 'Did you mean "people_served"?'),
        (("people_served", "--by", "conty"), 'Did you mean "county"?'),
        (("people_served", "--calendar", "quater"), 'Did you mean "quarter"?'),
        (("people_served", "--period", "2026-Q2"), 'Did you mean "2026Q2"?'),
        (("people_served", "--period", "2026Q3:2026Q1"), "Write the earlier period first."),
        (("people_served", "--period", "2026Q1:2026-SFY"), "Write both ends in one"),
        (("people_served", "--period", ":"), "Write it like 2026Q3"),
        (("people_served", "--period", "2026Q1", "--calendar", "rolling_12"), "Use --periods with it instead."),
        (("people_served", "--format", "jsn"), 'Did you mean "json"?'),
        (("people_served", "--set", "dais=3"), 'Did you mean "days"?'),
        (("people_served", "--set", "days"), "Write it as days=180."),
        (("people_served", "--grant-start", "30 Sep"), "Write it as 09-30."),
    ],
)
def test_wrong_words_are_answered_with_the_nearest_right_ones(store, wrong, cure):
    outcome = ask(store, *wrong)
    assert (outcome.code, outcome.out) == (1, "")
    assert cure in outcome.err
