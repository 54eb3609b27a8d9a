"""What goes well in people's lives, and whether it lasts."""

from __future__ import annotations

from dashboard.charts import bars, lasting_parts, two_years
from dashboard.measures import periods_of
from dashboard.measures.signal_prose import headline_of
from dashboard.ui.block import Block, absent, chart, show, show_if, table
from dashboard.ui.card_wall import card_wall
from dashboard.ui.cards import measure_card, year_card
from dashboard.ui.curve_blocks import curve_block
from dashboard.ui.follow_up import asked_again, change
from dashboard.ui.frames import lasting, pivot
from dashboard.ui.page import definitions, notes, open_page
from dashboard.ui.share_block import share_block
from dashboard.ui.spending import spending
from dashboard.ui.trends import monthly_trend
from dashboard.ui.view import View, current, remembered

QUARTERS = 8
CARDS = ("people_with_win", "win_events", "win_rate")
LASTING = ("work", "home")
CURVES = ("time_to_first_win", "wins_per_person")
ASSESSED, SPENT = ("followup_rate", "matched_change"), ("cost_per_person", "cost_per_person_with_win")


def main() -> None:
    """Draw the page from top to bottom."""
    view = current()
    year = view.without("period")  # to the end of the data
    _top(view)
    show(_by_domain(view))
    show(_to_date(view))
    show(_lasting(year))
    show(_goals(year))
    if view.has_contacts:
        for name in CURVES:
            show(curve_block(view, name))
    show(_by_quarter(view))
    show(asked_again(year))
    show_if(change(year))
    show(spending(year))
    notes(view, "people_with_win", "win_rate", "lasting_win")
    definitions(*CARDS, "wins_by_domain", "lasting_win", "goals_met", *CURVES, *ASSESSED, *SPENT)


@remembered
def _top(view: View) -> None:
    open_page(view, "Life wins", _headline(view))
    cards = [measure_card(view, name) for name in CARDS]
    card_wall([*cards, *(year_card(view, "lasting_win", domain=domain) for domain in LASTING)])


def _headline(view: View) -> str:
    return headline_of(view.ask("people_with_win", *view.compared), monthly_trend(view, "people_with_win"))


@remembered
def _by_domain(view: View) -> Block:
    now = view.ask("wins_by_domain", by=("domain",))
    year_ago = view.compared[:-1]
    before = view.ask("wins_by_domain", *year_ago, by=("domain",)) if year_ago else None
    dots = f"hollow dot: {year_ago[0].label}" if year_ago else ""
    return chart(view, now, bars(now, before=before), "Bars by part of life", subtitle=dots)


@remembered
def _to_date(view: View) -> Block:
    """Wins of the state fiscal year so far, beside the year before, by complete months."""
    years = periods_of("state_fiscal_year", view.data_start, view.last_day)[-2:]
    wins = view.ask("win_events", *periods_of("month", years[0].start, view.last_day))
    heading = f"Wins to date, {' and '.join(year.label for year in years)}"
    return chart(view, wins, two_years(wins, years), "Running totals by month", heading=heading)


@remembered
def _lasting(view: View) -> Block:
    result = view.ask("lasting_win", view.year, by=("domain", "outcome"))
    parts = lasting(result)
    rows = parts.rename(columns={"domain": "Part of life", "lasted": "Lasted", "ended": "Ended"})
    rows = rows.rename(columns={"not_followed_up": "Not followed up"})
    heading = "Jobs and homes, 90 days later"
    about, note = result.measure.title, "not followed up is not the same as lost"
    figure = lasting_parts(parts)
    return chart(view, result, figure, "Bars in three parts", heading=heading, about=about, subtitle=note, table=rows)


@remembered
def _goals(view: View) -> Block:
    met = view.ask("goals_met", view.year)
    if "goals" not in view.extras:
        return absent(met.measure.title, "the day each goal was set")
    return share_block(view, met)


@remembered
def _by_quarter(view: View) -> Block:
    quarters = periods_of("quarter", view.data_start, view.last_day)[-QUARTERS:]
    wins = view.ask("win_events", *quarters, by=("domain",))
    return table(view, wins, pivot(wins, "domain", "period"), heading="Life wins by quarter")
