"""The board deck: at most eight slides, one claim each; people before numbers, losses in words."""

from __future__ import annotations

from dashboard.reports.blocks import Block
from dashboard.reports.blocks.appendix import DataNotes, Methods
from dashboard.reports.blocks.deck import SlideBlock
from dashboard.reports.blocks.grids import Column, DimensionTable
from dashboard.reports.blocks.pictures import CurveTable, MeasureChart
from dashboard.reports.blocks.targets import Targets
from dashboard.reports.blocks.words import Author, KeyNumbers, Words
from dashboard.reports.context import Asked
from dashboard.reports.definitions import Order
from dashboard.reports.period_codes import days_of, year_of
from dashboard.reports.resolve import Title
from dashboard.standing import DEATHS_IN_WORDS, RESOURCES
from pipelines.schema import VOCABULARIES

SERVED, NEW, SECOND, WINS = map(Asked, ("people_served", "people_new", "second_contact", "people_with_win"))
RETAINED = Asked("retained", (("days", 90),), span="entered")
MOST_COUNTIES = 12  # more bars than this nobody reads from the back of a room
LOSSES = "Deaths, and support"


def title(order: Order) -> Title:
    """Name the deck after its period."""
    period = order.report_period
    return Title(
        "board", f"board-{period.code}", "Report to the board", f"{period.period.label} · {days_of(period.period)}"
    )


def blocks(order: Order) -> tuple[Block, ...]:
    """Return the slides; the one of targets only where a funder's targets are given."""
    return (
        _numbers(),
        _reach(order),
        _relationship(),
        _life_wins(),
        _losses(),
        *_targets(order),
        _asks(),
        _definitions(),
    )


def _numbers() -> SlideBlock:
    key_numbers = KeyNumbers(
        "numbers", "Key numbers", (Column(SERVED), Column(NEW), Column(SECOND, "value"), Column(WINS, "value"))
    )
    return SlideBlock("numbers", "The period in numbers", (key_numbers,), SERVED, SECOND, (SERVED, NEW, SECOND, WINS))


def _reach(order: Order) -> SlideBlock:
    """Reach by county, or by region where there are too many counties for one slide."""
    by = "county" if order.counties <= MOST_COUNTIES else "region"
    columns = (Column(NEW, header="New people", foots="at least"), Column(SERVED, header="People", foots="at least"))
    table = DimensionTable("reach", f"People by {by}", by, columns)
    return SlideBlock(
        "reach", f"Where we reach people, by {by}", (MeasureChart(table, or_else=(1,)),), NEW, say=(NEW, SERVED)
    )


def _relationship() -> SlideBlock:
    curve = CurveTable("in_touch", "Still in touch after the first contact", Asked("retention", span="entered"))
    chart = MeasureChart(curve, "line", (0,), limits=(1, 2))
    second = KeyNumbers("second", "Second meetings", (Column(SECOND, "value"), Column(RETAINED, "value")))
    return SlideBlock(
        "relationship", "From a first meeting to a relationship", (chart, second), SECOND, say=(SECOND, RETAINED)
    )


def _life_wins() -> SlideBlock:
    columns = (Column(Asked("wins_by_domain"), header="People", foots="at least"),)
    table = DimensionTable("wins", "People with a life win", "domain", columns, VOCABULARIES["win_domain"])
    story = Author("story", "A story, told with consent", "One person's story in two sentences, with their consent.")
    return SlideBlock("wins", "Life wins", (MeasureChart(table), story), WINS, say=(WINS,))


def _losses() -> SlideBlock:
    """Deaths in words, always the same ones."""
    staff = Author(
        "support", "Support for staff and peers", "How does the program support staff and peers after a death?"
    )
    words = (Words("Losses in words", DEATHS_IN_WORDS), Words("Support", RESOURCES, "strong"), staff)
    return SlideBlock("losses", LOSSES, words)


def _targets(order: Order) -> tuple[SlideBlock, ...]:
    """Return the slide of targets, if the funder set some for the year."""
    funder = order.funder
    if funder is None:
        return ()
    year = year_of(funder.target_year, order.report_period.period, grant_start=funder.starts)
    if not any(target.year_from == year.start for target in funder.targets):
        return ()
    targets = Targets("targets", "Targets", funder.targets, short=True)
    return (SlideBlock("targets", "Targets of the year", (targets,)),)


def _asks() -> SlideBlock:
    ask = Author("asks", "What we ask of the board", "What should the board decide, give or open a door to?")
    return SlideBlock("asks", "What we ask of the board", (ask,))


def _definitions() -> SlideBlock:
    return SlideBlock("definitions", "Definitions and notes", (DataNotes(), Methods()))
