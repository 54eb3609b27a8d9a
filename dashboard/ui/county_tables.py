"""The tables of the county page: counties side by side by name, and one county beside the program."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.rows import only_row
from dashboard.measures import NOT_RECORDED, Measure, Period, Result, value_text
from dashboard.measures.places import Places, place_words
from dashboard.measures.wording import percent
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
# Data without contacts hold counts of events by county, and nobody to divide them by.
EVENTS: dict[str, Settings] = {"nonfatal_overdoses": (), "win_events": ()}
RECORDED = {"nonfatal_overdoses": "overdose", "win_events": "life_win"}


def shown(view: View) -> dict[str, Settings]:
    """Return the measures of the tables, with their settings, as far as the data can answer them."""
    if view.has_contacts:
        return MEASURES
    return {name: settings for name, settings in EVENTS.items() if RECORDED[name] in view.records}


def comparison(view: View, window: Period) -> pd.DataFrame:
    """Return one row per county, by name, "not recorded" last; never people per resident."""
    results = [view.ask(name, window, by=COUNTY, settings=s, ignore=COUNTY) for name, s in shown(view).items()]
    return by_row({_header(result): result for result in results}, "county")


def rows_and_total(view: View, window: Period) -> tuple[int, int]:
    """Return the sum of the county rows of people supported, and the program's own number."""
    rows = view.ask("people_served", window, by=COUNTY, ignore=COUNTY).frame["value"].sum()
    return int(rows), int(view.ask("people_served", window, ignore=COUNTY).frame["value"].sum())


def profile(view: View, window: Period, county: str) -> pd.DataFrame:
    """Return one row per measure: value and interval of the county, and the program's value."""
    lines = []
    for name, settings in shown(view).items():
        own = view.ask(name, window, settings=settings, only=(("county", county),), ignore=COUNTY)
        program = view.ask(name, window, settings=settings, ignore=COUNTY)
        here, everywhere = (only_row(result) for result in (own, program))
        low, high = (value_text(own.measure, limit) for limit in (here.lower, here.upper))
        interval = f"{low} to {high}" if here.lower == here.lower else "–"
        lines.append((own.measure.title, cell(own.measure, here), interval, cell(program.measure, everywhere)))
    return pd.DataFrame(lines, columns=["Measure", "County", "95 % interval", "Program"])


def place_table(places: Places) -> pd.DataFrame:
    """Return one row per county, by name: people or person-months, value, interval, where it stands, smoothed."""
    result, frame = places.result, places.frame
    measure = result.measure
    table = pd.DataFrame({"County": [result.label("county", code) for code in frame["county"]]})
    table["Person-months" if measure.kind == "rate" else "People"] = [f"{n:,.0f}" for n in frame["denominator"]]
    few = ["" if reliable else " (few: read as a count)" for reliable in frame["reliable"]]
    values = [value_text(measure, value) for value in frame["value"]]
    table[measure.short_title] = [text + note for text, note in zip(values, few, strict=True)]
    table["95 % interval"] = _limits(measure, frame["lower"], frame["upper"])
    stands = zip(frame["label"], frame["side"], strict=True)
    table["Beside the average"] = [place_words(measure, label, side) for label, side in stands]
    if places.is_smoothed:
        table["Smoothed"] = [value_text(measure, round(value, 1)) for value in frame["smoothed"]]
        table["Smoothed, 95 % interval"] = _limits(measure, frame["smoothed_lower"], frame["smoothed_upper"])
        table["Weight of own data"] = [percent(weight) for weight in frame["weight"]]
    return table.sort_values("County", ignore_index=True)


def _limits(measure: Measure, lower: pd.Series[float], upper: pd.Series[float]) -> list[str]:
    return [
        f"{value_text(measure, low)} to {value_text(measure, high)}" if low == low else "–"
        for low, high in zip(lower, upper, strict=True)
    ]


@remembered
def service_locations(view: View, window: Period, county: str) -> list[str]:
    """Return the sites with a contact in the county, by name; a site nobody recorded is not a place."""
    sites = view.ask("people_served", window, by=("site",), only=(("county", county),), ignore=COUNTY)
    seen = sites.frame[sites.frame["value"] > 0]["site"]
    return sorted(sites.label("site", code) for code in seen if code != NOT_RECORDED)


def _header(result: Result) -> str:
    return result.measure.short_title
