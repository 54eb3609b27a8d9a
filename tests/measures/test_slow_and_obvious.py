"""The statements against plain loops over the rows, on a made-up program."""

from datetime import date, timedelta

import pytest
from random_program import draw, tables

from dashboard.measures import Period, Query, evaluate, on_days, periods_of
from dashboard.store import Store

AS_OF, GAP, DAYS_PER_MONTH = date(2026, 9, 30), 90, 30.4375
QUARTERS = periods_of("quarter", date(2025, 1, 1), AS_OF)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("program")
    draw(path)
    return path


@pytest.fixture(scope="module")
def store(folder):
    return Store(folder)


@pytest.fixture(scope="module")
def sessions(folder):
    return tables(folder).execute("SELECT * FROM session").fetch_df().to_dict("records")


@pytest.fixture(scope="module")
def milestones(folder):
    return tables(folder).execute("SELECT * FROM milestone").fetch_df().to_dict("records")


@pytest.fixture(scope="module")
def closings(folder):
    return tables(folder).execute("SELECT * FROM participant").fetch_df().to_dict("records")


def coded(value):
    return value if isinstance(value, str) else "unknown"


def span(row, column):
    """First and last possible day of a row."""
    first = row[column].date()
    month = (first + timedelta(days=40)).replace(day=1) - timedelta(days=1)
    quarter = (first + timedelta(days=100)).replace(day=1) - timedelta(days=1)
    last = {"day": first, "week": first + timedelta(days=6), "month": month, "quarter": quarter}
    return first, last[row["date_precision"]]


def death_days(milestones):
    """Last possible day of each death, never after the end of the data or the day it was told."""
    days = {}
    for row in milestones:
        if (row["class"] == "death" or row["od_fatal"] is True) and row["event_date"].date() <= AS_OF:
            told = row["reported_date"]
            last = min(span(row, "event_date")[1], AS_OF)
            days[row["participant_key"]] = min(last, told.date()) if told == told and told is not None else last
    return days


def contacts(sessions, milestones):
    """Every contact as (person, first day, last day, row)."""
    died = death_days(milestones)
    found = []
    for row in sessions:
        first, last = span(row, "session_date")
        person = row["participant_key"]
        if row["status"] != "completed" or row["kind"] == "closeout" or row["date_precision"] == "month":
            continue
        if first > AS_OF:
            continue
        if person in died and first > died[person] and row["kind"] not in {"family_support", "care_coordination"}:
            continue
        found.append((person, first, last, row))
    return found


def test_people_served(store, sessions, milestones):
    for by, column in (((), None), (("county",), "county_fips"), (("site",), "site_id")):
        frame = evaluate(store, Query("people_served", QUARTERS, by=by)).frame
        for row in frame.itertuples():
            start, end = row.period_start.date(), row.period_end.date()
            people = {
                person
                for person, first, last, contact in contacts(sessions, milestones)
                if start <= first and last <= end and (column is None or coded(contact[column]) == getattr(row, by[0]))
            }
            assert row.value == len(people)


def test_missed_sessions(store, sessions, milestones):
    died = death_days(milestones)
    for row in evaluate(store, Query("missed_sessions", QUARTERS)).frame.itertuples():
        missed = planned = 0
        for session in sessions:
            first, last = span(session, "session_date")
            person, kind = session["participant_key"], session["kind"]
            inside = row.period_start.date() <= first and last <= min(row.period_end.date(), AS_OF)
            counted = kind not in {"outreach", "closeout"} and session["mode"] not in {"text", "email", "mail"}
            after = person in died and first > died[person] and kind not in {"family_support", "care_coordination"}
            if inside and counted and not after and session["status"] in {"completed", "no_show"}:
                planned += 1
                missed += session["status"] == "no_show"
        assert (row.numerator, row.denominator) == (missed, planned)


def episodes(person, days, died, closings, gap=GAP):
    """Runs of contact days without a long gap: (start, last contact, exit day or None, reason)."""
    days = sorted({day for day in days if person not in died or day <= died[person]})
    runs, current = [], []
    for day in days:
        if current and (day - current[-1]).days > gap:
            runs.append(current)
            current = []
        current.append(day)
    runs += [current] if current else []
    found = []
    for number, run in enumerate(runs):
        last, window = run[-1], run[-1] + timedelta(days=gap)
        closed = [day for day in closings.get(person, []) if last <= day <= window and day <= AS_OF]
        if person in died and died[person] <= window:
            found.append((run[0], last, died[person], "died"))
        elif closed:
            found.append((run[0], last, max(closed), "closed"))
        elif number + 1 < len(runs) or last <= AS_OF - timedelta(days=gap):
            found.append((run[0], last, last, "left"))
        else:
            found.append((run[0], last, None, None))
    return found


