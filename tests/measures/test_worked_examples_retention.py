"""Worked example 8.2 of measures.md: follow-up of everyone ends G days before the data do."""

from datetime import date, timedelta

import numpy as np
import pytest
from asking import ask, n_of, split

from dashboard.measures import Period, medians, on_days

ENTRIES = Period(date(2026, 1, 1), date(2026, 7, 31), "entered by July 2026")
# person: entry, days of contact after it
CONTACTS = {
    "A": ("01-05", range(0, 267, 14)),
    "B": ("01-12", [0]),
    "C": ("01-20", [0, 21, 41]),
    "D": ("02-02", [0, 18, 46, 158]),
    "E": ("02-16", [0, 28, 63]),
    "F": ("03-02", [0, 28, 84]),
    "G": ("03-09", [0, 28, 56, 82, 121]),
    "H": ("03-23", [0, 21, 49, 70]),
    "I": ("05-04", [0, 16, 40, 52, 80, 87]),
    "J": ("07-06", [0, 28]),
}


def on(entry: str, days: int) -> str:
    return str(date.fromisoformat(f"2026-{entry}") + timedelta(days=days))


def contacts(people=CONTACTS) -> str:
    rows = [f"{key} {on(entry, day)}" for key, (entry, days) in people.items() for day in days]
    return "\n".join(["participant_key session_date", *rows])


@pytest.fixture
def store(store_of):
    return store_of(
        sessions=contacts(),
        participants=f"""
            participant_key  closed_on             close_reason
            E                {on("02-16", 74)}     goals_met
        """,
        milestones=f"""
            participant_key  event_date            class
            H                {on("03-23", 87)}     death
        """,
    )


def test_the_life_table(store):
    frame = ask(store, "retention", ENTRIES).frame
    exits = frame[frame["exits"] > 0]
    assert list(exits["day"]) == [0, 41, 46, 74, 84, 87]
    assert list(exits["at_risk"]) == [9, 8, 7, 5, 4, 3]
    assert list(exits["exits"]) == [1] * 6
    expected = [0.8889, 0.7778, 0.6667, 0.5333, 0.4000, 0.2667]
    assert list(exits["value"]) == pytest.approx(expected, abs=5e-5)


def test_values_limits_and_states_on_the_grid(store):
    grid = on_days(ask(store, "retention", ENTRIES))
    assert list(grid["value"])[:3] == pytest.approx([0.8889, 0.6667, 0.2667], abs=5e-5)
    assert list(grid["lower"])[:3] == pytest.approx([0.433, 0.282, 0.041], abs=5e-4)
    assert list(grid["upper"])[:3] == pytest.approx([0.984, 0.878, 0.579], abs=5e-4)
    at_90 = grid[grid["day"] == 90].iloc[0]
    states = [at_90["completed"], at_90["left"], at_90["died"], at_90["other"]]
    assert states == pytest.approx([0.1333, 0.4667, 0.1333, 0], abs=5e-5)
    assert at_90["value"] + sum(states) == pytest.approx(1)


def test_nothing_is_shown_beyond_the_longest_follow_up(store):
    grid = on_days(ask(store, "retention", ENTRIES), [178, 180])
    assert grid["value"].notna().tolist() == [True, False]
    assert grid["reason"].tolist() == ["", "longest follow-up is 178 days"]


def test_people_who_entered_in_the_last_ninety_days_are_left_out_and_said_so(store):
    result = ask(store, "retention", ENTRIES)
    assert result.frame["people"].iloc[0] == 9
    assert result.provenance.notes == ("1 person left out: they entered in the last 90 days.",)


def test_retained_at_90_days_judges_only_those_who_entered_early_enough(store):
    result = ask(store, "retained", ENTRIES, days=90)
    assert n_of(result) == (2, 8)
    assert result.measure.title == "People still in touch at 90 days"


@pytest.mark.parametrize(
    ("gap_days", "people", "shares"), [(60, 10, [0.900, 0.675, 0.225]), (30, 10, [0.600, 0.400, 0.100])]
)
def test_another_gap_rule_has_its_own_horizon(store, gap_days, people, shares):
    grid = on_days(ask(store, "retention", ENTRIES, gap_days=gap_days), [30, 60, 90])
    assert set(grid["people"]) == {people}
    assert list(grid["value"]) == pytest.approx(shares, abs=5e-5)


def test_the_wrong_ways_give_other_answers(store):
    """Censoring at the last contact would give 0.3375, at the end of the data 0.3750: neither is used."""
    value = on_days(ask(store, "retention", ENTRIES), [90])["value"].item()
    assert abs(value - 0.3375) > 0.05
    assert abs(value - 0.3750) > 0.05


