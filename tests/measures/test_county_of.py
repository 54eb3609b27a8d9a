"""Which county is meant: that of the contact, or where the person lives; never both in one answer."""

import pytest
from asking import HANCOCK, WASHINGTON, ask, split

from dashboard.measures import load_measures, options

# A lives in Hancock and is seen in both counties; B lives in Washington and is seen in Hancock; C's home is unknown.
SESSIONS = """
    participant_key  session_date  county_fips
    A                07-08         Hancock
    A                07-15         Washington
    B                08-08         Hancock
    C                09-08         Washington
"""
PEOPLE = """
    participant_key  county_fips
    A                Hancock
    B                Washington
    C                -
"""
RETURNS = """
    participant_key  code           event_date  county_fips
    A                return_to_use  07-20       Washington
"""


@pytest.fixture
def store(store_of):
    return store_of(sessions=SESSIONS, participants=PEOPLE, milestones=RETURNS)


def test_a_person_seen_in_two_counties_lives_in_one(store):
    assert split(ask(store, "people_served", by=("county",))) == {HANCOCK: 2, WASHINGTON: 2}
    home = ask(store, "people_served", by=("county",), county_of="residence")
    assert split(home) == {HANCOCK: 1, WASHINGTON: 1, "unknown": 1}


def test_a_filter_and_a_region_follow_the_home(store):
    there = (("county", (WASHINGTON,)),)
    assert ask(store, "people_served", where=there, county_of="residence").frame["numerator"].item() == 1  # B
    region = ask(store, "people_served", by=("region",), county_of="residence")
    assert split(region) == {"Downeast": 2, "unknown": 1}


def test_events_and_person_time_of_a_rate_move_together(store):
    seen = ask(store, "return_rate", by=("county",)).frame.set_index("county")
    home = ask(store, "return_rate", by=("county",), county_of="residence").frame.set_index("county")
    assert seen["numerator"].to_dict() == {HANCOCK: 0, WASHINGTON: 1}
    assert home["numerator"].to_dict() == {HANCOCK: 1, WASHINGTON: 0, "unknown": 0}
    assert home["denominator"].sum() == pytest.approx(seen["denominator"].sum())
    assert home.loc[HANCOCK, "denominator"] == pytest.approx(85 / 30.4375)  # A: 8 July to 30 September


def test_every_measure_by_county_can_be_asked_by_residence(store):
    for name, measure in load_measures().items():
        if "county" in measure.dimensions:
            ask(store, name, by=("county",), county_of="residence")


def test_the_filter_offers_counties_of_the_basis_in_use(store):
    assert list(options(store, "county")) == [HANCOCK, WASHINGTON]
    assert list(options(store, "county", "residence")) == [HANCOCK, WASHINGTON, "unknown"]


def test_counties_of_another_state_come_with_its_name(store_of):
    elsewhere = "fips name state region\n33003 Carroll NH -"
    near = store_of(
        sessions="participant_key session_date county_fips\nA 07-08 Hancock\nB 07-09 33003", county=elsewhere
    )
    assert options(near, "county") == {"33003": "Carroll, NH", HANCOCK: "Hancock"}
