"""Reports the tests make: a whiteboard program with long county names and rare rows, exact and protected."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import duckdb
from streamlit.testing.v1 import AppTest
from whiteboard import warehouse

from dashboard.measures import Result, evaluate
from dashboard.report_source import exact_source
from dashboard.reports.definitions import Order
from dashboard.reports.document import Document
from dashboard.reports.funders import read_funder
from dashboard.reports.make import Made, make
from dashboard.reports.period_codes import read_period
from dashboard.reports.source import Source
from dashboard.reports.submissions import Submission
from dashboard.store import Store
from pipelines.versions import read_pointer

TODAY = date(2026, 10, 15)
AS_OF = date(2026, 9, 30)
# Real counties with the longest names there are, beside short ones.
LONG_NAMES = {
    "02198": ("Prince of Wales-Hyder Census Area", "AK"),
    "02240": ("Southeast Fairbanks Census Area", "AK"),
    "22095": ("St. John the Baptist Parish", "LA"),
}
COUNTIES = ("Hancock", "Washington", *LONG_NAMES, "-")
WINS = ("got_job", "found_housing", "goal_met", "reunited_with_child", "health_coverage", "job_90_days")
TRAITS = {
    "age_band": ("18_24", "25_34", "35_44", "45_54", "unknown"),
    "gender": ("woman", "man", "transgender", "declined", "unknown"),
    "race_eth": ("white", "black", "american_indian_alaska_native", "multiracial", "unknown"),
}
TEXTS = {
    "accomplishments": "=SUM(1,2) We opened a second room.\n\nIt is warm.",
    "story": "“I came for coffee and stayed for the people.”",
    "asks": "Approve a second outreach coach.",
    "support": "A circle for staff meets every Friday.",
}


def build(folder: Path, people: int = 320) -> None:
    """Write two years of a made-up program: traits, linkages, wins, events, a ledger and findings."""
    draw = random.Random(5)
    sessions = ["participant_key session_date entered_on county_fips kind mode status coach_key minutes minutes_basis"]
    milestones = ["participant_key class code event_date reported_date od_fatal certainty county_fips"]
    linkages = ["session_key domain outcome"]
    participants = ["participant_key age_band gender race_eth"]
    for number in range(people):
        person, county = f"p{number}", draw.choice(COUNTIES)
        participants.append(" ".join([person, *(draw.choice(codes) for codes in TRAITS.values())]))
        day = AS_OF - timedelta(days=draw.randrange(700))
        for _ in range(draw.choice((1, 2, 4, 9, 14))):
            if day > AS_OF:
                break
            kind, mode = draw.choice(("coaching", "group", "brief_check_in")), draw.choice(("phone", "in_person"))
            status = draw.choices(("completed", "no_show"), (9, 1))[0]
            entered = day + timedelta(days=draw.randrange(12))
            length = draw.choice(("30 recorded", "45 recorded", "- -"))
            sessions.append(f"{person} {day} {entered} {county} {kind} {mode} {status} c1 {length}")
            if draw.random() < 0.1:
                milestones.append(_milestone(draw, person, day, county))
            if draw.random() < 0.2:
                outcome = draw.choice(("offered", "connected", "declined"))
                linkages.append(f"S{len(sessions) - 1} {draw.choice(('housing', 'treatment'))} {outcome}")
            day += timedelta(days=draw.randrange(1, 30))
            county = draw.choice(COUNTIES) if draw.random() < 0.05 else county
    warehouse(
        folder,
        sessions="\n".join(sessions),
        milestones="\n".join(milestones),
        participants="\n".join(participants),
        linkage="\n".join(linkages),
        as_of=str(AS_OF),
        settings={"organization": "A program with rather a long name, of the north", "service_area": "23009,23013"},
        load_batch=LEDGER,
        load_issue=FINDINGS,
    )
    _name_counties(folder)


def _name_counties(folder: Path) -> None:
    with duckdb.connect(str(folder / read_pointer(folder).file)) as connection:
        for fips, (name, state) in LONG_NAMES.items():
            connection.execute("INSERT INTO county (fips, name, state) VALUES (?, ?, ?)", [fips, name, state])


LEDGER = """
batch_id|source_file|source_system|sha256|as_of|loaded_at|rows_read|rows_loaded|rows_replaced|rows_quarantined|rows_duplicate|rows_dropped|records_removed
B1|one.csv|Vendor|abcdef0123|2026-09-30|2026-10-02 09:00:00|100|90|2|3|4|1|0
"""
FINDINGS = """
batch_id|source_file|source_row|rule_id|severity|field|action
B1|one.csv|17|DQ14|quarantine|session_date|kept out
"""


def _milestone(draw: random.Random, person: str, day: date, county: str) -> str:
    code = draw.choices((draw.choice(WINS), "return_to_use", "overdose", "death"), (6, 2, 1, 0.3))[0]
    event_class = code if code in {"return_to_use", "overdose", "death"} else "life_win"
    fatal = "false" if code == "overdose" else "-"
    return f"{person} {event_class} {code} {day} {day} {fatal} self_reported {county}"


def exact(folder: Path) -> Source:
    return exact_source(Store(folder))


def protected(folder: Path, audience: str) -> Source:
    """Answer as a publisher would: counts from 1 to 10 withheld, headcounts of a county not released."""
    source = exact(folder)
    store = Store(folder)
    return replace(source, answers=lambda query: hidden(evaluate(store, query)), audience=audience, records=None)


def hidden(result: Result) -> Result:
    """Take every small number out of a result, as `state` says."""
    frame = result.frame.copy()
    if result.measure.kind == "retention":
        return result
    small = frame["numerator"].between(1, 10)
    if result.measure.kind.startswith("share"):
        small |= frame["denominator"].between(1, 10) | (frame["denominator"] - frame["numerator"]).between(1, 10)
    frame["state"] = "shown"
    frame.loc[small, "state"] = "withheld"
    if result.query.by == ("county",) and result.measure.name == "people_served":
        frame["state"] = "not_released"
    gone = frame["state"] != "shown"
    frame.loc[gone, ["numerator", "denominator", "value", "lower", "upper"]] = float("nan")
    return replace(result, frame=frame)


@dataclass(frozen=True)
class Case:
    """One report of the matrix: kind, funder, period, audience."""

    kind: str
    funder: str
    period: str
    audience: str

    def __str__(self) -> str:
        return f"{self.kind}-{self.funder}-{self.period}-{self.audience}"


BCOR = Case("grant", "samhsa_bcor", "2026-FFQ3", "director")
SHARED = Case("grant", "samhsa_bcor", "2026-FFQ3", "funder")
BOARD = Case("board", "state_contract", "2026-SFY", "board")
GRANTS = {
    "samhsa_bcor": ("2026-FFQ3", "2026-FFQ4", "2026-FFY", "2026-GY"),
    "samhsa_rcsp": ("2025-FFQ4",),
    "hrsa_rcorp": ("2026H1", "2026-GY", "2026Q2"),
    "state_contract": ("2027-SFQ1", "2026-SFY"),
    "opioid_settlement": ("2026H1", "2025"),
}


def cases() -> Iterator[Case]:
    for funder, periods in GRANTS.items():
        for period in periods:
            yield Case("grant", funder, period, "director")
            yield Case("grant", funder, period, "funder")
    for funder, period in (("", "2026Q3"), ("state_contract", "2026-SFY"), ("samhsa_bcor", "2026Q2")):
        yield Case("board", funder, period, "board")


def made(
    folder: Path, case: Case, *, texts: dict[str, str] | None = None, submission: Submission | None = None
) -> Made:
    funder = read_funder(case.funder) if case.funder else None
    calendars = {"calendars": funder.calendars, "grant_start": funder.starts} if funder and case.kind == "grant" else {}
    period = read_period(case.period, **calendars)
    source = exact(folder) if case.audience == "director" else protected(folder, case.audience)
    copy = "submission" if case.audience == "director" else "shareable"
    order = Order(period, funder, copy, counties=len(source.options("county")))
    return make(case.kind, order, source, today=TODAY, texts=TEXTS if texts is None else texts, submission=submission)


def tables_on(app: AppTest) -> list[tuple[tuple[str, ...], ...]]:
    """Read every table of a page as its cells, header first."""
    pages = [element.proto.body for element in app.get("html")]
    tables = [table for page in pages for table in re.findall(r"<table.*?</table>", page, re.DOTALL)]
    return [
        tuple(tuple("".join(cell.itertext()) for cell in row) for row in ElementTree.fromstring(table).iter("tr"))
        for table in tables
    ]


def document(folder: Path, case: Case) -> Document:
    return made(folder, case).document
