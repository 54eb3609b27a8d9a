"""Worked example 8.3 of measures.md, and what counts as a new win."""

from datetime import date

import pytest
from asking import HANCOCK, ask, count, n_of, split

from dashboard.measures import Period

HALF_YEAR = Period(date(2026, 1, 1), date(2026, 6, 30), "first half of 2026")
YEAR = Period(date(2025, 10, 1), date(2026, 9, 30), "FFY26")

HOMES = """
    participant_key  event_date  code
    A                01-15       found_housing
    A                04-17       housing_90_days
    B                02-10       found_housing
    B                04-01       housing_90_days
    C                02-20       found_housing
    C                04-04       housing_lost
    D                03-02       found_housing
    D                03-30       housing_lost
    D                04-20       found_housing
    D                07-20       housing_90_days
    E                05-20       found_housing
    F                06-15       found_housing
    F                09-14       housing_90_days
    G                03-25       found_housing
    H                2025-12-10  found_housing
    H                03-12       housing_90_days
"""


@pytest.fixture
def homes(store_of):
    return store_of(milestones=HOMES)


def test_two_of_six_homes_lasted(homes):
    result = ask(homes, "lasting_win", HALF_YEAR, where=(("domain", ("home",)),))
    assert n_of(result) == (2, 6)
    (row,) = result.frame.itertuples()
    assert (round(row.lower, 2), round(row.upper, 2)) == (0.10, 0.70)
    assert result.provenance.notes == ("1 person left out: their win is too recent to be confirmed.",)


def test_all_three_outcomes_are_shown_together(homes):
    result = ask(homes, "lasting_win", HALF_YEAR, by=("outcome",))
    parts = split(result, "denominator")
    assert parts == {"lasted": 2, "ended": 1, "not_followed_up": 3, "too_recent": 0}


def test_jobs_and_homes_are_told_apart(store_of):
    jobs = """
        participant_key  event_date  code
        A                01-15       got_job
        A                04-17       job_90_days
        A                04-18       housing_90_days
        B                01-15       found_housing
        B                01-20       job_ended
    """
    result = ask(store_of(milestones=jobs), "lasting_win", HALF_YEAR, by=("domain",))
    assert split(result) == {"home": 0, "work": 1}
    assert split(result, "denominator") == {"home": 1, "work": 1}


SERVED = """
    participant_key  session_date  county_fips
    A                07-08         Hancock
    A                08-20         Washington
    B                07-15         Hancock
    C                07-15         Hancock
"""


def test_people_with_a_win_are_a_share_of_people_supported(store_of):
    wins = """
        participant_key  event_date  code
        A                07-10       got_job
        A                07-12       found_housing
        C                06-30       found_housing
        D                07-20       got_job
    """
    store = store_of(sessions=SERVED, milestones=wins)
    assert n_of(ask(store, "people_with_win")) == (1, 3)
    assert split(ask(store, "people_with_win", by=("county",)), "denominator")[HANCOCK] == 3


def test_the_highest_step_of_recovery_time_counts_and_confirmations_do_not(store_of):
    wins = """
        participant_key  event_date  code
        A                2025-11-01  got_job
        A                02-01       job_90_days
        A                01-01       recovery_time_30
        A                03-02       recovery_time_90
    """
    store = store_of(milestones=wins)
    assert split(ask(store, "win_events", YEAR, by=("win",))) == {"got_job": 1, "recovery_time_90": 1}
    assert count(ask(store, "wins_by_domain", YEAR)) == 1


def test_people_by_part_of_life(store_of):
    wins = """
        participant_key  event_date  code
        A                01-01       got_job
        A                01-02       found_housing
        B                01-03       found_housing
    """
    store = store_of(milestones=wins)
    assert split(ask(store, "wins_by_domain", YEAR, by=("domain",))) == {"home": 2, "work": 1}
    assert count(ask(store, "wins_by_domain", YEAR)) == 2


def test_a_win_known_to_the_month_counts_where_the_whole_month_lies_inside(store_of):
    wins = """
        participant_key  event_date  date_precision  code
        A                06-01       month           got_job
        B                06-29       week            got_job
    """
    store = store_of(milestones=wins)
    june = Period(date(2026, 6, 1), date(2026, 6, 30), "Jun 2026")
    assert count(ask(store, "win_events", june)) == 1
    assert count(ask(store, "win_events", Period(date(2026, 6, 2), date(2026, 7, 5), "from 2 June"))) == 1


def test_the_rate_counts_wins_on_active_days_only(store_of):
    sessions = """
        participant_key  session_date
        A                07-03
    """
    wins = """
        participant_key  event_date  code
        A                07-10       got_job
        A                07-12       found_housing
        B                07-20       got_job
    """
    result = ask(store_of(sessions=sessions, milestones=wins), "win_rate")
    assert n_of(result) == pytest.approx((2, 90 / 30.4375))
    assert result.provenance.notes == ("1 win left out: they fall outside active time.",)


def test_people_who_met_a_goal_they_had_set(store_of):
    store = store_of(
        sessions="\n".join(["participant_key session_date", *(f"{who} 07-15" for who in "ABCDEF")]),
        milestones="""
            participant_key  event_date  code
            A                05-01       goal_set
            A                06-01       goal_set
            A                07-03       goal_met
            A                07-20       goal_met
            B                07-01       goal_set
            B                07-02       goal_set
            B                07-30       goal_met
            C                06-10       goal_set
            C                07-10       goal_cancelled
            D                2025-11-01  goal_set
            E                05-01       goal_set
            E                06-30       goal_met
            G                05-01       goal_set
            G                07-10       goal_met
        """,
    )
    july = Period(date(2026, 7, 1), date(2026, 7, 31), "Jul 2026")
    result = ask(store, "goals_met", july)
    assert n_of(result) == (2, 4)
    (row,) = result.frame.itertuples()
    assert (row.row_numerator, row.row_denominator) == (3, 6)


def test_without_goals_in_the_records_nobody_is_judged(store_of):
    store = store_of(
        sessions="participant_key session_date\nA 07-15", milestones="participant_key event_date code\nA 07-16 goal_met"
    )
    (row,) = ask(store, "goals_met").frame.itertuples()
    assert (row.denominator, row.reason) == (0, "nobody in the denominator")
