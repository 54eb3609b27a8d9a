"""Episodes: silence, closings and deaths at the edges of the gap rule (measures.md section 1)."""

from datetime import date, timedelta

import pytest
from whiteboard import warehouse

from pipelines.schema import EXIT_OF_CLOSE_REASON

EPISODE = (
    "SELECT start_date, end_date, exit_reason FROM episode JOIN data_window"
    " ON data_window.gap_days = episode.gap_days ORDER BY participant_key, episode_no"
)
START = date(2026, 1, 1)


def day(number: int) -> str:
    """Day 0 is 1 January 2026."""
    return str(START + timedelta(number))


def episodes(contacts, *, participants="", milestones="", gap_days=90, extra=""):
    lines = "".join(f"A {day(n)} coaching\n" for n in contacts)
    board = warehouse(
        sessions=f"participant_key session_date kind\n{lines}{extra}",
        participants=participants,
        milestones=milestones,
        gap_days=gap_days,
    )
    found = board.execute(EPISODE).fetchall()
    return [((first - START).days, None if end is None else (end - START).days, why) for first, end, why in found]


def closed(number, reason="goals_met"):
    return f"participant_key closed_on close_reason\nA {day(number)} {reason}"


def died(number):
    return f"participant_key event_date class\nA {day(number)} death"


def test_a_silence_of_the_gap_rule_goes_on_and_one_day_more_ends_it():
    assert episodes([0, 90]) == [(0, 90, "left")]
    assert episodes([0, 91]) == [(0, 0, "left"), (91, 91, "left")]


def test_the_last_contact_decides_on_the_horizon_day():
    horizon = (date(2026, 9, 30) - START).days - 90
    assert episodes([horizon]) == [(horizon, horizon, "left")]
    assert episodes([horizon + 1]) == [(horizon + 1, None, None)]


def test_a_closing_ends_the_episode_on_its_own_day():
    assert episodes([0, 30], participants=closed(40)) == [(0, 40, "completed")]
    assert episodes([0, 30], participants=closed(30)) == [(0, 30, "completed")]
    assert episodes([0, 30], participants=closed(120)) == [(0, 120, "completed")]


def test_a_closing_after_the_gap_comes_too_late():
    assert episodes([0, 30], participants=closed(121)) == [(0, 30, "left")]


def test_a_closing_counts_before_the_gap_is_known_to_be_long():
    assert episodes([200, 250], participants=closed(260)) == [(200, 260, "completed")]


def test_a_closing_followed_by_a_contact_within_the_gap_rule_is_ignored():
    assert episodes([0, 30, 110], participants=closed(40)) == [(0, 110, "left")]
    assert episodes([0, 30, 121], participants=closed(40)) == [(0, 40, "completed"), (121, 121, "left")]


def test_a_closing_after_as_of_is_not_known_yet():
    assert episodes([200, 250], participants=closed(300)) == [(200, None, None)]


def test_a_closeout_session_stands_for_a_closing():
    closeout = f"A {day(40)} closeout\n"
    assert episodes([0, 30], extra=closeout) == [(0, 40, "other")]


def test_a_recorded_closing_goes_before_a_closeout_session():
    closeout = f"A {day(40)} closeout\n"
    assert episodes([0, 30], extra=closeout, participants=closed(35)) == [(0, 35, "completed")]


def test_a_reason_without_a_day_is_that_of_the_closeout_session():
    reason = "participant_key closed_on close_reason\nA - goals_met"
    assert episodes([0, 30], extra=f"A {day(40)} closeout\n", participants=reason) == [(0, 40, "completed")]


def test_of_two_programs_the_later_closing_ends_the_episode():
    two = f"participant_key program_id closed_on close_reason\nA P1 {day(40)} goals_met\nA P2 {day(50)} moved"
    assert episodes([0, 30], participants=two) == [(0, 50, "other")]


def test_death_goes_before_a_closing():
    assert episodes([0, 30], participants=closed(40), milestones=died(60)) == [(0, 60, "died")]


def test_a_death_after_the_gap_leaves_the_exit_where_it_was():
    assert episodes([0, 30], milestones=died(120)) == [(0, 120, "died")]
    assert episodes([0, 30], milestones=died(121)) == [(0, 30, "left")]


@pytest.mark.parametrize(("reason", "exit_reason"), EXIT_OF_CLOSE_REASON.items())
def test_every_close_reason_means_what_the_vocabulary_says(reason, exit_reason):
    assert episodes([0], participants=closed(10, reason)) == [(0, 10, exit_reason)]


@pytest.mark.parametrize("gap_days", [14, 45, 120])
def test_the_programs_own_gap_rule_may_be_any(gap_days):
    assert episodes([0, gap_days], gap_days=gap_days) == [(0, gap_days, "left")]
    assert episodes([0, gap_days + 1], gap_days=gap_days)[0] == (0, 0, "left")


def test_where_an_episode_began():
    board = warehouse(
        sessions="""
        participant_key session_date county_fips site_id
        A               01-01        Hancock     a
        A               02-01        Waldo       b
        A               07-20        Knox        c
    """
    )
    places = board.execute("SELECT county_fips, site_id FROM episode WHERE gap_days = 90 ORDER BY episode_no")
    assert places.fetchall() == [("23009", "a"), ("23013", "c")]
