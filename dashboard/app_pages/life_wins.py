"""What goes well in people's lives, and whether it lasts."""

from __future__ import annotations

from dashboard.charts import bars, lasting_parts, two_years
from dashboard.measures import headline, periods_of
from dashboard.ui.block import chart_block, table_block
from dashboard.ui.cards import card_wall, lasting_card, measure_card
from dashboard.ui.frames import lasting, pivot
from dashboard.ui.page import definitions, notes, open_page
from dashboard.ui.view import View, current

QUARTERS = 8


def main() -> None:
    """Draw the page from top to bottom."""
    view = current()
    people = view.ask("people_with_win", *view.compared)
    open_page(view, "Life wins", headline(people))
    rows = ("people_with_win", "win_events", "win_rate")
    card_wall([*(measure_card(view, name) for name in rows), lasting_card(view, "work"), lasting_card(view, "home")])
    domains = view.ask("wins_by_domain", by=("domain",))
    before = view.ask("wins_by_domain", view.compared[0], by=("domain",)) if len(view.compared) > 1 else None
    dots = f"hollow dot: {before.query.periods[0].label}" if before else ""
    chart_block(view, domains, bars(domains, before=before), "Bars by part of life", subtitle=dots)
    _to_date(view)
    _lasting(view)
    _quarters(view)
    notes([people, view.ask("lasting_win")])
    definitions(["people_with_win", "wins_by_domain", "win_events", "win_rate", "lasting_win"])


def _to_date(view: View) -> None:
    """Wins of the state fiscal year so far, beside the year before, by complete months."""
    years = periods_of("state_fiscal_year", view.data_start, view.last_day)
    wins = view.ask("win_events", *periods_of("month", years[-2:][0].start, view.last_day))
    pair = [year.label for year in years[-2:]]
    chart_block(view, wins, two_years(wins, years[-2:]), "Two lines", heading=f"Wins to date, {' and '.join(pair)}")


def _lasting(view: View) -> None:
    result = view.ask("lasting_win", view.year, by=("domain", "outcome"))
    parts = lasting(result)
    chart_block(view, result, lasting_parts(parts), "Bars in three parts", heading="Wins that lasted 90 days")


def _quarters(view: View) -> None:
    quarters = periods_of("quarter", view.data_start, view.last_day)[-QUARTERS:]
    wins = view.ask("win_events", *quarters, by=("domain",))
    table_block(view, wins, pivot(wins, "domain", "period"), heading="Life wins by quarter")


main()
