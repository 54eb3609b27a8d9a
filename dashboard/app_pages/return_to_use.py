"""What people tell the program, and whether it is there afterward."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import streamlit as st

from dashboard.charts import rate_over_contacts, shares
from dashboard.charts.rows import only_row
from dashboard.measures import Period, Result, headline, periods_of
from dashboard.measures.periods import year_before
from dashboard.standing import TOLD_A_COACH, WITHOUT_CONTACTS
from dashboard.ui.block import Block, chart, show, show_if, table
from dashboard.ui.curve_blocks import curve_block
from dashboard.ui.deaths import deaths_sentence, deaths_table
from dashboard.ui.gaps import gaps_block
from dashboard.ui.html_table import show_table
from dashboard.ui.page import definitions, notes, open_page, resources
from dashboard.ui.subset import over
from dashboard.ui.tables import overdose_table, readable, shares_table
from dashboard.ui.trends import noted, trend_block
from dashboard.ui.view import View, current, remembered

AFTERWARD = ("still_with_us", "reached_after_overdose")
NO_OVERDOSE = "These data hold no overdose: none was told of, or the export does not carry them."
TOO_FREQUENT = "Overdoses are recorded too often for the days between them to say anything, so they stand by month."
OF_ALL = "The number of people who died is that of all counties and programs, whatever is chosen in the filters."
DEFINED = (
    *("return_rate", "people_reporting_return"),
    *AFTERWARD,
    *("time_to_first_return", "returns_per_person", "days_between_returns", "days_between_overdoses"),
    *("nonfatal_overdoses", "overdose_rate", "fatal_overdoses", "deaths"),
)


def main() -> None:
    """Draw the page from top to bottom."""
    view = current()
    year = view.without("period")  # to the end of the data
    _top(view)
    if view.has_contacts and "return_to_use" in view.records:
        show(_rates(view))
        _told(year)
        show(curve_block(view, "time_to_first_return"))
        show(curve_block(view, "returns_per_person"))
        show_if(gaps_block(view, "days_between_returns"))
    if view.has_contacts:
        show(_afterward(year))
        _reports(year)
    if "overdose" in view.records:
        show_if(_overdose_gaps(view))
        show_if(_overdose_rates(view))
        show(_overdoses(year))
    else:
        st.header("Overdoses", anchor=False)
        st.write(NO_OVERDOSE)
    _deaths(year.without("county", "program"))
    notes(view, "return_rate", "nonfatal_overdoses", "still_with_us", "reached_after_overdose", period=view.year)
    definitions(*DEFINED)


@remembered
def _top(view: View) -> None:
    open_page(view, "Return to use & overdose", _headline(view))
    st.write(TOLD_A_COACH if view.has_contacts else WITHOUT_CONTACTS)
    resources(view)
    if "return_to_use" not in view.records:
        st.write("Returns to use: needs reports of them. Not loaded.")


def _headline(view: View) -> str:
    years = view.settled_years
    return headline(_of_windows(view, "return_rate", years)) if len(years) > 1 else ""


def _of_windows(view: View, name: str, windows: tuple[Period, ...]) -> Result:
    """Answer for some of the twelve-month windows; all of them are asked for together, once."""
    return over(view.ask(name, *view.windows), windows)


@remembered
def _rates(view: View) -> Block:
    if not view.rolling:  # less than twelve months of records
        rate = view.ask("return_rate", view.year)
        return table(view, rate, readable(rate))
    rates = _of_windows(view, "return_rate", view.rolling)
    contacts = view.ask("contacts", *periods_of("month", view.rolling[0].end, view.rolling[-1].end))
    hollow = "hollow: still filling"
    figure = rate_over_contacts(rates, contacts, notes=noted(view, "return_rate"))
    return chart(view, rates, figure, "Dots with intervals above bars", subtitle=hollow)


@remembered
def _told(view: View) -> None:
    told = only_row(view.ask("people_reporting_return", view.year))
    if not told.denominator:
        return
    people = f"{told.numerator:,.0f} of {told.denominator:,.0f} people"
    st.write(f"In the {view.year.label}, {people} told a coach of a return to use.")


@remembered
def _afterward(view: View) -> Block:
    results = [view.ask(name, view.year) for name in AFTERWARD]
    figure = shares([(result.measure.short_title, result) for result in results])
    heading, about = "Was someone there afterward?", "; ".join(result.measure.title for result in results)
    return chart(view, results[0], figure, "Bars", heading=heading, about=about, table=shares_table(results))


@remembered
def _reports(view: View) -> None:
    """Say how many reports stand behind the people: one person may have told of several."""
    results = [view.ask(name, view.year) for name in AFTERWARD]
    rows = [(result.frame.iloc[0], result.measure.rows_beside) for result in results]
    known = [(r["row_numerator"], r["row_denominator"], words) for r, words in rows if r["row_denominator"]]
    st.caption(" · ".join(f"{n:,.0f} of {of:,.0f} {words}" for n, of, words in known))


def _overdose_gaps(view: View) -> Block | None:
    """Days between overdoses, or months where there are too many for that."""
    return gaps_block(view, "days_between_overdoses") or _overdoses_by_month(view)


@remembered
def _overdoses_by_month(view: View) -> Block:
    return replace(trend_block(view, "nonfatal_overdoses"), says=TOO_FREQUENT)


@remembered
def _overdose_rates(view: View) -> Block | None:
    """Rolling rates of twelve months: single months of rare events say nothing."""
    if not (view.has_contacts and view.rolling):
        return None
    rates = _of_windows(view, "overdose_rate", view.rolling)
    contacts = view.ask("contacts", *periods_of("month", view.rolling[0].end, view.rolling[-1].end))
    hollow = "hollow: still filling"
    return chart(view, rates, rate_over_contacts(rates, contacts), "Dots with intervals above bars", subtitle=hollow)


@remembered
def _overdoses(view: View) -> Block:
    """Counts by outcome, apart, beside those of the year before where the data reach back."""
    before = Period(year_before(view.year.start), view.year.start - timedelta(days=1), "12 months before")
    years = (view.year, before) if before.start >= view.data_start else (view.year,)
    survived, rate = (view.ask(name, *years) for name in ("nonfatal_overdoses", "overdose_rate"))
    rows, now = overdose_table(survived, view.ask("fatal_overdoses", *years), rate), over(survived, (view.year,))
    return table(view, now, rows, heading="Overdoses the program knows of", says=OF_ALL if view.filtered else "")


@remembered
def _deaths(view: View) -> None:
    st.header("Deaths", anchor=False)
    deaths_sentence(view)
    show_table(deaths_table(view), "Overdose deaths")
