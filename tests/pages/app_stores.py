"""Stores the pages are opened on, drawn on the whiteboard, and a way to read everything a page shows."""

from __future__ import annotations

import json
import random
import re
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash
from whiteboard import warehouse

from pipelines.load import LoadOptions, load
from pipelines.paths import sample_folder
from pipelines.program import Program, read_program
from pipelines.sample import write_sample

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
PAGES = (
    "overview",
    "engagement",
    "life_wins",
    "retention",
    "return_to_use",
    "counties",
    "data_quality",
    "load_data",
    "methods",
)
AS_OF = date(2026, 9, 30)
COUNTIES = ("Hancock", "Washington", "Waldo", "Knox", "Somerset", "Penobscot", "-")
WINS = ("got_job", "found_housing", "goal_met", "reunited_with_child", "health_coverage")


def many(folder: Path, people: int = 90) -> None:
    """Two years of a made-up program: people who come, stay a while, tell things, and sometimes come back."""
    draw = random.Random(11)
    sessions = ["participant_key session_date entered_on county_fips kind mode status coach_key site_id"]
    milestones = ["participant_key class code event_date reported_date od_fatal certainty county_fips"]
    linkages, homes = ["session_key domain outcome"], ["participant_key county_fips"]
    for number in range(people):
        person, county = f"p{number}", draw.choice(COUNTIES)
        homes.append(f"{person} {'Hancock' if number % 2 else county}")
        day = AS_OF - timedelta(days=draw.randrange(700))
        for _ in range(draw.choice((1, 2, 4, 9, 14))):
            if day > AS_OF:
                break
            kind, mode = draw.choice(("coaching", "group", "brief_check_in")), draw.choice(("phone", "in_person"))
            status = draw.choices(("completed", "no_show"), (9, 1))[0]
            entered = day + timedelta(days=draw.randrange(12))
            sessions.append(f"{person} {day} {entered} {county} {kind} {mode} {status} c1 Ellsworth")
            if draw.random() < 0.1:
                milestones.append(_milestone(draw, person, day, county))
            if draw.random() < 0.2:
                linkages.append(f"S{len(sessions) - 1} housing {draw.choice(('offered', 'connected', 'declined'))}")
            day += timedelta(days=draw.randrange(1, 30))
    tables = {"linkage": "\n".join(linkages), "load_batch": LEDGER, "load_issue": FINDINGS}
    drawn = {"sessions": sessions, "milestones": milestones, "participants": homes}
    warehouse(folder, as_of=str(AS_OF), **{name: "\n".join(lines) for name, lines in drawn.items()}, **tables)


def _milestone(draw: random.Random, person: str, day: date, county: str) -> str:
    code = draw.choices((draw.choice(WINS), "return_to_use", "overdose", "death"), (6, 2, 1, 0.3))[0]
    event_class = code if code in {"return_to_use", "overdose", "death"} else "life_win"
    fatal = "false" if code == "overdose" else "-"
    return f"{person} {event_class} {code} {day} {day} {fatal} self_reported {county}"


LEDGER = """
batch_id|source_file|source_system|sha256|as_of|loaded_at|rows_read|rows_loaded|rows_replaced|rows_quarantined|rows_duplicate|rows_dropped|records_removed
B1|one.csv|Vendor|abcdef0123|2026-09-30|2026-10-02 09:00:00|100|90|2|3|4|1|0
"""
FINDINGS = """
batch_id|source_file|source_row|rule_id|severity|field|action
B1|one.csv|17|DQ14|quarantine|session_date|kept out
B1|one.csv|21|DQ39|warn|county_fips|not recorded
"""


