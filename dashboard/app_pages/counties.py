"""Where the program reaches people, and where not."""

from __future__ import annotations

import streamlit as st

from dashboard.charts import FEWEST_COUNTIES, MAP_CONFIG, county_map, dot_interval, subset
from dashboard.measures import NOT_RECORDED, Period, measure
from dashboard.ui.block import chart_block, table_block
from dashboard.ui.cache import county_shapes
from dashboard.ui.county_tables import MEASURES, comparison, counted_twice, profile, service_locations
from dashboard.ui.page import definitions, open_page
from dashboard.ui.view import View, current
from dashboard.ui.windows import choose_window

NOTE = "Counties differ in whom they serve; this is not adjusted for."


def main() -> None:
    """Draw the page from top to bottom."""
    view = current()
    window = choose_window(view)
    known = [code for code, _ in view.counties if code != NOT_RECORDED]
    open_page(view, "Counties", period=window.label)
    if len(known) < 2:
        _profile(view, window, known[0] if known else "")
    else:
        _side_by_side(view, window, len(known))
        _profile(view, window, view.county)
    definitions(list(MEASURES))


def _side_by_side(view: View, window: Period, counties: int) -> None:
    st.write(NOTE)
    served = view.ask("people_served", window, by=("county",), ignore=("county",))
    table_block(view, served, comparison(view, window), heading="County by county", place="All counties")
    twice = counted_twice(view, window)
    if twice:
        st.caption(f"{twice} {'person is' if twice == 1 else 'people are'} counted in two counties or more.")
    if counties >= FEWEST_COUNTIES:
        shapes = subset(county_shapes(), set(served.frame["county"]))
        figure = county_map(served, shapes)
        chart_block(view, served, figure, "Map in classes of counts", config=MAP_CONFIG, place="All counties")
    _dots(view, window)


def _dots(view: View, window: Period) -> None:
    shares = [name for name in MEASURES if measure(name).kind == "share_of_people"]
    name = st.selectbox(
        "Compare counties by",
        shares,
        format_func=lambda n: measure(n).title,
        key="measure",
        bind="query-params",
    )
    chosen = name if name in shares else shares[0]
    result = view.ask(chosen, window, by=("county",), ignore=("county",))
    mean = view.ask(chosen, window, ignore=("county",)).frame["value"].iloc[0]
    chart_block(view, result, dot_interval(result, mean=mean), "Dots with intervals", place="All counties")


def _profile(view: View, window: Period, county: str) -> None:
    if not county or county == NOT_RECORDED:
        st.caption("Choose a county in the filters to see its profile.")
        return
    name = dict(view.counties)[county]
    served = view.ask("people_served", window, only=(("county", county),), ignore=("county",))
    table_block(view, served, profile(view, window, county), heading=f"{name}: profile", place=name)
    places = service_locations(view, window, county)
    if places:
        st.write(f"Service locations with a contact in {name}: {', '.join(places)}.")


main()
