"""Worked examples 8.1 and 8.4 of measures.md, drawn as they stand there."""

from datetime import date

import pytest
from asking import HANCOCK, Q3, WASHINGTON, ask, count, n_of, split

from dashboard.measures import Period, in_words, periods_of

SERVED = """
    participant_key  session_date  county_fips  kind      status
    A                07-08         Hancock      coaching  completed
    A                07-20         Hancock      coaching  completed
    B                05-30         Hancock      coaching  completed
    B                07-02         Hancock      coaching  completed
    C                2025-11-03    Washington   coaching  completed
    C                08-11         Washington   coaching  completed
    D                04-02         Hancock      coaching  completed
    D                07-01         Hancock      coaching  completed
    E                04-01         Washington   coaching  completed
    E                07-01         Washington   coaching  completed
    F                06-15         Washington   coaching  completed
    F                07-10         Washington   coaching  no_show
    G                05-12         Hancock      coaching  completed
    G                08-03         Hancock      closeout  completed
    H                07-06         Hancock      coaching  completed
    H                09-14         Washington   coaching  completed
    I                07-01         Washington   coaching  completed
    I                09-30         Washington   coaching  completed
"""


@pytest.fixture
def served(store_of):
    return store_of(sessions=SERVED)


def test_people_are_counted_once_and_by_county_where_they_were_seen(served):
    assert count(ask(served, "people_served")) == 7
    assert split(ask(served, "people_served", by=("county",))) == {HANCOCK: 4, WASHINGTON: 4}


@pytest.mark.parametrize(
    ("measure", "people", "hancock", "washington"),
    [("people_new", 3, 2, 2), ("people_continuing", 2, 2, 0), ("people_returning", 2, 0, 2)],
)
def test_the_first_contact_in_the_period_says_who_is_new(served, measure, people, hancock, washington):
    assert n_of(ask(served, measure)) == (people, 7)
    by_county = ask(served, measure, by=("county",))
    assert split(by_county) == {HANCOCK: hancock, WASHINGTON: washington}
    assert split(by_county, "denominator") == {HANCOCK: 4, WASHINGTON: 4}


def test_in_touch_is_judged_on_the_last_day_of_the_period(served):
    assert count(ask(served, "in_touch")) == 4


def test_in_touch_says_how_long_ago_the_last_contact_was(served):
    assert split(ask(served, "in_touch", by=("quiet",))) == {"quiet_30": 2, "quiet_60": 1, "quiet_90": 1}


def test_county_codes_come_with_their_names(served):
    result = ask(served, "people_served", by=("county",))
    assert [result.label("county", code) for code in result.frame["county"]] == ["Hancock", "Washington"]


def test_support_before_the_records_begin_is_never_new(store_of):
    """Enrolled before the first recorded session: continuing within 90 days of it, else returning."""
    store = store_of(
        sessions="""
            participant_key  session_date
            first            03-01
            soon             05-30
            late             05-31
        """,
        participants="""
            participant_key  enrolled_on
            soon             2025-12-01
            late             2025-12-01
        """,
    )
    spring = Period(date(2026, 3, 1), date(2026, 6, 30), "spring")
    assert n_of(ask(store, "people_new", spring)) == (1, 3)
    assert n_of(ask(store, "people_continuing", spring)) == (1, 3)
    assert n_of(ask(store, "people_returning", spring)) == (1, 3)


ACTIVE = """
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
DIED = """
    participant_key  event_date  class
    F                08-14       death
"""


def test_person_months_by_month_and_county(store_of):
    store = store_of(sessions=ACTIVE, milestones=DIED)
    months = periods_of("month", date(2026, 7, 1), date(2026, 9, 30))
    by_month = ask(store, "contact_intensity", *months).frame["denominator"]
    assert list(by_month) == pytest.approx([3.055, 3.778, 3.943], abs=5e-4)
    assert n_of(ask(store, "contact_intensity")) == pytest.approx((11, 10.776), abs=5e-4)
    by_county = split(ask(store, "contact_intensity", by=("county",)), "denominator")
    assert by_county == pytest.approx({HANCOCK: 4.402, WASHINGTON: 6.374}, abs=5e-4)


def test_the_last_days_are_still_filling(store_of):
    now = ask(store_of(sessions=ACTIVE, milestones=DIED), "contact_intensity")
    assert now.frame["completeness"].item() == "filling"


def test_active_time_shrinks_once_a_silence_is_known_to_be_long(store_of):
    """Run again with data to December: B's 78 days become 1, and E ends with the contact of 24 August."""
    later = store_of(sessions=ACTIVE, milestones=DIED, as_of="2026-12-31")
    result = ask(later, "contact_intensity", where=(("county", (WASHINGTON,)),))
    assert result.frame["completeness"].item() == "complete"
    days_of_b, days_of_d, days_of_e, days_of_f = 1, 27, 1, 26
    assert n_of(result)[1] * 30.4375 == pytest.approx(days_of_b + days_of_d + days_of_e + days_of_f)


def test_the_sentence_on_contacts_per_month_names_the_active_time(store_of):
    result = ask(store_of(sessions=ACTIVE, milestones=DIED), "contact_intensity")
    (row,) = result.frame.itertuples()
    assert in_words(result.measure, row) == "1.02 per person-month (11 contacts in 10.8 person-months)"


def test_a_question_is_answered_for_its_own_periods_only(store_of):
    store = store_of(sessions=SERVED)
    months = periods_of("month", date(2026, 7, 1), date(2026, 9, 30))
    result = ask(store, "people_served", *months, Q3)
    assert list(result.frame["period"]) == ["Jul 2026", "Aug 2026", "Sep 2026", "2026 Q3"]
    assert list(result.frame["value"]) == [6, 1, 2, 7]
