"""Whether a first meeting becomes a relationship."""

from __future__ import annotations

from dashboard.charts import bars_in_order, dumbbell, stacked, steps
from dashboard.measures.signal_prose import headline_of
from dashboard.ui.block import Block, chart, show, table
from dashboard.ui.card_wall import card_wall
from dashboard.ui.cards import measure_card
from dashboard.ui.frames import linkages, pivot, stages
from dashboard.ui.page import definitions, notes, open_page
from dashboard.ui.share_block import share_block
from dashboard.ui.trends import monthly_trend, trend_block
from dashboard.ui.view import View, current, remembered

CARDS = ("second_contact", "engaged", "missed_sessions", "in_touch")


def main() -> None:
    """Draw the page from top to bottom."""
    view = current()
    _top(view)
    show(_steps(view))
    show(trend_block(view, "second_contact"))
    show(trend_block(view, "contacts"))
    show(_contacts(view, "kind"))
    show(_contacts(view, "mode"))
    show(trend_block(view, "missed_sessions"))
    show(_share(view, "outreach_reached"))
    show(_connections(view))
    show(_weekdays(view))
    show(_last_in_touch(view))
    show(_share(view, "deepening", "experimental"))
    notes(view, "second_contact", "engaged", "outreach_reached", "linkage_completed", "deepening")
    definitions(*CARDS, "contacts", "outreach_reached", "linkage_completed", "deepening")


@remembered
def _top(view: View) -> None:
    open_page(view, "Engagement", _headline(view))
    card_wall([measure_card(view, name) for name in CARDS])


def _headline(view: View) -> str:
    return headline_of(view.ask("second_contact", *view.compared), monthly_trend(view, "second_contact"))


@remembered
def _steps(view: View) -> Block:
    second = view.ask("second_contact")
    reached = stages(second, view.ask("engaged"))
    heading, about = "From a first contact to a relationship", "People who have had the full time for each step"
    return chart(view, second, steps(reached.bars), "Bars in steps", heading=heading, about=about, table=reached.table)


@remembered
def _contacts(view: View, by: str) -> Block:
    contacts = view.by_month("contacts", by=(by,))
    return chart(view, contacts, stacked(contacts), "Stacked areas by month")


@remembered
def _share(view: View, name: str, said: str = "") -> Block:
    return share_block(view, view.ask(name), said)


@remembered
def _connections(view: View) -> Block:
    offers = view.ask("linkage_completed", by=("domain",))
    figure, legend = dumbbell(linkages(offers)), "hollow dot: offered, filled dot: connected"
    return chart(view, offers, figure, "Pairs of dots, offered and connected", subtitle=legend)


@remembered
def _weekdays(view: View) -> Block:
    missed = view.ask("missed_sessions", by=("weekday",))
    return chart(view, missed, bars_in_order(missed), "Bars by weekday")


@remembered
def _last_in_touch(view: View) -> Block:
    # Counts only: whom to call is found in the source system, never here.
    by = ("quiet",) if view.is_one_place else ("county", "quiet")
    quiet = view.ask("in_touch", by=by)
    rows = pivot(quiet, by[0], "quiet" if len(by) > 1 else "period")
    return table(view, quiet, rows, heading="When people were last in touch")
