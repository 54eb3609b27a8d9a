"""How long people stay in touch, and whether they come back."""

from __future__ import annotations

from dashboard.charts import dot_interval, gap_dots, heat, state_stack
from dashboard.measures import Result, headline, on_days, why_no_curve
from dashboard.measures.curve_prose import log_rank_words
from dashboard.measures.wording import percent
from dashboard.ui.block import Block, absent, chart, show, show_if
from dashboard.ui.card_wall import card_wall
from dashboard.ui.cards import retained_card, year_card
from dashboard.ui.cohorts import TOO_EARLY, cohort_grid, everyone, newest_judged
from dashboard.ui.curve_blocks import curve_block, follow_up
from dashboard.ui.frames import enough_people
from dashboard.ui.page import definitions, notes, open_page
from dashboard.ui.share_block import share_block
from dashboard.ui.tables import gap_table
from dashboard.ui.view import View, current, remembered

NINETY = (("days", 90),)


def main() -> None:
    """Draw the page from top to bottom."""
    view = current()
    _top(view)
    show(curve_block(view, "retention"))
    show_if(_states(view))
    show(_cohorts(view))
    show(_gap_rule(view))
    for by in ("kind", "mode"):
        show_if(_route(view, by))
    year = view.without("period")  # to the end of the data
    show(_came_back(year))
    show(_closings(year))
    notes(view, "retained", "reengaged", "closed_with_plan")
    definitions("retention", "retained", "reengaged", "closed_with_plan")


@remembered
def _top(view: View) -> None:
    open_page(view, "Retention", _headline(view))
    card_wall([*(retained_card(view, days) for days in (30, 90, 180)), year_card(view, "reengaged")])


def _headline(view: View) -> str:
    newest = newest_judged(view, 90)
    return headline(view.ask("retained", newest, settings=NINETY)) if newest else ""


@remembered
def _states(view: View) -> Block | None:
    stay = view.ask("retention", everyone(view))
    if why_no_curve(stay):
        return None  # the curve above has said why
    heading = "In contact, completed, left, died or other"
    return chart(view, stay, state_stack(stay), "Stacked areas", heading=heading, subtitle=follow_up(view))


@remembered
def _cohorts(view: View) -> Block:
    grid = cohort_grid(view)
    result = view.ask("retained", everyone(view), settings=NINETY)
    figure = heat(grid.rows, grid.columns, grid.percents, TOO_EARLY)
    heading = "Still in touch, by quarter of first contact"
    about = "In touch on a day, of the people who first came in a quarter"
    return chart(view, result, figure, "Shaded table", heading=heading, about=about, table=grid.table)


@remembered
def _gap_rule(view: View) -> Block:
    """Show how much of the answer is the rule for when silence counts as leaving."""
    gaps = sorted({30, 60, 90, view.gap_days})
    own, others = view.gap_days, {gap: (("gap_days", gap),) for gap in gaps if gap != view.gap_days}
    results = {gap: view.ask("retention", everyone(view), settings=others.get(gap, ())) for gap in gaps}
    shown = [(gap, _at_ninety(result)) for gap, result in results.items()]
    known = [percent(share) for _, share in shown if share == share]
    heading = "The gap rule"
    if len(known) > 1:
        moved = f"changes the answer from {known[0]} to {known[-1]}"
        heading = f"The rule {'does not change the answer' if known[0] == known[-1] else moved}"
    about = "In touch at 90 days, by days of silence that count as leaving"
    figure, rows, stay = gap_dots(shown, own), gap_table(shown), results[own]
    return chart(view, stay, figure, "Dots on a line", heading=heading, about=about, table=rows)


def _at_ninety(result: Result) -> float:
    """Return the share in touch at 90 days; NaN where too few people are followed so far."""
    row = on_days(result, (90,)).iloc[0]
    return float(row["value"]) if row["reliable"] else float("nan")


@remembered
def _route(view: View, by: str) -> Block | None:
    """Split by what was known on the first day, and only where enough people took each route."""
    routes = enough_people(view.ask("retained", everyone(view), by=(by,), settings=NINETY))
    if len(routes.frame) < 2:
        return None
    heading = f"In touch at 90 days, by {'kind' if by == 'kind' else 'way'} of first contact"
    test = log_rank_words(view.ask("retention", everyone(view), by=(by,)))
    return chart(view, routes, dot_interval(routes), "Dots with intervals", heading=heading, subtitle=test)


@remembered
def _came_back(view: View) -> Block:
    return share_block(view, view.ask("reengaged", view.year), "coming back is a strength")


@remembered
def _closings(view: View) -> Block:
    planned = view.ask("closed_with_plan", view.year)
    if "closings" not in view.extras:
        return absent(planned.measure.title, "the day support was closed")
    return share_block(view, planned)
