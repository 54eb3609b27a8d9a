"""The grant report: the sections a funder's file names, in its order, then texts, data notes and definitions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from dashboard.reports.blocks import Block
from dashboard.reports.blocks.appendix import DataNotes, Methods
from dashboard.reports.blocks.changes import Changes
from dashboard.reports.blocks.follow_up import FollowUp
from dashboard.reports.blocks.grids import Column, DimensionTable, Line, MeasureTable
from dashboard.reports.blocks.pictures import MeasureChart, PeriodTable
from dashboard.reports.blocks.targets import Targets
from dashboard.reports.blocks.words import Author, Facts, Said, Section, Words
from dashboard.reports.cells import Part
from dashboard.reports.checks import Sum
from dashboard.reports.context import Asked
from dashboard.reports.definitions import Order
from dashboard.reports.funders import Funder
from dashboard.reports.period_codes import days_of, long_date
from dashboard.reports.resolve import Title
from dashboard.standing import DEATHS_IN_WORDS, RESOURCES
from pipelines.schema import VOCABULARIES

SERVED, NEW, CONTINUING, RETURNING = (
    Asked(name) for name in ("people_served", "people_new", "people_continuing", "people_returning")
)
FLOWS = (NEW, CONTINUING, RETURNING)
DEMOGRAPHICS = {"age_band": "Age", "gender": "Gender", "race_eth": "Race and ethnicity"}
CONTACT_KINDS = tuple(code for code in VOCABULARIES["kind"] if code != "closeout")
LASTING = ("work", "home")
BREAK_WORDS = "new instrument"


def title(order: Order) -> Title:
    """Name the report after its grant and period."""
    funder, period = _funder(order), order.report_period
    subtitle = f"{period.period.label} · {days_of(period.period)}"
    return Title("grant", f"{funder.name}-{period.code}", funder.title, subtitle, order.copy)


def blocks(order: Order) -> tuple[Block, ...]:
    """Return every block of the report, in order."""
    funder = _funder(order)
    sections = [block for name in funder.sections for block in SECTIONS[name](order)]
    texts: list[Block] = [
        Author(text.key, text.title, text.prompt, tuple(map(Asked, text.facts))) for text in funder.narrative
    ]
    if texts:
        texts.insert(0, Section("In the program's own words"))
    return (
        _facts(order),
        *sections,
        *texts,
        Changes(),
        Section("Data notes"),
        DataNotes(),
        Section("Definitions"),
        Methods(),
    )


def _funder(order: Order) -> Funder:
    if order.funder is None:
        raise ValueError("a grant report needs a funder")
    return order.funder


def _facts(order: Order) -> Facts:
    funder, period = _funder(order), order.report_period.period
    in_force = [i.title for i in funder.instruments if i.holds_on(period.start) or i.holds_on(period.end)]
    pairs = (
        ("Grant", funder.title),
        ("Funder", funder.agency),
        ("Number", funder.grant),
        ("Period", f"{period.label}: {days_of(period)}"),
        ("Instruments in force", "; ".join(in_force)),
        ("Programs", ", ".join(funder.programs) or "all"),
        ("Note", funder.note),
    )
    return Facts("Cover", pairs)


def served(order: Order) -> tuple[Block, ...]:
    """People served: new, continuing and returning must add up to everyone."""
    lines = (
        *(Line(asked, (Column(asked), Column(asked, "value"))) for asked in FLOWS),
        Line(SERVED, (Column(SERVED), None), is_total=True),
    )
    sums = (Sum((0, 1, 2), 3, 0, "New, continuing and returning"),)
    table = MeasureTable("served", "People served", lines, ("People", "Share"), sums, label="Group")
    return Section("People served"), Said("People served in words", (SERVED,)), table


def counties(order: Order) -> tuple[Block, ...]:
    """People by county; every row adds up by itself, people in two counties stand in both."""
    columns = (
        *(Column(asked, header=words, foots="at least") for asked, words in zip(FLOWS, FLOW_WORDS, strict=True)),
        Column(SERVED, header="Total", foots="at least"),
    )
    table = DimensionTable("counties", "People served by county", "county", columns, across=(0, 1, 2, 3))
    return Section("By county"), MeasureChart(table, draw=(3,))


FLOW_WORDS = ("New", "Continuing", "Returning")


def demographics(order: Order) -> tuple[Block, ...]:
    """Age, gender, race and ethnicity: each foots to the same number of people, zeros and "not recorded" shown."""
    columns = (Column(SERVED, header="People served"), Column(NEW, header="New people"))
    tables = (
        DimensionTable(by, f"People served by {words.lower()}", by, columns, codes=VOCABULARIES[by])
        for by, words in DEMOGRAPHICS.items()
    )
    return Section("Who was served"), *tables


def services(order: Order) -> tuple[Block, ...]:
    """Contacts and hours by kind and by way of contact."""
    columns = (Column(Asked("contacts")), Column(Asked("contact_hours")))
    kind = DimensionTable("services_kind", "Services by kind", "kind", columns, codes=CONTACT_KINDS)
    mode = DimensionTable("services_mode", "Services by way of contact", "mode", columns, codes=VOCABULARIES["mode"])
    return Section("Services"), MeasureChart(kind), mode


def connections(order: Order) -> tuple[Block, ...]:
    """Connections to other help: offered, connected, declined."""
    offers, declined = Asked("linkage_completed"), Asked("linkage_completed", only=(("outcome", ("declined",)),))
    columns = (
        Column(offers, "out_of", "Offered"),
        Column(offers, "count", "Connected"),
        Column(declined, "out_of", "Declined"),
        Column(offers, "value", "Share connected"),
    )
    codes = VOCABULARIES["linkage_domain"]
    table = DimensionTable("connections", "Connections to other help", "domain", columns, codes=codes)
    people = MeasureTable("people_connected", "People connected", (Line(Asked("people_connected")),))
    return Section("Connections to other help"), MeasureChart(table, draw=(0, 1)), people


def engagement(order: Order) -> tuple[Block, ...]:
    """Second contacts, engagement, staying in touch, over time and now."""
    asked = tuple(map(Asked, ("second_contact", "engaged", "missed_sessions", "in_touch")))
    now = MeasureTable("engagement", "Engagement", tuple(map(Line, asked)))
    columns = tuple(Column(asked[0], part, header) for part, header in TREND_PARTS)
    trend = PeriodTable("engagement_trend", "Second contacts by quarter", columns, _quarters(order))
    return (
        Section("Engagement"),
        Said("Engagement in words", asked[:1]),
        now,
        MeasureChart(trend, "line", (2,), limits=(3, 4)),
    )


TREND_PARTS: tuple[tuple[Part, str], ...] = (
    ("count", "People"), ("out_of", "Out of"), ("value", "Share"), ("low", "95 % from"), ("high", "95 % to"),
)  # fmt: skip


def life_wins(order: Order) -> tuple[Block, ...]:
    """Life wins: people, then events, then what lasted."""
    people, events = Asked("wins_by_domain"), Asked("win_events")
    columns = (Column(people, header="People", foots="at least"), Column(events, header="Wins"))
    notes = ("A win confirmed after 90 days counts its person but is no new win: people can exceed wins.",)
    by_domain = DimensionTable(
        "life_wins", "Life wins by part of life", "domain", columns, VOCABULARIES["win_domain"], notes=notes
    )
    share = MeasureTable("people_with_win", "People with a life win", (Line(Asked("people_with_win")),))
    return (
        Section("Life wins"),
        Said("Life wins in words", (Asked("people_with_win"),)),
        share,
        MeasureChart(by_domain),
        _lasting(),
    )


def _lasting() -> DimensionTable:
    """Jobs and homes of the last twelve months old enough to be judged: lasted, ended, not followed up."""
    found = Asked("lasting_win", span="twelve_months")
    outcomes = {"lasted": "Lasted", "ended": "Ended", "not_followed_up": "Not followed up"}
    columns = (
        *(
            Column(
                Asked("lasting_win", only=(("outcome", (code,)),), span="twelve_months"), "out_of", words, "at least"
            )
            for code, words in outcomes.items()
        ),
        Column(found, "out_of", "All that can be judged", "at least"),
        Column(found, "value", "Share that lasted"),
    )
    notes = (
        "Jobs and homes found in the 12 months to the end of the period. Not followed up is not the same as ended.",
    )
    return DimensionTable("lasting", "Lasting wins", "domain", columns, codes=LASTING, across=(0, 1, 2, 3), notes=notes)


def outcome_domains(order: Order) -> tuple[Block, ...]:
    """The funder's outcome domains, from life wins, and their trend with the change of instrument marked."""
    funder = _funder(order)
    lines = tuple(
        Line(Asked("wins_by_domain", only=(("win", domain.wins),), title=domain.title), _domain_cells(domain.wins))
        for domain in funder.outcome_domains
    )
    notes = ("Life wins sorted into the funder's domains; this is our mapping. One person may have wins in several.",)
    table = MeasureTable("domains", "Outcome domains", lines, ("People", "Wins"), (), "Domain", notes)
    columns = tuple(Column(Asked("people_with_win"), part, header) for part, header in TREND_PARTS)
    trend = PeriodTable(
        "wins_trend", "People with a life win by quarter", columns, _quarters(order), notes=_break(funder)
    )
    chart = MeasureChart(trend, "line", (2,), limits=(3, 4), break_on=funder.break_on, break_words=BREAK_WORDS)
    return Section("Outcome domains"), table, chart


