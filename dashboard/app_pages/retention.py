"""How long people stay in touch, and whether they come back."""

from __future__ import annotations

from datetime import timedelta

from dashboard.charts import curve, dot_interval, gap_dots, heat, shares, state_stack
from dashboard.measures import Period, headline, on_days
from dashboard.ui.block import chart_block
from dashboard.ui.cards import card_wall, measure_card, retained_card
from dashboard.ui.cohorts import TOO_EARLY, cohort_grid, newest_judged
from dashboard.ui.frames import enough_people
from dashboard.ui.page import definitions, long_date, notes, open_page
from dashboard.ui.tables import gap_table
from dashboard.ui.view import View, current

NINETY = (("days", 90),)


def main() -> None:
    """Draw the page from top to bottom."""
    view = current()
    newest = newest_judged(view, 90)
    open_page(view, "Retention", headline(view.ask("retained", newest, settings=NINETY)) if newest else "")
    card_wall([*(retained_card(view, days) for days in (30, 90, 180)), measure_card(view, "reengaged")])
    label = f"first contact {long_date(view.data_start)} to {long_date(view.last_day)}"
    everyone = Period(view.data_start, view.last_day, label)
    _curves(view, everyone)
    grid = cohort_grid(view)
    quarters = view.ask("retained", everyone, settings=NINETY)
    figure = heat(grid.rows, grid.columns, grid.percents, TOO_EARLY)
    heading = "Still in touch, by quarter of first contact"
    chart_block(view, quarters, figure, "Shaded table", heading=heading, table=grid.table)
    _gap_rule(view, everyone)
    _routes(view, everyone)
    back = view.ask("reengaged", view.year)
    chart_block(view, back, shares([(back.measure.short_title, back)]), "Bar", subtitle="Coming back is a strength.")
    notes([view.ask("retention", everyone), quarters, back])
    definitions(["retention", "retained", "reengaged"])


def _curves(view: View, everyone: Period) -> None:
    stay = view.ask("retention", everyone)
    end = f"followed to {long_date(view.as_of - timedelta(days=view.gap_days))}, {view.gap_days}-day rule"
    chart_block(view, stay, curve(stay), "Curve in steps", subtitle=end)
    heading = "In contact, completed, left, died or other"
    chart_block(view, stay, state_stack(stay), "Stacked areas", heading=heading, subtitle=end)


def _gap_rule(view: View, everyone: Period) -> None:
    """Show how much of the answer is the rule for when silence counts as leaving."""
    gaps = sorted({30, 60, 90, view.gap_days})
    results = {gap: view.ask("retention", everyone, settings=(("gap_days", gap),)) for gap in gaps}
    shown = [(gap, float(on_days(result, (90,))["value"].iloc[0])) for gap, result in results.items()]
    known = [f"{100 * share:.0f} %" for _, share in shown if share == share]
    heading = f"The rule changes the answer from {known[0]} to {known[-1]}." if len(known) > 1 else "The gap rule"
    stay, subtitle = (
        results[view.gap_days],
        "in touch at 90 days, by days without contact that count as leaving",
    )
    figure = gap_dots(shown, view.gap_days)
    chart_block(view, stay, figure, "Dots on a line", heading=heading, subtitle=subtitle, table=gap_table(shown))


def _routes(view: View, everyone: Period) -> None:
    """Split only by what was known on the first day, and only where enough people took that route."""
    for by in ("kind", "mode"):
        routes = enough_people(view.ask("retained", everyone, by=(by,), settings=NINETY))
        if len(routes.frame) > 1:
            heading = f"In touch at 90 days, by {'kind' if by == 'kind' else 'way'} of first contact"
            chart_block(view, routes, dot_interval(routes), "Dots with intervals", heading=heading)


main()
