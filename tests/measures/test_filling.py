"""Periods that are over but still filling: estimated from how late records come, and read by everything else."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from asking import ask

from dashboard.measures import compare, headline, periods_of
from dashboard.measures.change import newest
from dashboard.measures.filling import COUNTED_FROM, arrival, counted_from, late_periods, published_completeness
from dashboard.measures.filling_prose import delays, still_to_come
from dashboard.measures.periods import Period
from dashboard.measures.registry import measure
from dashboard.measures.series import complete_periods
from dashboard.store import tables_read

AS_OF = date(2026, 9, 30)
OTHER_TABLES = {  # nothing is counted from them that comes late
    "assessment",
    "county",
    "data_window",
    "death",
    "follow_up",
    "instrument_item",
    "load_batch",
    "load_issue",
    "participant",
    "period",
    "period_day",
    "target",
}
MONTHS = periods_of("month", date(2026, 6, 1), AS_OF)


def sessions(*, late_days: int, every: int = 1, known: bool = True, days: int = 300) -> str:
    """Draw two sessions a day: one typed in at once, one `late_days` later if that day has come."""
    lines = []
    for age in range(0, days, every):
        day = AS_OF - timedelta(days=age)
        lines.append(f"A{age} {day} {day if known else '-'}")
        if age >= late_days:
            lines.append(f"B{age} {day} {day + timedelta(days=late_days) if known else '-'}")
    return "participant_key session_date entered_on\n" + "\n".join(lines)


def states(store, name="people_served", periods=MONTHS):
    return list(ask(store, name, *periods).frame["completeness"])


def test_half_of_september_typed_in_20_days_late_is_still_filling(store_of):
    store = store_of(sessions=sessions(late_days=20))
    known = arrival(store, store.version, "session")
    assert (known.share[0], known.share[19], known.share[20]) == pytest.approx((0.5, 0.5, 1))
    assert known.within(0.95) == 20
    # 10 of 30 days have both records, 20 have one of two: (10 + 20 / 2) / 30
    assert known.expected(MONTHS[-1], AS_OF) == pytest.approx(2 / 3)
    # k days after its end 20 - k days lack a half: under 5 % from (20 - k) / 60, so from 17 days on
    assert known.full_after(30) == 17
    assert states(store) == ["complete", "complete", "complete", "filling"]
    assert complete_periods(ask(store, "people_served", *MONTHS).frame).labels == ("Jun 2026", "Jul 2026", "Aug 2026")


def test_a_year_is_full_although_its_last_days_are_not(store_of):
    store = store_of(sessions=sessions(late_days=20, days=400))
    year = Period(date(2025, 10, 1), AS_OF, "a year")
    assert states(store, periods=(year,)) == ["complete"]


def test_records_typed_in_at_once_leave_nothing_open(store_of):
    assert states(store_of(sessions=sessions(late_days=0))) == ["complete"] * 4


@pytest.mark.parametrize(
    ("drawn", "why"),
    [
        (sessions(late_days=20, known=False), "most of them do not say when they were recorded"),
        (sessions(late_days=20, every=10), "fewer than 100"),
        (sessions(late_days=20, days=80), "the data are too short"),
        ("participant_key session_date entered_on\nA 2024-01-01 2024-01-01", "none of the last twelve months"),
    ],
    ids=["no day of entry", "few records", "short data", "old data"],
)
def test_where_it_cannot_be_measured_the_calendar_alone_decides(store_of, drawn, why):
    store = store_of(sessions=drawn)
    assert states(store) == ["complete"] * 4
    first, _ = delays(store)
    assert first.startswith("How late sessions are recorded is not measured")
    assert why in first
    assert still_to_come(store, MONTHS[-1]) == ""


def test_sessions_and_milestones_come_late_each_in_their_own_way(store_of):
    """Milestones become known 25 days later on average days; sessions are typed in at once."""
    told = "\n".join(
        f"A{age} {AS_OF - timedelta(days=age)} {AS_OF - timedelta(days=age - 25)} life_win goal_met"
        for age in range(25, 300)
    )
    store = store_of(
        sessions=sessions(late_days=0), milestones=f"participant_key event_date reported_date class code\n{told}"
    )
    assert states(store) == ["complete"] * 4
    assert states(store, "win_events")[-1] == states(store, "people_with_win")[-1] == "filling"
    assert still_to_come(store, MONTHS[-1]).startswith(
        "Sep 2026 is still filling: about 17 % of its milestones are expected to be recorded by now."
    )
    assert still_to_come(store, MONTHS[0]) == ""


def test_a_filling_month_is_neither_a_headline_nor_compared(store_of):
    lines = sessions(late_days=20) + "\n" + "\n".join(f"C{n} 2025-09-{n:02} 2025-09-{n:02}" for n in range(1, 30))
    store = store_of(sessions=lines)
    both = ask(store, "people_served", Period(date(2025, 9, 1), date(2025, 9, 30), "Sep 2025"), MONTHS[-1])
    assert newest(both) is None  # and never the year before in its place
    assert headline(both) == compare(both) == ""
    assert newest(ask(store, "people_served", *MONTHS)).period == "Aug 2026"


def test_a_publication_carries_which_of_its_periods_were_filling(store_of):
    store = store_of(sessions=sessions(late_days=20))
    about = late_periods(store, MONTHS)
    assert about == {"still_filling_session": "2026-09-01/2026-09-30"}
    served, wins = measure("people_served"), measure("win_events")
    found = [published_completeness(served, month, AS_OF, 90, about) for month in MONTHS]
    assert found == ["complete", "complete", "complete", "filling"]
    assert published_completeness(wins, MONTHS[-1], AS_OF, 90, about) == "complete"
    assert published_completeness(measure("overdose_rate"), MONTHS[-1], AS_OF, 90, {}) == "filling"  # its active time
    assert published_completeness(served, MONTHS[-1], date(2026, 9, 29), 90, about) == "incomplete"


@pytest.mark.parametrize("name", [file.stem for file in Path("dashboard/measures/definitions").glob("*.sql")])
def test_every_table_a_measure_counts_from_has_been_thought_of(name):
    read = tables_read(measure(name).sql)
    assert read <= OTHER_TABLES.union(*COUNTED_FROM.values())
    assert bool(counted_from(measure(name).sql)) == bool(read & frozenset().union(*COUNTED_FROM.values()))


def test_the_question_of_two_periods_that_are_no_year_apart_is_left_alone(store_of):
    store = store_of(sessions=sessions(late_days=20))
    assert newest(ask(store, "people_served", *MONTHS[-2:])).period == "Aug 2026"