def _domain_cells(wins: tuple[str, ...]) -> tuple[Column, ...]:
    only = (("win", wins),)
    return Column(Asked("wins_by_domain", only=only)), Column(Asked("win_events", only=only))


def _break(funder: Funder) -> tuple[str, ...]:
    if funder.break_on is None:
        return ()
    day = funder.break_on
    before, since = (_instruments(funder, at) for at in (day - timedelta(days=1), day))
    return (f"The instrument changed on {long_date(day)}: {before} before, {since} since. Do not compare across.",)


def _instruments(funder: Funder, day: date) -> str:
    return "; ".join(instrument.title for instrument in funder.instruments if instrument.holds_on(day))


def _quarters(order: Order) -> str:
    """Return the quarters of the calendar the report is made by."""
    by_year = {"federal_fiscal": "federal_fiscal_quarter", "state_fiscal": "state_fiscal_quarter"}
    calendar = order.report_period.calendar
    return next((quarter for year, quarter in by_year.items() if calendar.startswith(year)), "quarter")


def follow_up(order: Order) -> tuple[Block, ...]:
    """Follow-up assessments and matched change, with the people not reached."""
    return Section("Follow-up"), FollowUp(_break(_funder(order)))


def return_and_overdose(order: Order) -> tuple[Block, ...]:
    """What people told a coach, and whether the program was there afterward."""
    names = ("people_reporting_return", "still_with_us", "nonfatal_overdoses", "reached_after_overdose")
    notes = ("More contact and more trust mean more is heard, so a rise is not bad news by itself.",)
    table = MeasureTable("return_overdose", "Return to use and overdose", _lines(*names), notes=notes)
    return Section("Return to use and overdose"), table, Words("Support", RESOURCES, "strong")


