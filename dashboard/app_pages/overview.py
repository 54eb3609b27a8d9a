"""How many people the program reaches, and whether anything differs from usual."""

from __future__ import annotations

from dashboard.charts import small_multiples, trend
from dashboard.measures import headline
from dashboard.ui.block import chart_block
from dashboard.ui.cards import card_wall, freshness_card, measure_card, retained_card
from dashboard.ui.deaths import deaths_sentence
from dashboard.ui.page import definitions, notes, open_page, resources
from dashboard.ui.view import current


def main() -> None:
    """Draw the page from top to bottom."""
    view = current()
    served = view.ask("people_served", *view.compared)
    second = view.ask("second_contact", *view.compared)
    open_page(view, "Overview", headline(served, second))
    card_wall(
        [
            measure_card(view, "people_served"),
            measure_card(view, "people_new"),
            measure_card(view, "engaged"),
            retained_card(view, 90),
            measure_card(view, "people_with_win"),
            freshness_card(view),
        ]
    )
    if view.is_one_place:
        monthly = view.by_month("people_served")
        chart_block(view, monthly, trend(monthly), "Line by month")
    else:
        monthly = view.by_month("people_served", by=("county",))
        chart_block(view, monthly, small_multiples(monthly), "Small lines by month, one per county")
    deaths_sentence(view)
    resources(view)
    notes([served, second])
    definitions(
        [
            "people_served",
            "people_new",
            "engaged",
            "retained",
            "people_with_win",
            "entered_promptly",
            "deaths",
        ]
    )


main()
