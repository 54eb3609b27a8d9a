"""Where the program reaches people, and where not."""

from __future__ import annotations

import streamlit as st

from dashboard.charts import FEWEST_COUNTIES, MAP_CONFIG, county_map, dot_interval, funnel, smoothed_map
from dashboard.measures import NOT_RECORDED, Period, measure, value_text
from dashboard.measures.places import FEWEST_IN_FUNNEL, FUNNEL_KINDS, funnel_words, places_of
from dashboard.ui.block import Block, chart, show, show_if, table
from dashboard.ui.cache import county_shapes
from dashboard.ui.county_tables import (
    COUNTY,
    MEASURES,
    comparison,
    place_table,
    profile,
    rows_and_total,
    service_locations,
    shown,
)
from dashboard.ui.page import definitions, open_page
from dashboard.ui.view import ALL_COUNTIES, View, current, remembered
from dashboard.ui.windows import choose_window

MEANT = {
    "contact": "The county is the one recorded with a contact or an event.",
    "residence": "The county is the one where a person lives, wherever the contact was.",
}
NOTE = "Counties differ in whom they serve; this is not adjusted for."
ONLY_EVENTS = (
    "These data hold **events without contacts**, so they are counted where they happened. "
    "More people live in some counties than in others; nothing here is divided by them."
)
ALIKE = "Nothing tells the counties apart beyond chance: the smoothed rate of each is the average, {}."
SETTINGS = MEASURES | dict.fromkeys(("win_rate", "contact_intensity", "return_rate", "overdose_rate"), ())
COMPARED = tuple(name for name in SETTINGS if measure(name).kind in FUNNEL_KINDS)


def main() -> None:
    """Draw the page from top to bottom."""
    view = current()
    known = [code for code, _ in view.counties if code != NOT_RECORDED]
    top = st.container()
    window = choose_window(view)
    with top:
        open_page(view, "Counties", period=window.label)
    if not view.has_contacts:
        st.write(ONLY_EVENTS)
    elif len(known) > 1:
        st.write(f"{MEANT[view.county_of]} {NOTE}")
    if not shown(view):
        st.write("Nothing in these data is counted by county.")
        return
    if len(known) > 1:
        _side_by_side(view, window, len(known))
    _show_profile(view, window, view.county or (known[0] if len(known) == 1 else ""))
    definitions(*(SETTINGS if view.has_contacts else shown(view)))


def _side_by_side(view: View, window: Period, counties: int) -> None:
    view = view.without("period", "county")
    show(_table(view, window))
    if view.has_contacts:
        st.caption(_sum(view, window))
    if counties >= FEWEST_COUNTIES:
        show(_map(view, window))
    if view.has_contacts:
        _compare(view, window, _choose_measure())


def _choose_measure() -> str:
    name = st.selectbox(
        "Compare counties by",
        COMPARED,
        format_func=lambda n: measure(n).title,
        key="measure",
        bind="query-params",
        index=COMPARED.index("second_contact"),
    )
    return name if name in COMPARED else COMPARED[0]


def _compare(view: View, window: Period, name: str) -> None:
    """Show a funnel where there are counties enough for one, else each with its interval; then smoothed rates."""
    show(_funnel_or_dots(view, window, name))
    st.caption(measure(name).caveats[0])
    show_if(_smoothed(view, window, name))


@remembered
def _table(view: View, window: Period) -> Block:
    result = view.ask(next(iter(shown(view))), window, by=COUNTY, ignore=COUNTY)
    rows = comparison(view, window)
    return table(view, result, rows, heading="County by county", place=view.named(ALL_COUNTIES))


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
    result = view.ask(next(iter(shown(view))), window, by=COUNTY, ignore=COUNTY)
    figure = county_map(result, county_shapes(frozenset(result.frame["county"])))
    return chart(view, result, figure, "Map in classes of counts", config=MAP_CONFIG, place=view.named(ALL_COUNTIES))


@remembered
def _funnel_or_dots(view: View, window: Period, name: str) -> Block:
    result = view.ask(name, window, by=COUNTY, settings=SETTINGS[name], ignore=COUNTY)
    places = places_of(result)
    if len(places.frame) >= FEWEST_IN_FUNNEL:
        kind, rows = "Funnel: counties by size, with limits around the average", place_table(places)
        says, drawn, subtitle = funnel_words(places), funnel(places), "a point per county"
        return chart(
            view, result, drawn, kind, subtitle=subtitle, place=view.named(ALL_COUNTIES), says=says, table=rows
        )
    mean = view.ask(name, window, settings=SETTINGS[name], ignore=COUNTY).frame["value"].iloc[0]
    figure = dot_interval(result, mean=mean)
    return chart(view, result, figure, "Dots with intervals", place=view.named(ALL_COUNTIES))


@remembered
def _smoothed(view: View, window: Period, name: str) -> Block | None:
    """Rates drawn toward the average, the more the fewer person-months they rest on; none for shares of people."""
    result = view.ask(name, window, by=COUNTY, settings=SETTINGS[name], ignore=COUNTY)
    places = places_of(result)
    if "smoothed" not in places.frame:
        return None
    figure = smoothed_map(places, county_shapes(frozenset(result.frame["county"])))
    heading = f"{result.measure.title}, smoothed toward the program average"
    missing = "" if places.is_smoothed else ALIKE.format(value_text(result.measure, round(places.mean, 1)))
    kind, rows = "Map in classes of smoothed rates", place_table(places)
    return chart(
        view,
        result,
        figure,
        kind,
        heading=heading,
        about="Each county’s own rate counts by the weight of its data",
        config=MAP_CONFIG,
        place=view.named(ALL_COUNTIES),
        table=rows,
        nothing=missing,
    )


def _show_profile(view: View, window: Period, county: str) -> None:
    if not county or county == NOT_RECORDED:
        st.caption("Choose a county in the filters to see its profile.")
        return
    view = view.without("period", "county")
    show(_profile(view, window, county))
    places = service_locations(view, window, county) if view.has_contacts else []
    if places:
        st.write(f"Service locations with a contact in {dict(view.counties)[county]}: {', '.join(places)}.")


@remembered
def _profile(view: View, window: Period, county: str) -> Block:
    name = dict(view.counties)[county]
    first = view.ask(next(iter(shown(view))), window, only=(("county", county),), ignore=COUNTY)
    return table(view, first, profile(view, window, county), heading=f"{name}: profile", place=view.named(name))
