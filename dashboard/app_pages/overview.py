"""How many people the program reaches, and whether anything differs from usual."""

from __future__ import annotations

from dashboard.charts import small_multiples
from dashboard.measures.signal_prose import headline_of
from dashboard.ui.block import Block, chart, show
from dashboard.ui.card_wall import card_wall
from dashboard.ui.cards import freshness_card, measure_card, missing_card, retained_card
from dashboard.ui.deaths import deaths_sentence
from dashboard.ui.differences import differences_list
from dashboard.ui.page import definitions, notes, open_page, resources
from dashboard.ui.trends import monthly_trend, trend_block
from dashboard.ui.view import View, current, remembered

DEFINED = ("people_served", "people_new", "engaged", "retained", "people_with_win", "entered_promptly", "deaths")


def main() -> None:
    """Draw the page from top to bottom."""
    view = current()
    _top(view)
    show(trend_block(view, "people_served"))
    if not view.is_one_place:
        show(_by_county(view))
    differences_list(view)
    _support(view.without("period", "county", "program"))
    notes(view, "people_served", "second_contact", "engaged")
    definitions(*DEFINED)


@remembered
def _top(view: View) -> None:
    open_page(view, "Overview", _headline(view))
    card_wall(
        [
            measure_card(view, "people_served"),
            measure_card(view, "people_new"),
            measure_card(view, "engaged"),
            retained_card(view, 90),
            measure_card(view, "people_with_win") if "life_win" in view.records else missing_card("people_with_win"),
            freshness_card(view),
        ]
    )


def _headline(view: View) -> str:
    served, second = (view.ask(name, *view.compared) for name in ("people_served", "second_contact"))
    return headline_of(served, monthly_trend(view, "second_contact"), second)


@remembered
def _support(view: View) -> None:
    deaths_sentence(view)
    resources(view)


@remembered
def _by_county(view: View) -> Block:
    monthly = view.by_month("people_served", by=("county",))
    return chart(view, monthly, small_multiples(monthly), "Small lines by month, one per county")