def steady(folder: Path, extra: str = "", **tables: str) -> None:
    """Two years in which every month is much like the others: new people, of whom half come back soon."""
    sessions = ["participant_key session_date entered_on county_fips"]
    for month in range(24):
        first = date(2024 + (9 + month) // 12, (9 + month) % 12 + 1, 3)
        for number in range(12 + month % 3):
            day = first + timedelta(days=number)
            sessions.append(f"m{month}p{number} {day} {day} Hancock")
            if number % 2:
                sessions.append(f"m{month}p{number} {day + timedelta(days=5)} {day + timedelta(days=6)} Hancock")
    warehouse(folder, sessions="\n".join([*sessions, extra]), as_of=str(AS_OF), **tables)


BUSY = "\n".join(f"more{n} 2026-09-01 2026-09-02 Hancock" for n in range(60))
ANNOTATIONS = """
on_date|measure_id|county_fips|note|kind
2025-09-10|second_contact|-|Welcome calls begin|process_change
2026-08-20|-|-|Ice storm closed both offices|event
2026-08-21|-|Waldo|Only in Waldo|event
"""
TARGETS = """
funder_id|measure_id|period_start|period_end|county_fips|value
program|people_served|2026-07-01|2027-06-30|-|200
program|second_contact|2026-07-01|2027-06-30|-|0.05
"""


def planned(folder: Path) -> None:
    """A busy last month, a named change, and targets."""
    steady(folder, BUSY, annotation=ANNOTATIONS, target=TARGETS)


def sample(folder: Path) -> None:
    """The sample as `outcomes demo` loads it, with the changes and targets of its program file."""
    files = write_sample(folder / "exports")
    program = read_program(sample_folder() / "program.toml")
    for profile, paths in files.files.items():
        load([str(path) for path in paths], profile, LoadOptions(folder, files.as_of, program, memory="500MB"))


def one_county(folder: Path) -> None:
    warehouse(
        folder,
        sessions="""
            participant_key session_date county_fips
            A 07-08 Hancock
            A 07-20 Hancock
            B 05-30 Hancock
            B 07-02 Hancock
        """,
    )


def one_month(folder: Path) -> None:
    """Two counties and a month that is not over."""
    warehouse(
        folder,
        as_of="2026-07-20",
        sessions="""
            participant_key session_date county_fips
            A 07-08 Hancock
            A 07-20 Hancock
            B 07-12 Washington
        """,
    )


def wins_only(folder: Path) -> None:
    warehouse(
        folder,
        milestones="""
            participant_key code event_date county_fips
            A got_job 07-30 Hancock
            B return_to_use 06-30 Hancock
        """,
    )


def empty(folder: Path) -> None:
    warehouse(folder)


def nothing(folder: Path) -> None:
    """A folder nobody has loaded into."""


def one_person(folder: Path) -> None:
    warehouse(folder, sessions="participant_key session_date county_fips\nA 03-08 Hancock\nA 03-20 Hancock")


def all_stay(folder: Path) -> None:
    """Thirty people still in touch, half of them first seen after a quarter without anyone new; nothing happens."""
    lines = ["participant_key session_date county_fips"]
    for number in range(30):
        start = date(2026, 1, 5) if number % 2 else date(2025, 7, 5)
        days = range(0, (AS_OF - start).days, 40)
        lines += [f"p{number} {start + timedelta(days=day)} {COUNTIES[number % 6]}" for day in days]
    warehouse(folder, sessions="\n".join(lines))


def all_leave_at_once(folder: Path) -> None:
    """Thirty people who came once, long ago, and told of a win, a return to use or an overdose on that day."""
    people = [f"p{number}" for number in range(30)]
    codes = ("got_job", "return_to_use", "overdose")
    sessions = [f"{who} 02-0{1 + i % 9} {COUNTIES[i % 6]}" for i, who in enumerate(people)]
    told = [f"{who} {codes[i % 3]} 02-0{1 + i % 9} {'false' if i % 3 == 2 else '-'}" for i, who in enumerate(people)]
    warehouse(
        folder,
        sessions="\n".join(["participant_key session_date county_fips", *sessions]),
        milestones="\n".join(["participant_key code event_date od_fatal", *told]),
    )


def asked_again(folder: Path) -> None:
    """Two counties; goals, two assessments of the same people and what a quarter cost."""
    people = [f"p{number}" for number in range(8)]
    answers = ["participant_key timepoint assessed_on item value status"]
    for number, who in enumerate(people):
        answers.append(f"{who} baseline 02-01 barc10_total {30 + number} conducted")
        if number < 5:
            answers.append(f"{who} 6_month 08-01 barc10_total {32 + number % 3 * 2} conducted")
    answers.append("p5 6_month - _form - declined")
    sessions = ["participant_key session_date county_fips", "p0 07-20 Waldo"]
    sessions += [f"{who} 07-0{number + 1} Hancock" for number, who in enumerate(people)]
    warehouse(
        folder,
        sessions="\n".join(sessions),
        milestones="""
            participant_key code event_date
            p0 goal_set 07-01
            p0 goal_met 08-01
            p1 goal_set 07-05
        """,
        assessment="\n".join(answers),
        target="""
            funder_id measure_id period_start period_end value
            F1 spend 07-01 09-30 42000
        """,
    )


SETS = (
    many,
    sample,
    steady,
    planned,
    one_county,
    one_month,
    one_person,
    all_stay,
    all_leave_at_once,
    asked_again,
    wins_only,
    empty,
    nothing,
)
STORES = {store.__name__: store for store in SETS}
REAL = Path(__file__).parents[3] / "shared" / "real"


def ctn(folder: Path) -> None:
    """Three research trials as published: contacts without counties."""
    _load_real(folder, "ctn0094", date(2022, 12, 31))


def odin(folder: Path) -> None:
    """Overdose responses of a state as published: events in 67 counties without contacts."""
    _load_real(folder, "odin_pa", date(2019, 7, 31))


def _load_real(folder: Path, profile: str, as_of: date) -> None:
    load([str(REAL / profile)], profile, LoadOptions(folder, as_of, Program(), memory="500MB"))


REAL_STORES = {store.__name__: store for store in (ctn, odin)}


def open_page(page: str, **query: str) -> AppTest:
    """Open a page of the app on the store that OUTCOMES_STORE names."""
    app = AppTest.from_file(APP, default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    if page == "overview":
        return app
    app._page_hash = calc_hash(page.replace("_", "-"))  # `switch_page` knows pages that are files, not functions
    return app.run()


def opened(app: AppTest, *keys: str) -> AppTest:
    """Open expanders by their keys, as a click does; without keys all tables of the page."""
    for key in keys or [f"table-{name}" for name in chart_keys(app)]:
        app.session_state[key] = True
    return app.run()


def check_figures(app: AppTest) -> None:
    """Let Plotly check every figure on the page, which pages do not (charts/look.py); ValueError if one is wrong."""
    for chart in app.get("plotly_chart"):
        go.Figure(json.loads(chart.proto.spec))


def chart_keys(app: AppTest) -> list[str]:
    """Return the keys of the charts of a page, without their prefix."""
    return [chart.proto.id.rsplit("-chart-", 1)[-1] for chart in app.get("plotly_chart")]


def headings(app: AppTest) -> list[str]:
    """Return the headings of the charts and tables of a page."""
    return [text.value[3:].splitlines()[0] for text in app.markdown if text.value.startswith("## ")]


def cards(app: AppTest) -> dict[str, str]:
    """Return label and value of every card of a page."""
    wall = next(body for body in bodies(app) if body.startswith("<dl"))
    labels, values = (re.findall(rf"<{tag}>(.*?)</", wall) for tag in ("dt", 'dd class="value"'))
    return {unescape(label): unescape(value) for label, value in zip(labels, values, strict=True)}


def links(app: AppTest) -> list[str]:
    """Return the words of the links to other pages."""
    return [link.proto.label for link in app.get("page_link")]


def tables(app: AppTest) -> list[pd.DataFrame]:
    """Return the tables of a page as frames of texts, in their order."""
    return [_table(body) for body in bodies(app) if body.startswith("<table")]


def bodies(app: AppTest) -> list[str]:
    """Return the pieces of HTML of a page."""
    return [piece.proto.body for piece in app.get("html") if not piece.proto.body.startswith("<style>")]


def _table(body: str) -> pd.DataFrame:
    lines = re.findall(r"<tr.*?</tr>", body)
    cells = [[unescape(text) for text in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line)] for line in lines]
    return pd.DataFrame(cells[1:], columns=cells[0])


def shown_texts(app: AppTest) -> list[str]:
    """Every string a person can see or hear on the page: texts, cards, tables, charts, alt texts, options."""
    texts: list[str] = []
    for kind in ("title", "header", "subheader", "caption", "markdown", "info", "warning"):
        texts += [str(element.value) for element in app.get(kind)]
    texts += [unescape(text) for body in bodies(app) for text in _html_texts(body)]
    for box in app.selectbox:
        texts += [box.label, *box.options]
    for table in app.dataframe:
        texts += [*map(str, table.value.columns), *(str(cell) for row in table.value.to_numpy() for cell in row)]
    texts += [block.label for block in app.expander]
    texts += links(app)
    for chart in app.get("plotly_chart"):
        texts += [chart.proto.alt, *_strings(json.loads(chart.proto.spec))]
    return texts


def _html_texts(body: str) -> list[str]:
    """Texts between tags and in alternative texts."""
    body = re.sub(r"<style>.*?</style>", "", body, flags=re.DOTALL)
    return [*re.findall(r'(?:alt|title|aria-label)="(.*?)"', body), *re.findall(r">([^<]+)<", body)]


def _strings(spec: object) -> list[str]:
    """Texts inside a figure, without geometry and style."""
    if isinstance(spec, str):
        return [spec]
    if isinstance(spec, list):
        return [text for part in spec for text in _strings(part)]
    if isinstance(spec, dict):
        return [text for name, part in spec.items() if name not in {"geojson", "template"} for text in _strings(part)]
    return []
