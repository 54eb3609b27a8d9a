"""The worked examples in the headers of engagement measures, drawn as they are told there."""

import numpy as np
from asking import ask, count, n_of, split


def test_second_contact_within_fourteen_days(store_of):
    store = store_of(
        sessions="""
            participant_key  session_date
            on_day_14        07-01
            on_day_14        07-15
            on_day_15        07-01
            on_day_15        07-16
            same_day_only    07-01
            same_day_only    07-01
            died             07-01
        """,
        milestones="""
            participant_key  event_date  class
            died             07-06       death
        """,
    )
    result = ask(store, "second_contact")
    assert n_of(result) == (1, 3)
    assert result.provenance.notes == ("1 person left out: they died within the 14 days.",)


def test_people_met_too_recently_are_left_out_even_if_they_came_back(store_of):
    """E1 judges only full spans: first contact on 17 September, data to the 30th."""
    store = store_of(sessions="participant_key session_date\nA 09-17\nA 09-18\nB 09-16")
    result = ask(store, "second_contact")
    assert n_of(result) == (0, 1)
    assert result.provenance.notes == ("1 person left out: their 14 days are not over yet.",)


def test_engaged_needs_two_more_contacts_within_34_days_of_the_second(store_of):
    store = store_of(
        sessions="""
            participant_key  session_date
            engaged          07-01
            engaged          07-15
            engaged          07-31
            engaged          08-18
            day_49           07-01
            day_49           07-15
            day_49           07-31
            day_49           08-19
            never            07-01
        """
    )
    assert n_of(ask(store, "engaged")) == (1, 3)


def test_half_of_people_have_fewer_contacts_than_the_median(store_of):
    rows = "\n".join([*["A 07-01"], *["B 07-01"] * 2, *[f"C 07-{n:02d}" for n in range(1, 10)]])
    (row,) = ask(store_of(sessions=f"participant_key session_date\n{rows}"), "contacts_per_person").frame.itertuples()
    assert (row.lower, row.value, row.upper, row.denominator) == (1.5, 2, 5.5, 3)


def test_contacts_by_kind(store_of):
    store = store_of(
        sessions="""
            participant_key  session_date  kind
            A                07-08         coaching
            A                07-08         group
            A                07-20         coaching
            B                07-21         closeout
        """
    )
    assert count(ask(store, "contacts")) == 3
    assert split(ask(store, "contacts", by=("kind",))) == {"coaching": 2, "group": 1}


def test_missed_sessions_in_sessions_and_in_people(store_of):
    store = store_of(
        sessions="""
            participant_key  session_date  status                    kind      mode
            A                07-01         completed                 coaching  in_person
            A                07-08         no_show                   coaching  in_person
            B                07-01         completed                 coaching  phone
            C                07-01         completed                 coaching  in_person
            C                07-02         cancelled_by_participant  coaching  in_person
            C                07-03         no_show                   outreach  in_person
            C                07-04         no_show                   coaching  text
        """
    )
    assert n_of(ask(store, "missed_sessions")) == (1, 4)
    assert np.isnan(ask(store, "missed_sessions").frame["lower"].item())
    assert n_of(ask(store, "people_missing_a_session")) == (1, 3)
    assert not np.isnan(ask(store, "people_missing_a_session").frame["lower"].item())


LOADS = """
    batch_id  source_system  source_file  sha256  as_of  loaded_at   records_missed
    1         billing        claims.csv   a       09-30  2026-10-01  false
    2         platform       visits.csv   b       09-30  2026-10-01  true
"""


def test_an_export_of_contacts_alone_cannot_tell_who_missed_a_session(store_of):
    """Not 0 %: billing names only contacts that took place."""
    billed = """
        participant_key  session_date  status     source_system
        A                07-01         completed  billing
        B                07-01         completed  billing
    """
    store = store_of(sessions=billed, load_batch=LOADS)
    for measure, unit in (("missed_sessions", "sessions"), ("people_missing_a_session", "people")):
        asked = ask(store, measure)
        assert n_of(asked) == (0, 0)
        assert asked.frame["reason"].item() == "not recorded"
        assert asked.provenance.notes[0].startswith(f"2 {unit} left out")


def test_beside_an_export_that_tells_what_cannot_tell_is_left_out(store_of):
    both = """
        participant_key  session_date  status     source_system
        A                07-01         completed  billing
        A                07-02         completed  platform
        B                07-03         no_show    platform
    """
    store = store_of(sessions=both, load_batch=LOADS)
    assert n_of(ask(store, "missed_sessions")) == (1, 2)
    assert n_of(ask(store, "people_missing_a_session")) == (1, 2)


def test_missed_sessions_by_weekday(store_of):
    """6 July 2026 is a Monday; a session known to the week only has no weekday."""
    store = store_of(
        sessions="""
            participant_key  session_date  status     date_precision
            A                07-06         completed  day
            A                07-13         no_show    day
            B                07-12         no_show    day
            C                07-13         completed  week
        """
    )
    by_day = ask(store, "missed_sessions", by=("weekday",)).frame.set_index("weekday")
    assert by_day["denominator"].to_dict() == {"monday": 2, "sunday": 1, "unknown": 1}
    assert by_day["value"]["monday"] == 0.5


