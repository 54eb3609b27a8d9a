"""The worked examples of measures.md section 8, as far as the derived models answer them."""

from datetime import date, timedelta

import duckdb
import pytest
from whiteboard import warehouse

SERVED = """
participant_key  session_date  status     kind      county_fips
A                07-08         completed  coaching  Hancock
A                07-20         completed  coaching  Hancock
B                05-30         completed  coaching  Hancock
B                07-02         completed  coaching  Hancock
C                2025-11-03    completed  coaching  Washington
C                08-11         completed  coaching  Washington
D                04-02         completed  coaching  Hancock
D                07-01         completed  coaching  Hancock
E                04-01         completed  coaching  Washington
E                07-01         completed  coaching  Washington
F                06-15         completed  coaching  Washington
F                07-10         no_show    coaching  Washington
G                05-12         completed  coaching  Hancock
G                08-03         completed  closeout  Hancock
H                07-06         completed  coaching  Hancock
H                09-14         completed  coaching  Washington
I                07-01         completed  coaching  Washington
I                09-30         completed  coaching  Washington
"""

ENTRY = {"A": "01-05", "B": "01-12", "C": "01-20", "D": "02-02", "E": "02-16"}
ENTRY |= {"F": "03-02", "G": "03-09", "H": "03-23", "I": "05-04", "J": "07-06"}
CONTACTS = {
    "A": [*range(0, 267, 14)],
    "B": [0],
    "C": [0, 21, 41],
    "D": [0, 18, 46, 158],
    "E": [0, 28, 63],
    "F": [0, 28, 84],
    "G": [0, 28, 56, 82, 121],
    "H": [0, 21, 49, 70],
    "I": [0, 16, 40, 52, 80, 87],
    "J": [0, 28],
}
# Day and reason of the exit from the first episode; None while it is open on as_of.
EXITS = {
    90: {
        "A": None,
        "B": (0, "left"),
        "C": (41, "left"),
        "D": (46, "left"),
        "E": (74, "completed"),
        "F": (84, "left"),
        "G": None,
        "H": (87, "died"),
        "I": None,
        "J": None,
    },
    60: {
        "A": None,
        "B": (0, "left"),
        "C": (41, "left"),
        "D": (46, "left"),
        "E": (74, "completed"),
        "F": (84, "left"),
        "G": (121, "left"),
        "H": (87, "died"),
        "I": (87, "left"),
        "J": None,
    },
    30: {
        "A": None,
        "B": (0, "left"),
        "C": (41, "left"),
        "D": (46, "left"),
        "E": (28, "left"),
        "F": (28, "left"),
        "G": (82, "left"),
        "H": (87, "died"),
        "I": (87, "left"),
        "J": (28, "left"),
    },
}

PERSON_MONTHS = """
participant_key  session_date  county_fips
A                06-10         Hancock
A                07-06         Hancock
A                08-20         Hancock
A                09-22         Hancock
B                07-15         Washington
C                04-20         Hancock
C                06-30         Hancock
C                07-02         Hancock
D                07-01         Hancock
D                08-10         Washington
D                09-05         Washington
E                03-02         Washington
E                04-06         Washington
E                08-24         Washington
F                07-20         Washington
F                08-03         Washington
"""


def entered(person: str) -> date:
    return date.fromisoformat(f"2026-{ENTRY[person]}")


@pytest.fixture(scope="module")
def retention() -> duckdb.DuckDBPyConnection:
    days = [f"{p} {entered(p) + timedelta(days)}" for p, all_days in CONTACTS.items() for days in all_days]
    return warehouse(
        sessions="participant_key session_date\n" + "\n".join(days),
        participants=f"participant_key closed_on close_reason\nE {entered('E') + timedelta(74)} goals_met",
        milestones=f"participant_key event_date class\nH {entered('H') + timedelta(87)} death",
    )


@pytest.fixture(scope="module")
def person_months() -> duckdb.DuckDBPyConnection:
    return warehouse(
        sessions=PERSON_MONTHS, milestones="participant_key event_date class certainty\nF 08-14 death documented"
    )


def test_first_contacts_and_contact_days_of_example_8_1():
    first = dict(warehouse(sessions=SERVED).execute("SELECT participant_key, first_date FROM first_contact").fetchall())
    assert first["G"] == date(2026, 5, 12)
    assert first["F"] == date(2026, 6, 15)
    assert {p for p, day in first.items() if day >= date(2026, 7, 1)} == {"A", "H", "I"}


def test_a_missed_session_and_a_closeout_are_no_contact_days():
    days = warehouse(sessions=SERVED).execute(
        "SELECT participant_key, count(*) FROM contact_day GROUP BY ALL ORDER BY ALL"
    )
    assert dict(days.fetchall()) == {"A": 2, "B": 2, "C": 2, "D": 2, "E": 2, "F": 1, "G": 1, "H": 2, "I": 2}


def test_days_between_the_first_contact_of_the_period_and_the_one_before():
    days = warehouse(sessions=SERVED).execute(
        "SELECT participant_key, date_diff('day', previous_date, contact_date) FROM contact_day"
        " WHERE contact_date >= DATE '2026-07-01'"
        " QUALIFY row_number() OVER (PARTITION BY participant_key ORDER BY contact_date) = 1"
    )
    assert dict(days.fetchall()) == {"A": None, "B": 33, "C": 281, "D": 90, "E": 91, "H": None, "I": None}


@pytest.mark.parametrize("gap_days", [90, 60, 30])
def test_first_episodes_of_example_8_2(retention, gap_days):
    found = retention.execute(
        "SELECT participant_key, date_diff('day', start_date, end_date), exit_reason"
        " FROM episode WHERE episode_no = 1 AND gap_days = ?",
        [gap_days],
    ).fetchall()
    exits = {person: None if day is None else (day, reason) for person, day, reason in found}
    assert exits == EXITS[gap_days]


def test_a_return_after_the_gap_is_a_second_episode(retention):
    second = retention.execute(
        "SELECT participant_key, date_diff('day', DATE '2026-02-02', start_date) FROM episode"
        " WHERE gap_days = 90 AND episode_no = 2"
    )
    assert second.fetchall() == [("D", 158)]


def test_every_usual_gap_is_there_once_when_it_is_also_the_programs_own(retention):
    gaps = retention.execute("SELECT DISTINCT gap_days FROM episode ORDER BY ALL").fetchall()
    assert gaps == [(30,), (60,), (90,)]


def test_person_days_by_month_of_example_8_4(person_months):
    days = person_months.execute(
        "SELECT month(calendar_day), sum(people) FROM person_day WHERE calendar_day >= DATE '2026-07-01'"
        " GROUP BY ALL ORDER BY ALL"
    )
    assert days.fetchall() == [(7, 93), (8, 115), (9, 120)]


def test_person_days_by_county_add_up_because_a_day_has_one_county(person_months):
    days = person_months.execute(
        "SELECT county_fips, sum(people) FROM person_day WHERE calendar_day >= DATE '2026-07-01'"
        " GROUP BY ALL ORDER BY ALL"
    )
    assert days.fetchall() == [("23009", 134), ("23029", 194)]


def test_the_right_edge_still_fills():
    later = warehouse(sessions=PERSON_MONTHS, as_of="2026-12-31")
    span = later.execute("SELECT start_date, end_date FROM active_span WHERE participant_key = 'B'")
    assert span.fetchall() == [(date(2026, 7, 15), date(2026, 7, 15))]
