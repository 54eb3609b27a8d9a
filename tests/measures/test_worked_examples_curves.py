"""Curves of events by days since entry: leaving and dying compete with a first event, and events may repeat."""

from datetime import date, timedelta

import numpy as np
import pytest
from asking import ask

from dashboard.measures import Period, on_days

ENTRIES = Period(date(2026, 1, 1), date(2026, 3, 31), "entered by March 2026")
START = date(2026, 1, 5)


def on(day: int) -> str:
    return str(START + timedelta(days=day))


def contacts(people: dict[str, list[int]]) -> str:
    rows = [f"{who} {on(day)}" for who, days in people.items() for day in days]
    return "\n".join(["participant_key session_date", *rows])


def told(kind: str, events: list[tuple[str, int]], *more: str) -> str:
    rows = [f"{who} {on(day)} day {kind}" for who, day in events]
    return "\n".join(["participant_key event_date date_precision code", *rows, *more])


IN_TOUCH = [0, 30, 60, 90, 120, 150, 180, 210, 240, 260]
FIVE = {"A": IN_TOUCH, "B": IN_TOUCH, "left": [0, 20], "died": [0], "waiting": IN_TOUCH}


@pytest.mark.parametrize(
    ("measure", "kind"), [("time_to_first_win", "got_job"), ("time_to_first_return", "return_to_use")]
)
def test_a_first_event_with_leaving_and_dying_in_competition(store_of, measure, kind):
    """1 − Kaplan-Meier would say 60 % by day 40, as if those who left could still tell of one."""
    store = store_of(
        sessions=contacts(FIVE), milestones=told(kind, [("A", 10), ("A", 15), ("B", 40)], f"died {on(30)} day death")
    )
    result = ask(store, measure, ENTRIES)
    frame = result.frame
    assert list(frame["day"]) == [0, 10, 20, 30, 40, 178]
    assert list(frame["at_risk"]) == [5, 5, 4, 3, 2, 1]
    assert list(frame["events"]) == [0, 1, 0, 0, 1, 0]
    assert list(frame["value"]) == pytest.approx([0, 0.2, 0.2, 0.2, 0.4, 0.4])
    grid = on_days(result, (5, 20, 90, 300))
    assert list(grid["value"][:3]) == pytest.approx([0, 0.2, 0.4])
    assert np.isnan(grid["value"][3])
    assert (grid["left"][2], grid["died"][2]) == pytest.approx((0.2, 0.2))
    assert list(grid["people"]) == [5] * 4


def test_an_event_on_the_day_of_leaving_or_of_entry_counts(store_of):
    store = store_of(
        sessions=contacts({"A": [0, 20], "B": [0], "C": IN_TOUCH}), milestones=told("got_job", [("A", 20), ("B", 0)])
    )
    frame = ask(store, "time_to_first_win", ENTRIES).frame
    assert list(frame["day"][:2]) == [0, 20]
    assert list(frame["value"][:2]) == pytest.approx([1 / 3, 2 / 3])


def test_events_before_entry_and_after_leaving_are_no_first_event(store_of):
    store = store_of(
        sessions=contacts({"before": IN_TOUCH, "after": [0, 20]}),
        milestones=told("got_job", [("before", -3), ("after", 30)]),
    )
    frame = ask(store, "time_to_first_win", ENTRIES).frame
    assert frame["events"].sum() == 0
    assert frame["value"].max() == 0


def test_people_whose_first_event_cannot_be_dated_are_left_out(store_of):
    store = store_of(
        sessions=contacts({"A": IN_TOUCH, "B": IN_TOUCH, "C": IN_TOUCH, "D": IN_TOUCH}),
        milestones=told("got_job", [("B", 3)], "A 2026-03-01 month got_job", "B 2026-03-01 month got_job"),
        participants="participant_key enrolled_on\nD 2025-12-01",
        settings={"data_start": "2026-01-05"},
    )
    result = ask(store, "time_to_first_win", Period(date(2025, 11, 1), date(2026, 3, 31), "all"))
    assert result.frame["people"].unique().tolist() == [2]
    assert result.provenance.notes == (
        "1 person left out: they had support before the records begin, so that earlier wins are not known.",
        "1 person left out: the day of their first win is not known well enough.",
    )


FOUR = {"A": IN_TOUCH, "B": IN_TOUCH, "left": [0, 20], "none": IN_TOUCH}


@pytest.mark.parametrize(("measure", "kind"), [("wins_per_person", "got_job"), ("returns_per_person", "return_to_use")])
def test_repeated_events_per_person(store_of, measure, kind):
    store = store_of(sessions=contacts(FOUR), milestones=told(kind, [("A", 10), ("A", 40), ("B", 40), ("left", 25)]))
    result = ask(store, measure, ENTRIES)
    frame = result.frame.set_index("day")
    assert list(frame.index) == [0, 10, 20, 40, 178]
    assert list(frame["at_risk"]) == [4, 4, 4, 3, 3]
    assert list(frame["events"]) == [0, 1, 0, 2, 0]
    assert list(frame["value"]) == pytest.approx([0, 0.25, 0.25, 0.25 + 2 / 3, 0.25 + 2 / 3])
    assert list(frame["left"]) == pytest.approx([0, 0, 0.25, 0.25, 0.25])
    assert frame["lower"][40] < frame["value"][40] < frame["upper"][40]
    (row,) = on_days(result, (90,)).itertuples()
    assert row.value == pytest.approx(0.9167, abs=5e-5)


def test_late_entry_counts_events_only_from_the_first_recorded_day(store_of):
    """B enrolled 30 days before the records begin: on day 40 since entry both are under observation."""
    store = store_of(
        sessions=contacts({"A": IN_TOUCH, "B": IN_TOUCH}),
        milestones=told("return_to_use", [("A", 40), ("B", 10)]),
        participants=f"participant_key enrolled_on\nB {on(-30)}",
        settings={"data_start": on(0)},
    )
    frame = ask(store, "returns_per_person", Period(date(2025, 11, 1), date(2026, 3, 31), "all")).frame
    found = frame[frame["events"] > 0]
    assert (found["day"].item(), found["at_risk"].item(), found["value"].item()) == (40, 2, 1)
    assert frame["at_risk"].iloc[0] == 1


def test_a_cohort_without_anybody_says_so(store_of):
    store = store_of(sessions=contacts({"A": IN_TOUCH}))
    for measure in ("time_to_first_win", "returns_per_person"):
        (row,) = ask(store, measure, Period(date(2025, 1, 1), date(2025, 3, 31), "2025 Q1")).frame.itertuples()
        assert (row.people, row.reason) == (0, "nobody in the denominator")