def test_connections_to_other_help(store_of):
    """Offered on 1 July: connected on day 60, on day 61, and declined; a fourth offer is too recent."""
    store = store_of(
        sessions="""
            session_key  participant_key  session_date
            S1           A                07-01
            S2           A                07-31
            S3           A                08-30
            S4           B                07-01
            S5           B                07-31
            S6           B                08-31
            S7           C                07-01
            S8           D                09-01
        """,
        linkage="""
            session_key  domain   outcome
            S1           housing  offered
            S2           housing  accepted
            S3           housing  connected
            S4           housing  offered
            S5           housing  accepted
            S6           housing  connected
            S7           housing  declined
            S8           housing  offered
        """,
    )
    result = ask(store, "linkage_completed")
    assert n_of(result) == (1, 3)
    assert result.provenance.notes == ("1 offer left out: their 60 days are not over yet.",)
    by_outcome = split(ask(store, "linkage_completed", by=("outcome",)), "denominator")
    assert by_outcome == {"connected": 2, "declined": 1, "offered": 0}
    assert n_of(ask(store, "people_connected")) == (1, 3)


OUTREACH = """
    participant_key  session_date  kind      status                mode
    at_once          01-10         coaching  completed             in_person
    at_once          07-06         outreach  completed             phone
    day_30           07-01         coaching  attempted_no_contact  phone
    day_30           07-31         coaching  completed             in_person
    day_31           07-01         outreach  attempted_no_contact  phone
    day_31           08-01         coaching  completed             in_person
    never            07-02         outreach  attempted_no_contact  text
    never            07-09         outreach  attempted_no_contact  text
    in_touch         05-02         coaching  completed             in_person
    in_touch         07-01         outreach  attempted_no_contact  phone
    called_off       07-01         outreach  cancelled_by_program  phone
"""


def test_people_tried_after_a_long_silence(store_of):
    store = store_of(sessions=OUTREACH)
    result = ask(store, "outreach_reached")
    assert n_of(result) == (2, 4)
    assert result.provenance.notes == ()
    assert split(ask(store, "outreach_reached", by=("mode",)), "denominator") == {"phone": 3, "text": 1}


def test_a_silence_of_exactly_the_gap_rule_is_not_long(store_of):
    """90 days before is still "in the 90 days before"; 91 is not."""
    rows = "participant_key session_date status\nA 04-02 completed\nA 07-01 attempted_no_contact\n"
    assert n_of(ask(store_of(sessions=rows), "outreach_reached")) == (0, 0)
    rows = "participant_key session_date status\nA 04-01 completed\nA 07-01 attempted_no_contact\n"
    assert n_of(ask(store_of(sessions=rows), "outreach_reached")) == (0, 1)


def test_tries_too_recent_or_before_a_death_are_left_out(store_of):
    store = store_of(
        sessions="""
            participant_key  session_date  kind      status
            recent           09-01         outreach  attempted_no_contact
            died             07-01         outreach  attempted_no_contact
        """,
        milestones="participant_key event_date class\ndied 07-20 death",
    )
    result = ask(store, "outreach_reached")
    assert n_of(result) == (0, 0)
    assert result.provenance.notes == (
        "1 person left out: they died within the 30 days.",
        "1 person left out: their 30 days are not over yet.",
    )


def test_deeper_by_the_fourth_meeting(store_of):
    store = store_of(
        sessions="""
            participant_key  session_date  kind            minutes  minutes_basis
            longer           06-01         coaching        30       recorded
            longer           06-08         coaching        -        -
            longer           06-15         coaching        -        -
            longer           07-01         coaching        45       recorded
            kind             06-01         first_meeting   30       recorded
            kind             06-08         brief_check_in  10       recorded
            kind             06-15         brief_check_in  10       recorded
            kind             07-01         coaching        20       recorded
            neither          06-01         brief_check_in  20       recorded
            neither          06-08         coaching        30       recorded
            neither          06-15         coaching        30       recorded
            neither          07-01         brief_check_in  34       recorded
            by_default       06-01         first_meeting   60       default
            by_default       06-08         coaching        60       default
            by_default       06-15         coaching        60       default
            by_default       07-01         coaching        60       default
            three_only       07-01         first_meeting   30       recorded
            three_only       07-02         coaching        60       recorded
            three_only       07-03         coaching        60       recorded
        """
    )
    result = ask(store, "deepening")
    assert n_of(result) == (2, 3)
    assert result.provenance.notes == ("1 person left out: the length of a contact was not recorded.",)


def test_hours_of_contacts_whose_length_was_recorded(store_of):
    store = store_of(
        sessions="""
            participant_key  session_date  minutes  minutes_basis
            A                07-01         45       recorded
            A                07-08         30       recorded
            B                07-09         -        -
        """
    )
    assert count(ask(store, "contact_hours")) == 1.25
