"""Worked examples 8.5 and 8.6 of measures.md, overdoses and deaths."""

from datetime import date, timedelta

import numpy as np
import pytest
from asking import ask, count, n_of, split

from dashboard.measures import Period

YEAR = Period(date(2025, 10, 1), date(2026, 9, 30), "FFY26")

# person, event, reported, days of contact after r (the day the program learned of it)
REPORTS = [
    ("A", "07-04", "07-06", [0, 7, 53]),
    ("B", "07-10", "07-13", [0, 16]),
    ("C", "08-02", "08-02", [0, 14]),
    ("D", "07-20", "-", [0, 8]),
    ("E", "08-11", "08-12", [0]),
    ("A", "08-25", "08-28", []),  # its day 0 is A's day 53 above
    ("F", "09-18", "09-21", [0, 4]),
    ("G", "08-05", "08-07", [0]),
]


def reported_returns(store_of):
    milestones = ["participant_key event_date reported_date class"]
    sessions = ["participant_key session_date"]
    for person, event, reported, days in REPORTS:
        milestones.append(f"{person} {event} {reported} return_to_use")
        learned = date.fromisoformat(f"2026-{event if reported == '-' else reported}")
        sessions += [f"{person} {learned + timedelta(days=day)}" for day in days]
    milestones.append("G 08-12 - death")
    return store_of(sessions="\n".join(sessions), milestones="\n".join(milestones))


def test_contact_after_a_reported_return_to_use(store_of):
    result = ask(reported_returns(store_of), "still_with_us")
    (row,) = result.frame.itertuples()
    assert (row.numerator, row.denominator, row.value) == (3, 5, 0.6)
    assert (round(row.lower, 2), round(row.upper, 2)) == (0.23, 0.88)
    assert (row.row_numerator, row.row_denominator) == (3, 6)
    assert result.provenance.notes == (
        "1 person left out: they died within the 14 days.",
        "1 person left out: their 14 days are not over yet.",
    )


def test_a_death_after_a_report_counts_among_deaths(store_of):
    assert count(ask(reported_returns(store_of), "deaths", YEAR)) == 1


def test_people_who_told_of_a_return_to_use(store_of):
    store = store_of(
        sessions="""
            participant_key  session_date
            A                08-03
            B                08-03
            C                08-03
        """,
        milestones="""
            participant_key  event_date  class
            A                08-01       return_to_use
            A                08-02       return_to_use
            B                07-31       return_to_use
        """,
    )
    august = Period(date(2026, 8, 1), date(2026, 8, 31), "Aug 2026")
    assert n_of(ask(store, "people_reporting_return", august)) == (1, 3)


OVERDOSES = [("A", 3), ("B", 2), ("C", 1), ("D", 1), ("E", 1)]


def test_an_overdose_rate_allows_for_people_with_several(store_of):
    """8 of 9 known overdoses on active days; k = 1.4142; the limits are those of example 8.5."""
    sessions = ["participant_key session_date", *(f"{key} 2026-09-01" for key, _ in OVERDOSES)]
    events = ["participant_key event_date class od_fatal"]
    events += [f"{key} 2026-09-{10 + n} overdose false" for key, times in OVERDOSES for n in range(times)]
    events.append("X 2026-09-10 overdose false")
    result = ask(store_of(sessions="\n".join(sessions), milestones="\n".join(events)), "overdose_rate", YEAR)
    (row,) = result.frame.itertuples()
    months = 5 * 30 / 30.4375
    assert (row.numerator, row.denominator) == pytest.approx((8, months))
    assert row.widening == pytest.approx(1.4142, abs=5e-5)
    assert [row.lower * months / 100, row.upper * months / 100] == pytest.approx([1.571, 18.979], abs=1e-3)
    assert not row.reliable
    assert result.provenance.notes == ("1 overdose left out: they fall outside active time.",)


def test_a_county_rate_is_widened_by_the_repeats_of_everyone(store_of):
    sessions = """
        participant_key  session_date  county_fips
        A                09-01         Hancock
        B                09-01         Washington
    """
    events = """
        participant_key  event_date  class          county_fips
        A                09-10       return_to_use  Hancock
        B                09-10       return_to_use  Washington
        B                09-11       return_to_use  Washington
        B                09-12       return_to_use  Washington
    """
    store = store_of(sessions=sessions, milestones=events)
    k = ((1 + 9) / 4) ** 0.5
    assert set(ask(store, "return_rate", by=("county",)).frame["widening"]) == {k}
    assert set(ask(store, "return_rate", where=(("county", ("23009",)),)).frame["widening"]) == {k}


def test_nonfatal_overdoses_with_an_unknown_outcome_are_listed_apart(store_of):
    events = """
        participant_key  event_date  class     od_fatal
        A                07-10       overdose  false
        A                07-20       overdose  false
        B                08-01       overdose  -
        C                08-02       overdose  true
    """
    result = ask(store_of(milestones=events), "nonfatal_overdoses")
    assert count(result) == 2
    assert result.provenance.notes == ("1 overdose left out: their outcome is not known.",)


