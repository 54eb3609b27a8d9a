"""Events: where, when, on an active day or not, in touch or not, and which deaths count."""

from datetime import date

import pytest
from whiteboard import warehouse

SESSIONS = """
    participant_key session_date county_fips program_id site_id
    A               01-10        Hancock     P1         ellsworth
    A               02-10        Washington  P2         machias
    B               07-10        Hancock     P1         ellsworth
"""


def events(milestones, columns, sessions=SESSIONS, **more):
    board = warehouse(sessions=sessions, milestones=milestones, **more)
    return board.execute(f"SELECT {columns} FROM event ORDER BY event_key").fetchall()


def test_an_event_on_an_active_day_has_the_county_and_program_of_that_day():
    found = events(
        """
        participant_key event_date class
        A               01-10      return_to_use
        A               02-09      return_to_use
        A               02-10      return_to_use
        A               02-11      return_to_use
        A               01-09      return_to_use
        """,
        "is_active, active_county_fips, active_program_id",
    )
    assert found == [
        (True, "23009", "P1"),
        (True, "23009", "P1"),
        (True, "23029", "P2"),
        (False, None, None),
        (False, None, None),
    ]


def test_an_event_has_its_own_county_else_that_of_the_most_recent_contact():
    found = events(
        """
        participant_key event_date class         county_fips
        A               05-01      return_to_use Waldo
        A               05-01      return_to_use -
        A               01-20      return_to_use -
        C               05-01      return_to_use -
        """,
        "county_fips, site_id",
    )
    assert found == [("23027", "machias"), ("23029", "machias"), ("23009", "ellsworth"), (None, None)]


@pytest.mark.parametrize(
    ("day", "days", "in_touch"), [("05-10", 89, True), ("05-11", 90, False), ("01-09", None, False)]
)
def test_in_touch_means_a_contact_in_the_90_days_before(day, days, in_touch):
    milestones = f"participant_key event_date class\nA {day} overdose"
    assert events(milestones, "days_since_contact, is_in_touch") == [(days, in_touch)]


@pytest.mark.parametrize(("day", "in_touch"), [("02-19", True), ("02-20", False)])
def test_nobody_is_in_touch_after_a_closing(day, in_touch):
    milestones = f"participant_key event_date class\nA {day} overdose"
    participants = "participant_key closed_on close_reason\nA 02-20 moved"
    assert events(milestones, "is_in_touch", participants=participants) == [(in_touch,)]


def test_a_closing_followed_by_a_contact_does_not_end_touch():
    milestones = "participant_key event_date class\nA 02-05 overdose"
    participants = "participant_key closed_on close_reason\nA 02-01 moved"
    assert events(milestones, "is_in_touch", participants=participants) == [(True,)]


@pytest.mark.parametrize(("day", "counted"), [("05-11", True), ("05-12", False), ("01-09", False)])
def test_a_death_counts_up_to_90_days_after_the_last_contact(day, counted):
    milestones = f"participant_key event_date class\nA {day} death"
    assert events(milestones, "is_counted_death") == [(counted,)]


def test_every_death_counts_where_there_are_no_sessions():
    assert events("participant_key event_date class\nA 07-01 death", "is_counted_death", sessions="") == [(True,)]


def test_no_other_event_is_a_counted_death():
    assert events("participant_key event_date class od_fatal\nA 02-10 overdose false", "is_counted_death") == [(False,)]


def test_an_event_without_its_day_is_dated_when_it_was_reported():
    found = events(
        """
        participant_key event_date reported_date class
        A               01-20      01-25         return_to_use
        A               -          01-25         return_to_use
        A               01-20      -             return_to_use
        """,
        "event_date, date_known, clock_date",
    )
    told, happened = date(2026, 1, 25), date(2026, 1, 20)
    assert found == [(happened, True, told), (told, False, told), (happened, True, happened)]


def test_events_after_as_of_are_held_back():
    milestones = "participant_key event_date class\nA 09-30 return_to_use\nA 10-01 return_to_use"
    assert events(milestones, "event_date") == [(date(2026, 9, 30),)]


def test_how_a_life_win_counts():
    found = events(
        """
        participant_key event_date code
        A               02-01      got_job
        A               02-02      job_90_days
        A               02-03      recovery_time_90
        A               02-04      er_visit
        """,
        "class, domain, counts",
    )
    assert found == [
        ("life_win", "work", "new"),
        ("life_win", "work", "confirms"),
        ("life_win", "recovery", "ladder"),
        ("other_event", None, None),
    ]


def test_two_overdoses_on_one_day_are_two_events():
    milestones = "participant_key event_date class\nB 07-11 overdose\nB 07-11 overdose"
    assert events(milestones, "days_since_contact, is_active") == [(1, True), (1, True)]


def test_the_last_day_an_event_can_have_happened_on():
    found = events(
        """
        participant_key event_date reported_date date_precision class
        A               02-01      -             day            return_to_use
        A               02-02      -             week           return_to_use
        A               02-01      -             month          return_to_use
        A               01-01      -             quarter        return_to_use
        A               -          02-05         month          return_to_use
        """,
        "last_day",
    )
    assert found == [(date(2026, *day),) for day in [(2, 1), (2, 8), (2, 28), (3, 31), (2, 5)]]


def test_steps_of_recovery_time_say_how_many_days_they_stand_for():
    milestones = "participant_key event_date code\nA 02-01 recovery_time_180\nA 02-02 got_job"
    assert events(milestones, "ladder_days") == [(180,), (None,)]
