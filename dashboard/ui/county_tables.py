"""The tables of the county page: counties side by side by name, and one county beside the program."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.rows import only_row
from dashboard.measures import NOT_RECORDED, Period, Result, value_text
from dashboard.ui.frames import by_row, cell
from dashboard.ui.view import Settings, View, remembered

MEASURES: dict[str, Settings] = {
    "people_served": (),
    "people_new": (),
    "second_contact": (),
    "retained": (("days", 90),),
    "people_with_win": (),
}
COUNTY = ("county",)


def comparison(view: View, window: Period) -> pd.DataFrame:
    """Return one row per county, by name, "not recorded" last; never people per resident."""
    results = [view.ask(name, window, by=COUNTY, settings=s, ignore=COUNTY) for name, s in MEASURES.items()]
    return by_row({_header(result): result for result in results}, "county")


def rows_and_total(view: View, window: Period) -> tuple[int, int]:
    """Return the sum of the county rows of people supported, and the program's own number."""
    rows = view.ask("people_served", window, by=COUNTY, ignore=COUNTY).frame["value"].sum()
    return int(rows), int(view.ask("people_served", window, ignore=COUNTY).frame["value"].sum())


def profile(view: View, window: Period, county: str) -> pd.DataFrame:
    """Return one row per measure: value and interval of the county, and the program's value."""
    lines = []
    for name, settings in MEASURES.items():
        own = view.ask(name, window, settings=settings, only=(("county", county),), ignore=COUNTY)
        program = view.ask(name, window, settings=settings, ignore=COUNTY)
        here, everywhere = (only_row(result) for result in (own, program))
        low, high = (value_text(own.measure, limit) for limit in (here.lower, here.upper))
        interval = f"{low} to {high}" if here.lower == here.lower else "–"
        lines.append((own.measure.title, cell(own.measure, here), interval, cell(program.measure, everywhere)))
    return pd.DataFrame(lines, columns=["Measure", "County", "95 % interval", "Program"])


@remembered
def service_locations(view: View, window: Period, county: str) -> list[str]:
    """Return the sites with a contact in the county, by name; a site nobody recorded is not a place."""
    sites = view.ask("people_served", window, by=("site",), only=(("county", county),), ignore=COUNTY)
    seen = sites.frame[sites.frame["value"] > 0]["site"]
    return sorted(sites.label("site", code) for code in seen if code != NOT_RECORDED)


def _header(result: Result) -> str:
    return result.measure.short_title