def test_reached_within_seven_days_of_learning_of_an_overdose(store_of):
    """The contact in which a person tells it does not count; a hospital's call starts the clock on day 0."""
    store = store_of(
        sessions="""
            participant_key  session_date
            hospital         07-01
            hospital         07-12
            told             07-01
            told             07-12
            told             07-19
            same_day         07-01
            same_day         07-12
            late             07-01
            late             08-11
            not_in_touch     2026-01-01
            not_in_touch     07-13
            died             07-01
            recent           09-20
        """,
        milestones="""
            participant_key  event_date  reported_date  class     od_fatal  certainty
            hospital         07-10       07-12          overdose  false     documented
            told             07-10       07-12          overdose  false     self_reported
            same_day         07-10       07-12          overdose  false     self_reported
            late             07-10       08-10          overdose  false     documented
            not_in_touch     07-10       07-12          overdose  false     documented
            died             07-10       07-12          overdose  false     documented
            died             07-15       07-15          death     -         documented
            recent           09-24       09-25          overdose  false     documented
        """,
    )
    result = ask(store, "reached_after_overdose")
    assert n_of(result) == (2, 3)
    assert result.provenance.notes == (
        "1 person left out: they were not in touch when it happened.",
        "1 person left out: the program learned of it more than 30 days later.",
        "1 person left out: they died within the 7 days.",
        "1 person left out: their 7 days are not over yet.",
    )


def test_deaths_within_ninety_days_of_the_last_contact_are_counted_once(store_of):
    store = store_of(
        sessions="""
            participant_key  session_date
            confirmed        03-01
            suspected        03-01
            other            03-01
            long_after       03-01
        """,
        milestones="""
            participant_key  event_date  class     od_fatal  certainty           death_cause
            confirmed        05-01       overdose  true      official_confirmed  -
            confirmed        05-02       death     -         documented          overdose
            suspected        05-30       overdose  true      suspected           -
            other            05-01       death     -         documented          other
            long_after       05-31       overdose  true      documented          -
        """,
    )
    overdoses = ask(store, "fatal_overdoses", YEAR, by=("confirmation",))
    assert split(overdoses) == {"confirmed": 1, "suspected": 1}
    deaths = ask(store, "deaths", YEAR)
    assert count(deaths) == 3
    assert deaths.provenance.notes == ("1 person left out: their last contact was more than 90 days before.",)
    assert split(ask(store, "deaths", YEAR, by=("cause",))) == {"other": 1, "overdose": 2}


BETWEEN = "\n".join(
    f"{who} {day} {{0}}" for who, day in [("A", "07-01"), ("B", "07-04"), ("C", "07-04"), ("A", "07-20")]
)


@pytest.mark.parametrize(
    ("measure", "event"), [("days_between_returns", "return_to_use"), ("days_between_overdoses", "overdose")]
)
def test_days_between_events_and_the_gap_still_open(store_of, measure, event):
    rows = BETWEEN.format(event) + f"\nD 07-01 {event}"
    precise = "\n".join(f"{row} day" for row in rows.splitlines()[:4]) + f"\nD 07-01 {event} month"
    store = store_of(milestones=f"participant_key event_date class date_precision\n{precise}")
    result = ask(store, measure)
    assert list(result.frame["value"]) == [3, 0.5, 16, 72]
    assert list(result.frame["open"]) == [False, False, False, True]
    assert list(result.frame["event_date"].dt.strftime("%m-%d")) == ["07-04", "07-04", "07-20", "09-30"]
    assert result.frame[["center", "lower", "upper"]].isna().all().all()  # too few gaps for limits
    assert result.provenance.notes == (f"1 {result.measure.unit} left out: the day is not known exactly.",)


def test_days_between_have_the_limits_of_a_t_chart(store_of):
    """Nelson 1994: gaps to the power 1/3.6, XmR limits, turned back into days."""
    days = [0, 5, 9, 20, 26, 40, 44, 59]
    start = date(2026, 6, 30)
    rows = "\n".join(f"P{n} {start + timedelta(days=day)} return_to_use" for n, day in enumerate(days))
    june_30 = Period(start, date(2026, 9, 30), "from 30 June")
    frame = ask(store_of(milestones=f"participant_key event_date class\n{rows}"), "days_between_returns", june_30).frame
    gaps = np.diff(days) ** (1 / 3.6)
    reach = 2.66 * np.abs(np.diff(gaps)).mean()
    assert list(frame["value"]) == [*np.diff(days), 33]
    assert frame["upper"].tolist() == pytest.approx([(gaps.mean() + reach) ** 3.6] * 8)
    assert frame["lower"].tolist() == pytest.approx([(gaps.mean() - reach) ** 3.6] * 8)
    assert not frame["reliable"].any()  # fewer than twelve points: limits on trial


def test_a_period_without_events_has_no_gap(store_of):
    store = store_of(milestones="participant_key event_date class\nA 05-01 overdose")
    (row,) = ask(store, "days_between_overdoses").frame.itertuples()
    assert (row.open, row.reason) == (True, "fewer than two events")
    assert np.isnan(row.value)