def deaths(order: Order) -> tuple[Block, ...]:
    """Deaths in words and a count of twelve months, never by place; the count is for directors' submissions only."""
    if order.copy == "shareable":
        return Section("Deaths"), Words("Losses in words", DEATHS_IN_WORDS), Words("Support", RESOURCES, "strong")
    lines = tuple(Line(Asked(name, span="twelve_months")) for name in ("deaths", "fatal_overdoses"))
    notes = ("Records are provisional until a cause is confirmed. Overdose deaths are part of all deaths.",)
    return (
        Section("Deaths"),
        MeasureTable("deaths", "Deaths", lines, ("People",), notes=notes),
        Words("Support", RESOURCES, "strong"),
    )


def targets(order: Order) -> tuple[Block, ...]:
    """Targets of the year, with pace."""
    return Section("Targets"), Targets("targets", "Targets", _funder(order).targets)


def _lines(*names: str) -> tuple[Line, ...]:
    return tuple(Line(Asked(name)) for name in names)


SECTIONS: dict[str, Callable[[Order], tuple[Block, ...]]] = {
    section.__name__: section
    for section in (
        served, counties, demographics, services, connections, engagement, life_wins, outcome_domains, follow_up,
        return_and_overdose, deaths, targets,
    )
}  # fmt: skip
