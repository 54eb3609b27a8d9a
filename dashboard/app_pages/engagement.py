"""Whether a first meeting becomes a relationship."""

from __future__ import annotations

from dashboard.charts import dumbbell, stacked, steps, trend
from dashboard.measures import headline
from dashboard.ui.block import chart_block, table_block
from dashboard.ui.cards import card_wall, measure_card
from dashboard.ui.frames import linkages, pivot, stages
from dashboard.ui.page import definitions, notes, open_page
from dashboard.ui.view import View, current


def main() -> None:
    """Draw the page from top to bottom."""
    view = current()
    second = view.ask("second_contact", *view.compared)
    open_page(view, "Engagement", headline(second))
    names = ("second_contact", "engaged", "missed_sessions", "in_touch")
    card_wall([measure_card(view, name) for name in names])
    _steps(view)
    monthly = view.by_month("second_contact")
    chart_block(view, monthly, trend(monthly), "Line by month")
    for by in ("kind", "mode"):
        contacts = view.by_month("contacts", by=(by,))
        chart_block(view, contacts, stacked(contacts), "Stacked areas by month")
    missed = view.by_month("missed_sessions")
    chart_block(view, missed, trend(missed), "Line by month")
    offers = view.ask("linkage_completed", by=("domain",))
    chart_block(view, offers, dumbbell(linkages(offers)), "Pairs of dots, offered and connected")
    _gone_quiet(view)
    notes([second, view.ask("engaged"), view.ask("linkage_completed")])
    definitions([*names, "contacts", "contact_intensity", "linkage_completed"])


def _steps(view: View) -> None:
    second = view.ask("second_contact")
    reached = stages(second, view.ask("engaged"))
    heading = "From a first contact to a relationship"
    chart_block(view, second, steps(reached.bars), "Bars in steps", heading=heading, table=reached.table)


def _gone_quiet(view: View) -> None:
    # Counts only: whom to call is found in the source system, never here.
    by = ("quiet",) if view.is_one_place else ("county", "quiet")
    quiet = view.ask("in_touch", by=by)
    table = pivot(quiet, by[0], "quiet" if len(by) > 1 else "period")
    table_block(view, quiet, table, heading="When people were last in touch")


main()
