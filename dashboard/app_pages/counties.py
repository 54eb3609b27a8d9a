"""Where the program reaches people, and where not."""

from __future__ import annotations

import streamlit as st

from dashboard.charts import FEWEST_COUNTIES, MAP_CONFIG, county_map, dot_interval
from dashboard.measures import NOT_RECORDED, Period, measure
from dashboard.ui.block import Block, chart, show, table
from dashboard.ui.cache import county_shapes
from dashboard.ui.county_tables import COUNTY, MEASURES, comparison, profile, rows_and_total, service_locations
from dashboard.ui.page import definitions, open_page
from dashboard.ui.view import ALL_COUNTIES, View, current, remembered
from dashboard.ui.windows import choose_window

NOTE = "Counties differ in whom they serve; this is not adjusted for."
SHARES = tuple(name for name in MEASURES if measure(name).kind == "share_of_people")


def main() -> None:
    """Draw the page from top to bottom."""
    view = current()
    known = [code for code, _ in view.counties if code != NOT_RECORDED]
    top = st.container()
    window = choose_window(view)
    with top:
        open_page(view, "Counties", period=window.label)
    if len(known) > 1:
        st.write(NOTE)
        show(_table(view, window))
        st.caption(_sum(view, window))
        if len(known) >= FEWEST_COUNTIES:
            show(_map(view, window))
        show(_dots(view, window, _choose_measure()))
    _show_profile(view, window, view.county or (known[0] if len(known) == 1 else ""))
    definitions(*MEASURES)


def _choose_measure() -> str:
    name = st.selectbox(
        "Compare counties by",
        SHARES,
        format_func=lambda n: measure(n).title,
        key="measure",
        bind="query-params",
        index=SHARES.index("second_contact"),
    )
    return name if name in SHARES else SHARES[0]


@remembered
def _table(view: View, window: Period) -> Block:
    served = view.ask("people_served", window, by=COUNTY, ignore=COUNTY)
    rows = comparison(view, window)
    return table(view, served, rows, heading="County by county", place=ALL_COUNTIES)


@remembered
def _sum(view: View, window: Period) -> str:
    rows, total = rows_and_total(view, window)
    if rows == total:
        return f"The program supported {total:,} people."
    return (
        f"The rows add up to {rows:,}, the program supported {total:,} people: "
        "people with contacts in two counties count in both."
    )


@remembered
def _map(view: View, window: Period) -> Block:
    served = view.ask("people_served", window, by=COUNTY, ignore=COUNTY)
    figure = county_map(served, county_shapes(frozenset(served.frame["county"])))
    return chart(view, served, figure, "Map in classes of counts", config=MAP_CONFIG, place=ALL_COUNTIES)


@remembered
def _dots(view: View, window: Period, name: str) -> Block:
    settings = MEASURES[name]
    result = view.ask(name, window, by=COUNTY, settings=settings, ignore=COUNTY)
    mean = view.ask(name, window, settings=settings, ignore=COUNTY).frame["value"].iloc[0]
    return chart(view, result, dot_interval(result, mean=mean), "Dots with intervals", place=ALL_COUNTIES)


def _show_profile(view: View, window: Period, county: str) -> None:
    if not county or county == NOT_RECORDED:
        st.caption("Choose a county in the filters to see its profile.")
        return
    show(_profile(view, window, county))
    places = service_locations(view, window, county)
    if places:
        st.write(f"Service locations with a contact in {dict(view.counties)[county]}: {', '.join(places)}.")


@remembered
def _profile(view: View, window: Period, county: str) -> Block:
    name = dict(view.counties)[county]
    served = view.ask("people_served", window, only=(("county", county),), ignore=COUNTY)
    return table(view, served, profile(view, window, county), heading=f"{name}: profile", place=name)
