"""Deaths: one per person, linked to the overdose that caused it, never both suicide and overdose (R10 to R13)."""

from datetime import date

import pytest
from whiteboard import warehouse

DEATH = "SELECT death_date, cause, certainty, is_fatal_overdose, is_conflict FROM death"


def deaths(milestones: str, query: str = DEATH):
    return warehouse(milestones=milestones).execute(query).fetchall()


def test_the_most_certain_of_several_records_stands():
    assert deaths("""
        participant_key event_date reported_date class certainty          death_cause
        A               07-02      07-20         death self_reported      other
        A               07-01      07-05         death official_confirmed pending
        A               07-03      07-30         death coach_observed     other
    """) == [(date(2026, 7, 1), "pending", "official_confirmed", False, False)]


def test_among_equally_certain_records_the_latest_reported_stands():
    assert deaths("""
        participant_key event_date reported_date class certainty  death_cause
        A               07-01      07-05         death documented pending
        A               07-01      07-25         death documented other
    """) == [(date(2026, 7, 1), "other", "documented", False, False)]


@pytest.mark.parametrize(("death_day", "linked"), [("07-31", True), ("08-01", False)])
def test_a_death_within_30_days_belongs_to_the_fatal_overdose(death_day, linked):
    milestones = f"""
        participant_key event_date  class    od_fatal certainty     death_cause
        A               07-01       overdose true     suspected     -
        A               {death_day} death    -        documented    pending
    """
    day = date(2026, 7, 1) if linked else date.fromisoformat(f"2026-{death_day}")
    assert deaths(milestones, "SELECT death_date, is_fatal_overdose FROM death") == [(day, linked)]
    events = deaths(milestones, "SELECT class, od_fatal FROM event ORDER BY event_date")
    assert events == ([("overdose", True)] if linked else [("overdose", None), ("death", None)])


def test_an_overdose_stays_suspected_while_the_certificate_is_out():
    certainty = "SELECT certainty, cause FROM death"
    pending = """
        participant_key event_date class    od_fatal certainty           death_cause
        A               07-01      overdose true     suspected           -
        A               07-03      death    -        official_confirmed  {}
    """
    assert deaths(pending.format("pending"), certainty) == [("suspected", "overdose")]
    assert deaths(pending.format("overdose"), certainty) == [("official_confirmed", "overdose")]


def test_a_suicide_also_told_as_an_overdose_counts_once_and_not_as_an_overdose():
    milestones = """
        participant_key event_date class    od_fatal certainty  death_cause
        A               07-01      overdose true     documented -
        A               07-03      death    -        suspected  suicide
    """
    assert deaths(milestones) == [(date(2026, 7, 3), "pending", "suspected", False, True)]
    assert deaths(milestones, "SELECT class, death_cause FROM event") == [("death", "pending")]


def test_a_death_recorded_as_overdose_only_is_a_fatal_overdose():
    milestones = "participant_key event_date class death_cause\nA 07-01 death overdose"
    assert deaths(milestones, "SELECT class, code, od_fatal, death_cause FROM event") == [
        ("overdose", "overdose", True, "overdose")
    ]


def test_a_suicide_alone_is_a_death_with_its_cause():
    milestones = "participant_key event_date class death_cause\nA 07-01 death suicide"
    assert deaths(milestones, "SELECT class, death_cause FROM event") == [("death", "suicide")]


@pytest.mark.parametrize(
    ("precision", "reported", "day"),
    [
        ("week", "-", "2026-07-07"),
        ("month", "-", "2026-07-31"),
        ("month", "07-12", "2026-07-12"),
        ("quarter", "-", "2026-09-30"),
        ("day", "-", "2026-07-01"),
    ],
)
def test_a_coarse_death_is_dated_at_its_last_possible_day(precision, reported, day):
    found = deaths(f"""
        participant_key event_date date_precision reported_date class
        A               07-01      {precision}    {reported}    death
    """)
    assert found[0][0] == date.fromisoformat(day)


def test_a_death_without_its_day_is_dated_when_it_was_reported():
    found = deaths("participant_key event_date reported_date class\nA - 07-09 death")
    assert found[0][0] == date(2026, 7, 9)


def test_a_death_after_as_of_is_held_back():
    assert deaths("participant_key event_date class\nA 10-02 death") == []


def test_a_nonfatal_overdose_is_no_death():
    assert deaths("participant_key event_date class od_fatal\nA 07-01 overdose false\nB 07-01 overdose -") == []


def test_after_a_death_only_support_for_the_family_and_care_coordination_count():
    board = warehouse(
        sessions="""
            participant_key session_date kind
            A               07-01        coaching
            A               07-10        coaching
            A               07-12        coaching
            A               07-12        family_support
            A               07-14        care_coordination
            A               07-16        group
        """,
        milestones="participant_key event_date class\nA 07-10 death",
    )
    kinds = board.execute("SELECT day(contact_date), kind FROM contact ORDER BY ALL").fetchall()
    assert kinds == [(1, "coaching"), (10, "coaching"), (12, "family_support"), (14, "care_coordination")]
    span = board.execute("SELECT start_date, end_date FROM active_span").fetchall()
    assert span == [(date(2026, 7, 1), date(2026, 7, 10))]
    episode = board.execute("SELECT last_contact, exit_reason FROM episode WHERE gap_days = 90").fetchall()
    assert episode == [(date(2026, 7, 10), "died")]


def test_support_for_a_family_alone_makes_no_episode():
    board = warehouse(
        sessions="participant_key session_date kind\nA 07-12 family_support",
        milestones="participant_key event_date class\nA 07-10 death",
    )
    assert board.execute("SELECT count(*) FROM first_contact").fetchall() == [(1,)]
    assert board.execute("SELECT count(*) FROM episode").fetchall() == [(0,)]
    assert board.execute("SELECT count(*) FROM person_day").fetchall() == [(0,)]