def all_episodes(sessions, milestones, participants):
    """Episodes by person; a recorded closing goes before closeout sessions."""
    days, died, closed, closeouts = {}, death_days(milestones), {}, {}
    for person, first, _, _ in contacts(sessions, milestones):
        days.setdefault(person, []).append(first)
    for row in participants:
        if row["closed_on"] == row["closed_on"] and row["closed_on"] is not None:
            closed.setdefault(row["participant_key"], []).append(row["closed_on"].date())
    for row in sessions:
        if row["kind"] == "closeout" and row["status"] == "completed" and row["date_precision"] in {"day", "week"}:
            closeouts.setdefault(row["participant_key"], []).append(row["session_date"].date())
    return {
        person: [
            recorded if recorded[3] in {"closed", "died"} else alone
            for recorded, alone in zip(
                episodes(person, when, died, closed), episodes(person, when, died, closeouts), strict=True
            )
        ]
        for person, when in days.items()
    }


def test_win_rate(store, sessions, milestones, closings):
    found = all_episodes(sessions, milestones, closings)
    new = {"got_job", "found_housing", "child_born", "goal_met"}
    for row in evaluate(store, Query("win_rate", QUARTERS)).frame.itertuples():
        start, end = row.period_start.date(), row.period_end.date()
        active = {
            (person, first + timedelta(days=n))
            for person, spells in found.items()
            for first, _, exit_day, _ in spells
            for n in range(((exit_day or AS_OF) - first).days + 1)
        }
        days = sum(start <= day <= end for _, day in active)
        wins, ladder = 0, {}
        for event in milestones:
            first, last = span(event, "event_date")
            person = event["participant_key"]
            if not (start <= first <= AS_OF and last <= end):
                continue
            if event["code"] in new:
                wins += (person, first) in active
            elif event["code"].startswith("recovery_time"):
                step = int(event["code"].rpartition("_")[2])
                ladder.setdefault(person, []).append((-step, first, event["milestone_key"]))
        wins += sum((person, min(steps)[1]) in active for person, steps in ladder.items())
        assert row.denominator == pytest.approx(days / DAYS_PER_MONTH)
        assert row.numerator == wins


def test_retained_and_the_curve(store, sessions, milestones, closings):
    found = all_episodes(sessions, milestones, closings)
    start_of_data = min(row["session_date"].date() for row in sessions)
    before = {
        row["participant_key"]
        for row in closings
        if row["enrolled_on"] == row["enrolled_on"] and row["enrolled_on"].date() < start_of_data
    }
    first = {person: spells[0] for person, spells in found.items() if person not in before}
    everyone = Period(date(2025, 1, 1), AS_OF, "everyone")
    for days in (30, 90, 180):
        judged = [s for s in first.values() if s[0] <= AS_OF - timedelta(days=days + GAP)]
        stayed = [s for s in judged if s[2] is None or (s[2] - s[0]).days > days]
        (row,) = evaluate(store, Query("retained", (everyone,), settings=(("days", days),))).frame.itertuples()
        assert (row.numerator, row.denominator) == (len(stayed), len(judged))
    if not before & set(found):
        _curve_equals_a_loop(store, everyone, first)


def _curve_equals_a_loop(store, everyone, first):
    horizon = AS_OF - timedelta(days=GAP)
    observed = [
        ((min(end or horizon, horizon) - start).days, end is not None and end <= horizon)
        for start, _, end, _ in first.values()
        if start <= horizon
    ]
    grid = on_days(evaluate(store, Query("retention", (everyone,))), [30, 90, 180])
    for row in grid.itertuples():
        share = 1.0
        for day in range(row.day + 1):
            at_risk = sum(duration >= day for duration, _ in observed)
            exits = sum(duration == day and left for duration, left in observed)
            share *= 1 - exits / at_risk if at_risk else 1
        assert row.value == pytest.approx(share)
