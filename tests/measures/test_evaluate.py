"""What can be asked, what is refused, and what an answer says about itself."""

from datetime import date

import numpy as np
import pytest
from asking import HANCOCK, Q3, ask, split
from whiteboard import warehouse

from dashboard.measures import Period, Query, evaluate, options, periods_of
from pipelines.errors import OutcomesError, UnknownNameError

SESSIONS = """
    participant_key  session_date  county_fips  site_id
    A                07-08         Hancock      S1
    B                08-08         -            S2
    C                09-08         Washington   -
"""


@pytest.fixture
def store(store_of):
    return store_of(sessions=SESSIONS)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        (Query("people_served", ()), "periods are missing"),
        (Query("people_served", (Q3, Q3)), "periods are missing or repeated"),
        (Query("people_server", (Q3,)), 'Did you mean "people_served"'),
        (Query("people_served", (Q3,), by=("country",)), 'no dimension "country".*Did you mean "county"'),
        (Query("deaths", (Q3,), by=("county",)), r'cannot be split by "county".*cause'),
        (Query("deaths", (Q3,), where=(("county", ("x",)),)), 'cannot be split by "county"'),
        (Query("people_served", (Q3,), by=("county", "county")), "named twice"),
        (Query("retained", (Q3,), settings=(("day", 90),)), 'Did you mean "days"'),
        (Query("retained", (Q3,), settings=(("days", 0),)), "1 or more"),
    ],
)
def test_a_question_that_cannot_be_asked_is_answered_with_the_cure(store, query, message):
    with pytest.raises(OutcomesError, match=message):
        evaluate(store, query)


def test_unknown_names_have_their_own_kind_of_error(store):
    with pytest.raises(UnknownNameError):
        evaluate(store, Query("people_server", (Q3,)))


def test_values_of_a_filter_are_bound_and_never_part_of_the_statement(store):
    hostile = (("county", ("x') OR 1 = 1 --",)),)
    assert ask(store, "people_served", where=hostile).frame["value"].item() == 0


def test_a_county_that_is_not_recorded_is_shown_and_can_be_filtered(store):
    result = ask(store, "people_served", by=("county",))
    assert split(result) == {HANCOCK: 1, "23029": 1, "unknown": 1}
    assert result.label("county", "unknown") == "Not recorded"
    only = ask(store, "people_served", where=(("county", ("unknown",)),))
    assert only.frame["value"].item() == 1


def test_regions_come_from_the_county_table(store):
    assert split(ask(store, "people_served", by=("region",))) == {"Downeast": 2, "unknown": 1}


def test_a_month_without_rows_is_kept_as_such(store):
    months = periods_of("month", date(2026, 5, 1), date(2026, 7, 31))
    new = ask(store, "people_new", *months).frame
    assert list(new["denominator"]) == [0, 0, 1]
    assert np.isnan(new["value"][0])
    assert new["reason"][0] == "nobody in the denominator"
    assert list(ask(store, "people_served", *months).frame["value"]) == [0, 0, 1]


def test_a_combination_that_occurs_once_is_there_for_every_period(store):
    months = periods_of("month", date(2026, 7, 1), date(2026, 9, 30))
    frame = ask(store, "people_served", *months, by=("county", "site")).frame
    assert len(frame) == 3 * 3
    assert frame["value"].sum() == 3


def test_overlapping_periods_each_count_for_themselves(store):
    windows = periods_of("rolling_12", date(2025, 8, 1), date(2026, 9, 30))
    assert list(ask(store, "people_served", *windows).frame["value"]) == [1, 2, 3]


def test_completeness_of_periods_and_which_measures_are_still_filling(store):
    later = Period(date(2026, 9, 1), date(2026, 10, 31), "into October")
    summer = Period(date(2026, 6, 1), date(2026, 6, 30), "June")
    served = ask(store, "people_served", summer, Q3, later).frame
    assert list(served["completeness"]) == ["complete", "complete", "incomplete"]
    contacts = ask(store, "contact_intensity", summer, Q3, later).frame
    assert list(contacts["completeness"]) == ["complete", "filling", "incomplete"]


