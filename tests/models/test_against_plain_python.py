"""Episodes and person-days of random people, against a slow loop that does what measures.md section 1 says."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whiteboard import COUNTIES, warehouse

FIRST = date(2026, 1, 1)
AS_OF = 272  # 30 September, counted from FIRST
PLACES = ["Hancock", "Waldo", "-"]


@dataclass(frozen=True)
class Person:
    contacts: tuple[tuple[int, str], ...]  # day and county
    closed: int | None
    died: int | None


@dataclass(frozen=True)
class Stay:
    start: int
    end: int | None
    reason: str | None


days = st.integers(0, AS_OF + 10)
people = st.lists(
    st.builds(
        Person,
        contacts=st.lists(st.tuples(days, st.sampled_from(PLACES)), min_size=1, max_size=7).map(tuple),
        closed=st.none() | days,
        died=st.none() | days,
    ),
    min_size=1,
    max_size=5,
)


def stays(person: Person, gap: int) -> list[Stay]:
    """Walk the contact days one by one."""
    died = person.died if person.died is not None and person.died <= AS_OF else None
    seen = sorted({day for day, _ in person.contacts if day <= AS_OF and (died is None or day <= died)})
    found: list[Stay] = []
    start = 0
    for n, day in enumerate(seen):
        if n == 0 or day - seen[n - 1] > gap:
            start = day
        following = seen[n + 1] if n + 1 < len(seen) else None
        if following is None or following - day > gap:
            found.append(Stay(start, *leave(person, day, following, died, gap)))
    return found


def leave(person, last, following, died, gap) -> tuple[int | None, str | None]:
    if died is not None and last <= died <= last + gap:
        return died, "died"
    if person.closed is not None and person.closed <= AS_OF and last <= person.closed <= last + gap:
        return person.closed, "completed"
    if following is not None or last <= AS_OF - gap:
        return last, "left"
    return None, None


def county_on(person: Person, day: int) -> str | None:
    """County of the most recent contact; on a day in two places a recorded one, the higher code first."""
    latest = max(when for when, _ in person.contacts if when <= day)
    codes = [COUNTIES.get(place) for when, place in person.contacts if when == latest]
    return max((code for code in codes if code), default=None)


def drawn(drawing: list[Person], gap: int):
    def line(number, day, rest=""):
        return f"p{number} {FIRST + timedelta(day)} {rest}\n"

    return warehouse(
        sessions="participant_key session_date county_fips\n"
        + "".join(line(n, day, place) for n, p in enumerate(drawing) for day, place in p.contacts),
        participants="participant_key closed_on close_reason\n"
        + "".join(line(n, p.closed, "goals_met") for n, p in enumerate(drawing) if p.closed is not None),
        milestones="participant_key event_date class\n"
        + "".join(line(n, p.died, "death") for n, p in enumerate(drawing) if p.died is not None),
        gap_days=gap,
    )


@settings(
    max_examples=300 if os.environ.get("OUTCOMES_SLOW") else 12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(drawing=people, gap=st.sampled_from([20, 45, 90]))
def test_episodes_and_person_days_equal_the_slow_loop(drawing, gap):
    board = drawn(drawing, gap)
    episodes = board.execute(
        "SELECT gap_days, participant_key, start_date, end_date, exit_reason FROM episode"
    ).fetchall()
    expected = {
        (g, f"p{n}", FIRST + timedelta(s.start), None if s.end is None else FIRST + timedelta(s.end), s.reason)
        for g in {gap, 30, 60, 90}
        for n, person in enumerate(drawing)
        for s in stays(person, g)
    }
    assert set(episodes) == expected
    assert len(episodes) == len(expected)

    counted: dict[tuple[date, str | None], int] = {}
    for person in drawing:
        for stay in stays(person, gap):
            for day in range(stay.start, (AS_OF if stay.end is None else stay.end) + 1):
                cell = (FIRST + timedelta(day), county_on(person, day))
                counted[cell] = counted.get(cell, 0) + 1
    cells = board.execute("SELECT calendar_day, county_fips, sum(people) FROM person_day GROUP BY ALL").fetchall()
    assert {(day, county): people for day, county, people in cells} == counted
