"""What people tell the program, and whether it is there afterward."""

from __future__ import annotations

import streamlit as st

from dashboard.charts import rate_over_contacts, shares
from dashboard.charts.rows import only_row
from dashboard.measures import headline, periods_of
from dashboard.ui.block import chart_block, table_block
from dashboard.ui.deaths import deaths_sentence, deaths_table
from dashboard.ui.page import definitions, notes, open_page, resources
from dashboard.ui.tables import overdose_table, readable
from dashboard.ui.view import View, current

OPENING = (
    "These numbers count what people **told a coach**. More contact and more trust mean that more is heard, "
    "so a rise is not bad news by itself. What counts here is whether someone was there afterward."
)


def main() -> None:
    """Draw the page from top to bottom."""
    view = current()
    years = view.settled_years
    title = headline(view.ask("return_rate", *years)) if len(years) > 1 else ""
    open_page(view, "Return to use & overdose", title)
    st.write(OPENING)
    resources(view)
    _rates(view)
    _afterward(view)
    survived = view.ask("nonfatal_overdoses", view.year)
    table = overdose_table(survived, view.ask("overdose_rate", view.year))
    table_block(view, survived, table, heading="Overdoses the program knows of")
    st.subheader("Deaths", anchor=False)
    deaths_sentence(view)
    st.table(deaths_table(view), hide_index=True, border="horizontal", alt="Table: overdose deaths")
    notes([view.ask("return_rate", view.year), survived, view.ask("deaths", view.year)])
    definitions(
        [
            "return_rate",
            "people_reporting_return",
            "still_with_us",
            "reached_after_overdose",
            "nonfatal_overdoses",
            "overdose_rate",
            "fatal_overdoses",
            "deaths",
        ]
    )


def _rates(view: View) -> None:
    if not view.rolling:
        rate = view.ask("return_rate", view.year)
        return table_block(view, rate, readable(rate))
    rates = view.ask("return_rate", *view.rolling)
    months = periods_of("month", view.rolling[0].end, view.rolling[-1].end)
    contacts = view.ask("contacts", *months)
    chart_block(view, rates, rate_over_contacts(rates, contacts), "Dots with intervals above bars")
    told = only_row(view.ask("people_reporting_return", view.year))
    st.write(
        f"In the {view.year.label}, {told.numerator:,.0f} of {told.denominator:,.0f} people "
        "told a coach of a return to use."
    )
    return None


def _afterward(view: View) -> None:
    """Show people as bars, and the reports behind them in words."""
    results = [view.ask(name, view.year) for name in ("still_with_us", "reached_after_overdose")]
    rows = [(result.measure.short_title, result) for result in results]
    chart_block(view, results[0], shares(rows), "Bars", heading="Was someone there afterward?")
    for result in results:
        row = result.frame.iloc[0]
        st.caption(f"{row['row_numerator']:,.0f} of {row['row_denominator']:,.0f} {result.measure.rows_beside}")


main()
