"""A made-up program of a few dozen people, the same on every run, with every kind of row a measure can meet."""

import random
from datetime import date, timedelta
from pathlib import Path

import duckdb
from whiteboard import COUNTIES, warehouse

from pipelines.schema import VOCABULARIES

FIRST, AS_OF = date(2025, 1, 1), date(2026, 9, 30)
PEOPLE = 80
PLACES = ["Hancock", "Washington", "Waldo", "-"]
EVENTS = ["got_job", "found_housing", "job_90_days", "housing_lost", "recovery_time_30", "recovery_time_90"]
EVENTS += ["child_born", "return_to_use", "return_to_use", "overdose", "death", "er_visit"]
QUARTERS = [(date(y, m, 1), date(y, m + 2, 31 if m in {1, 10} else 30)) for y in (2025, 2026) for m in (1, 4, 7, 10)][
    :7
]
# What chance would bring too rarely: homes that lasted or were lost, and a death by overdose.
RARE: list[list[object]] = [
    ["R1", "2025-02-01", "-", "day", "Hancock", "found_housing", "documented", "-"],
    ["R1", "2025-05-05", "-", "day", "Hancock", "housing_90_days", "documented", "-"],
    ["R2", "2025-03-01", "-", "day", "Waldo", "found_housing", "documented", "-"],
    ["R2", "2025-04-01", "-", "day", "Waldo", "housing_lost", "documented", "-"],
    ["R3", "2025-08-20", "-", "day", "Waldo", "overdose", "suspected", "true"],
    ["R4", "2025-06-10", "2025-06-11", "day", "Waldo", "overdose", "documented", "false"],
]


def draw(folder: Path) -> None:
    """Write a store with the made-up program into `folder`."""
    dice = random.Random(20260930)
    people = [f"P{n:02d}" for n in range(PEOPLE)]
    by_person = {person: _sessions(dice, person) for person in people}
    met = [("R3", date(2025, 8, 1)), ("R4", date(2025, 6, 1)), ("R4", date(2025, 6, 12)), ("R5", date(2026, 7, 20))]
    place = ["Waldo", "P1", "-", "C3", "coaching", "in_person", "completed", "day", "-"]
    by_person["rare"] = [[person, day, *place] for person, day in met]
    sessions = [row for rows in by_person.values() for row in rows]
    events = [row for person in people for row in _events(dice, person, by_person[person])] + RARE
    more = random.Random(20260701)  # what came to be counted later keeps the draws above as they were
    events += [row for person in people[:40] for row in _goals(more, person, by_person[person])]
    sessions = [
        [*row, *more.choice([(10, "recorded"), (25, "recorded"), (60, "default"), ("-", "-")])] for row in sessions
    ]
    warehouse(
        folder,
        sessions=_table("participant_key session_date county_fips program_id site_id coach_key kind mode status "
                        "date_precision entered_on minutes minutes_basis", sessions),
        milestones=_table("participant_key event_date reported_date date_precision county_fips code certainty "
                          "od_fatal", events),
        participants=_table("participant_key age_band gender race_eth referral_source enrolled_on closed_on "
                            "close_reason", [_person(dice, person) for person in people[:65]]),
        assessment=_table("participant_key instrument timepoint assessed_on due_from due_to item value status",
                          [row for person in people[:50] for row in _assessments(more, person)]),
        target=_table("funder_id measure_id period_start period_end value",
                      [["F1", "spend", start, end, 9000] for start, end in QUARTERS]),
        linkage=_table("session_key domain outcome", _linkages(dice, len(sessions))),
        load_batch=_table("batch_id profile_version source_system source_file sha256 as_of loaded_at rows_read "
                          "rows_loaded rows_replaced rows_quarantined rows_duplicate rows_dropped records_removed",
                          [["B1", "1", "whiteboard", f"{t}.csv", "0", AS_OF, AS_OF, 100, 80, 5, 3, 10, 2, 0]
                           for t in ("session", "milestone")]),
        load_issue=_table("batch_id source_file source_row rule_id severity field action",
                          [["B1", "session.csv", n, "DQ19", "warn", "session.kind", "set_to_other"] for n in (4, 9)]),
    )  # fmt: skip


def tables(folder: Path) -> duckdb.DuckDBPyConnection:
    """Open the drawn file, read only, for the slow and obvious counts."""
    (file,) = folder.glob("warehouse-*.duckdb")
    return duckdb.connect(str(file), read_only=True)


def _table(header: str, rows: list[list[object]]) -> str:
    return "\n".join([header, *(" ".join(str(cell) for cell in row) for row in rows)])


def _day(dice: random.Random, since: date = FIRST) -> date:
    return since + timedelta(days=dice.randrange((AS_OF - since).days + 10))


def _first_day(day: date, precision: str) -> date:
    """A coarse date is stored as the first day of its span."""
    match precision:
        case "month":
            return day.replace(day=1)
        case "quarter":
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
        case _:
            return day