def test_an_answer_says_where_it_comes_from(store):
    provenance = ask(store, "people_served").provenance
    assert provenance.version == store.version
    assert (provenance.as_of, provenance.gap_days) == (date(2026, 9, 30), 90)


def test_another_gap_rule_is_stated_in_the_answer(store):
    result = ask(store, "people_returning", gap_days=30)
    assert result.provenance.gap_days == 30
    assert "more than 30 days" in result.measure.numerator


def test_the_program_may_set_its_own_parameters(store_of):
    store = store_of(sessions=SESSIONS, settings={"second_contact_days": "21"})
    assert ask(store, "second_contact").measure.short_title == "Came back within 21 days"


def test_a_version_published_meanwhile_is_counted_whole(store, tmp_path, monkeypatch):
    """The pointer moves while the question is being answered: it is asked again on the new version."""
    answer = store.columns

    def publish_then_answer(*args):
        monkeypatch.setattr(store, "columns", answer)
        warehouse(tmp_path, sessions=SESSIONS + "D 07-09 Hancock S1")
        store.refresh()
        return answer(*args)

    monkeypatch.setattr(store, "columns", publish_then_answer)
    old = store.version
    result = ask(store, "people_served")
    assert result.provenance.version == store.version != old
    assert result.frame["value"].item() == 4


def test_few_events_or_people_are_marked_as_not_reliable(store_of):
    many = "\n".join(f"P{n} 07-{n % 28 + 1:02d}" for n in range(200))
    store = store_of(sessions=f"participant_key session_date\n{many}")
    assert ask(store, "people_new").frame["reliable"].item()
    assert ask(store, "people_new").frame["lower"].item() > 0.98
    assert not ask(store, "return_rate").frame["reliable"].item()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("county", {"23009": "Hancock", "23029": "Washington", "unknown": "Not recorded"}),
        ("region", {"Downeast": "Downeast", "unknown": "Not recorded"}),
        ("program", {"P1": "P1"}),
        ("site", {"S1": "S1", "S2": "S2", "unknown": "Not recorded"}),
    ],
)
def test_filters_offer_what_is_in_the_data(store, name, expected):
    assert options(store, name) == expected


def test_filters_offer_closed_lists_in_their_order(store):
    assert list(options(store, "age_band"))[:2] == ["under_18", "18_24"]
    assert options(store, "age_band")["unknown"] == "Not recorded"
    with pytest.raises(UnknownNameError, match="county"):
        options(store, "count")


def test_contacts_known_to_the_week_count_where_the_whole_week_lies_inside(store_of):
    """R7: A's week lies inside July, B's reaches into August; neither is exact enough for a 14-day rule."""
    store = store_of(
        sessions="""
            participant_key  session_date  date_precision
            A                07-06         week
            B                07-27         week
            C                07-01         day
            C                07-10         day
            D                07-01         month
        """
    )
    july = Period(date(2026, 7, 1), date(2026, 7, 31), "Jul 2026")
    assert ask(store, "people_served", july).frame["value"].item() == 2
    assert ask(store, "people_served").frame["value"].item() == 3
    second = ask(store, "second_contact")
    assert (second.frame["numerator"].item(), second.frame["denominator"].item()) == (1, 1)
    assert second.provenance.notes == ("2 people left out: the day of a contact is not known exactly.",)


def test_a_contact_known_to_the_day_counts_whatever_else_lies_in_that_week(store_of):
    """R7 is about rows: of two contacts dated Monday 27 July, the one known to the day is in July."""
    store = store_of(
        sessions="""
            participant_key  session_date  date_precision
            A                07-27         day
            A                07-27         week
            B                07-27         week
        """
    )
    july = Period(date(2026, 7, 1), date(2026, 7, 31), "Jul 2026")
    for measure, in_july, in_quarter in [
        ("people_served", 1, 2),
        ("people_new", 1, 2),
        ("contacts", 1, 3),
        ("contact_intensity", 1, 3),
        ("contacts_per_person", 1, 3),
    ]:
        assert ask(store, measure, july).frame["numerator"].item() == in_july, measure
        assert ask(store, measure).frame["numerator"].item() == in_quarter, measure