def test_in_a_fully_followed_cohort_the_share_retained_equals_the_curve(store):
    winter = Period(date(2026, 1, 1), date(2026, 3, 31), "winter")
    curve = on_days(ask(store, "retention", winter), [30, 60, 90])["value"]
    shares = [ask(store, "retained", winter, days=days).frame["value"].item() for days in (30, 60, 90)]
    assert list(curve) == pytest.approx(shares)


def test_people_supported_before_the_records_begin_enter_the_curve_late(store_of):
    """First recorded day 1 March, enrolled 30 days before: at risk from day 30 on, not before."""
    store = store_of(
        sessions="""
            participant_key  session_date
            new              03-01
            new              03-11
            earlier          03-02
            earlier          03-21
        """,
        participants="""
            participant_key  enrolled_on
            earlier          01-30
        """,
    )
    everyone = Period(date(2026, 1, 1), date(2026, 6, 30), "entered by June")
    frame = ask(store, "retention", everyone).frame
    # new leaves on day 10 with nobody else at risk, earlier on day 50 (21 March), alone again.
    rows = frame[frame["exits"] > 0]
    assert list(rows["day"]) == [10, 50]
    assert list(rows["at_risk"]) == [1, 1]


def test_medians_are_read_off_the_curve_and_may_not_be_reached(store):
    assert medians(ask(store, "retention", ENTRIES))["median"].item() == 84
    only_a = (("county", ("unknown",)),)
    assert np.isnan(
        medians(ask(store, "retention", Period(date(2026, 1, 5), date(2026, 1, 5), "A"), where=only_a))["median"].item()
    )


def test_a_group_nobody_entered_keeps_a_row_that_says_so(store):
    autumn = Period(date(2025, 9, 1), date(2025, 11, 30), "autumn 2025")
    frame = ask(store, "retention", autumn, ENTRIES).frame
    (row,) = frame[frame["period"] == "autumn 2025"].itertuples()
    assert np.isnan(row.value)
    assert row.reason == "nobody in the denominator"


def test_coming_back_after_a_long_silence(store_of):
    """Silence known on 1 April: back on day 180 counts, on day 181 not; a death before is left out."""
    store = store_of(
        sessions="""
            participant_key  session_date
            back             2025-01-01
            back             2025-09-28
            late             2025-01-01
            late             2025-09-29
            gone             2025-01-01
            died             2025-01-01
            recent           2026-01-10
        """,
        milestones="""
            participant_key  event_date  class
            died             2025-05-01  death
        """,
    )
    year = Period(date(2025, 1, 1), date(2026, 9, 30), "both years")
    result = ask(store, "reengaged", year)
    assert n_of(result) == (1, 3)
    assert result.provenance.notes == (
        "1 person left out: they died before the 180 days were over.",
        "1 person left out: their 180 days are not over yet.",
    )


def test_closings_as_planned_and_how_many_endings_had_one(store_of):
    store = store_of(
        sessions="""
            participant_key  session_date
            met              07-20
            agreed           08-01
            no_contact       07-10
            no_reason        03-01
            died             07-20
            silent_1         07-01
            silent_2         07-02
            silent_3         07-02
        """,
        participants="""
            participant_key  closed_on  close_reason
            met              08-10      goals_met
            agreed           08-20      mutual_agreement
            no_contact       09-10      lost_contact
            no_reason        07-15      -
            died             07-30      died
        """,
        milestones="participant_key event_date class\ndied 07-30 death",
    )
    result = ask(store, "closed_with_plan")
    assert n_of(result) == (2, 4)
    (row,) = result.frame.itertuples()
    assert (row.row_numerator, row.row_denominator) == (3, 6)
    reasons = split(ask(store, "closed_with_plan", by=("close_reason",)), "denominator")
    assert reasons == {"goals_met": 1, "mutual_agreement": 1, "lost_contact": 1, "unknown": 1}


def test_the_last_closing_of_a_period_counts(store_of):
    store = store_of(
        sessions="participant_key session_date\nA 07-01",
        participants="""
            participant_key  program_id  closed_on  close_reason
            A                P1          07-05      lost_contact
            A                P2          08-05      goals_met
        """,
    )
    assert n_of(ask(store, "closed_with_plan")) == (1, 1)
    july = Period(date(2026, 7, 1), date(2026, 7, 31), "Jul 2026")
    assert n_of(ask(store, "closed_with_plan", july)) == (0, 1)