def _sessions(dice: random.Random, person: str) -> list[list[object]]:
    start, place = _day(dice), dice.choice(PLACES)
    rows = []
    for _ in range(dice.randrange(0, 9)):
        place = dice.choice(PLACES) if dice.random() < 0.1 else place
        start += timedelta(days=dice.choice([0, 3, 7, 14, 15, 30, 60, 90, 91, 120]))
        kind, mode = dice.choice(VOCABULARIES["kind"]), dice.choice(VOCABULARIES["mode"])
        status = dice.choice(["completed"] * 6 + list(VOCABULARIES["status"]))
        precision = dice.choice(["day"] * 12 + ["week", "month"])
        where = [place, dice.choice(["P1", "P2"]), dice.choice(["S1", "S2", "-"]), dice.choice(["C1", "C2"])]
        rows.append(
            [
                person,
                _first_day(start, precision),
                *where,
                kind,
                mode,
                status,
                precision,
                start + timedelta(dice.randrange(12)),
            ]
        )
    return rows


def _events(dice: random.Random, person: str, sessions: list[list[object]]) -> list[list[object]]:
    """Most events lie shortly after a session, as they do where people tell a coach."""
    rows: list[list[object]] = []
    for _ in range(dice.randrange(0, 5)):
        code, day = dice.choice(EVENTS), _day(dice)
        if sessions and dice.random() < 0.7:
            day = dice.choice(sessions)[1] + timedelta(days=dice.randrange(20))
        if code == "death" and any(row[5] == "death" for row in rows):
            continue
        reported = dice.choice(["-", day + timedelta(days=dice.randrange(40))])
        certainty = dice.choice(VOCABULARIES["certainty"])
        fatal = dice.choice(["false", "false", "-"]) if code == "overdose" else "-"
        precision = dice.choice(["day"] * 6 + ["week", "month", "quarter"])
        rows.append(
            [person, _first_day(day, precision), reported, precision, dice.choice(PLACES), code, certainty, fatal]
        )
    return rows


def _goals(dice: random.Random, person: str, sessions: list[list[object]]) -> list[list[object]]:
    """Goals set in a session, of which some are met or canceled weeks later."""
    rows: list[list[object]] = []
    for session in sessions[:3]:
        end = dice.choice(["goal_met", "goal_met", "goal_cancelled", "-"])
        rows.append([person, session[1], "-", "day", session[2], "goal_set", "coach_observed", "-"])
        if end != "-":
            day = session[1] + timedelta(days=dice.randrange(90))
            rows.append([person, day, "-", "day", session[2], end, "self_reported", "-"])
    return rows


def _assessments(dice: random.Random, person: str) -> list[list[object]]:
    """A baseline and, six months later, what became of the follow-up; some exports say when it was due."""
    instrument, items = dice.choice(
        [("BARC10", ("barc10_total",)), ("SUPRT_C", ("housing_stable", "socially_connected"))]
    )
    start = FIRST + timedelta(days=dice.randrange(450))
    due = start + timedelta(days=180)
    window = dice.choice([("-", "-"), (due - timedelta(days=20), due + timedelta(days=20))])
    done = due + timedelta(days=dice.choice([-15, 0, 12, 28, 45]))
    status = dice.choice(["conducted", "conducted", "conducted", "declined", "missed", "due"])

    def value(item: str) -> object:
        return dice.randrange(10, 61) if item == "barc10_total" else dice.choice([0, 1, "-"])

    forms = [("baseline", start, ("-", "-"), "conducted")]
    forms += [("6_month", done if status == "conducted" else "-", window, status)] if dice.random() < 0.8 else []
    rows: list[list[object]] = []
    for timepoint, day, days, state in forms:
        rows.append([person, instrument, timepoint, day, *days, "_form", "-", state])
        if state == "conducted":
            rows += [[person, instrument, timepoint, day, *days, item, value(item), state] for item in items]
    return rows


def _person(dice: random.Random, person: str) -> list[object]:
    coded = [dice.choice(VOCABULARIES[v]) for v in ("age_band", "gender", "race_eth", "referral_source")]
    enrolled = FIRST + timedelta(days=dice.randrange(-60, 500))
    if dice.random() < 0.8:
        return [person, *coded, enrolled, "-", "-"]
    reason = dice.choice([r for r in VOCABULARIES["close_reason"] if r != "died"])
    return [person, *coded, enrolled, enrolled + timedelta(days=dice.randrange(200)), reason]


def _linkages(dice: random.Random, sessions: int) -> list[list[object]]:
    chosen = dice.sample(range(1, sessions + 1), 40)
    domains = ("housing", "treatment", "other")
    return [[f"S{n}", dice.choice(domains), dice.choice(VOCABULARIES["linkage_outcome"])] for n in chosen]


assert set(PLACES) - {"-"} <= set(COUNTIES)
