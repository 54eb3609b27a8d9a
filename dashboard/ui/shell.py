"""Page config, navigation, filters, and what is shown while there is nothing to show."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import streamlit as st

from dashboard.measures.filling import late_shares
from dashboard.ui import filters
from dashboard.ui.cache import spare_the_collector, store
from dashboard.ui.data import Data, data_in_use
from dashboard.ui.differences import PAGES
from dashboard.ui.live import follow
from dashboard.ui.page import long_date
from dashboard.ui.style import lay_style
from dashboard.ui.view import KEY, View
from pipelines.errors import NoDataError, OutcomesError

DASHBOARD = Path(__file__).resolve().parents[1]
OLD_AFTER_DAYS = 45


@dataclass(frozen=True, slots=True)
class Entry:
    """One page: its title in the menu, the last part of its address, what draws it, and what it cannot do without."""

    title: str
    address: str
    draw: Callable[[], None]
    needs: Literal["contacts", "life wins", "contacts or milestones", "nothing"] = "contacts or milestones"
    filtered: bool = True  # by what is chosen in the sidebar
    before_data: bool = False  # also drawn while there is nothing to show


def run_pages(entries: Sequence[Entry]) -> None:
    """Draw the sidebar, then the page chosen (the first by default); without data for it, one sentence instead."""
    # A local PNG: any other icon would load the favicon from another machine (platform.md 1.8).
    icon = str(DASHBOARD / "static" / "favicon.png")
    st.set_page_config(page_title="Recovery outcomes", page_icon=icon, layout="wide")
    pages = {_page(entry, entry is entries[0]): entry for entry in entries}
    page = st.navigation(list(pages))
    try:
        data = data_in_use()
    except OutcomesError as error:
        return _without_data(error, page, pages)
    follow(data.version)
    needs = pages[page].needs
    if not _holds(data, needs):
        return _nothing_recorded(page.title, needs, data)
    st.session_state[KEY] = _choose_view(data, used=pages[page].filtered)
    st.session_state[PAGES] = {entry.address: one for one, entry in pages.items()}
    lay_style()
    page.run()
    return spare_the_collector()


def _holds(data: Data, needs: str) -> bool:
    """Say whether the data hold what a page cannot do without."""
    held = {
        "contacts": "contact" in data.records,
        "life wins": "life_win" in data.records,
        "contacts or milestones": bool(data.records),
    }
    return held.get(needs, True)


def _page(entry: Entry, first: bool) -> st.Page:
    return st.Page(entry.draw, title=entry.title, url_path=entry.address, default=first)


def _choose_view(data: Data, *, used: bool) -> View:
    described = asdict(data)
    homes = described.pop("homes")
    with st.sidebar:
        if data.organization:
            st.caption(data.organization)
        if not used:
            st.caption(filters.NOT_USED)
        calendar, grant_start = filters.choose_calendar(used=used)
        first = min(data.data_start, data.as_of)
        calendar, period = filters.choose_period(
            calendar, grant_start, first, data.as_of, is_filling=lambda p: bool(late_shares(store(), p)), used=used
        )
        county_of = filters.choose_county_of(homes, used=used)
        counties = homes if county_of == "residence" else data.counties
        county = filters.choose_place("County", "county", "All counties", counties, used=used)
        program = filters.choose_place("Program", "program", "All programs", data.programs, used=used)
        compare = filters.choose_comparison(used=used)
    return View(
        **{**described, "counties": counties},
        county_of=county_of,
        calendar=calendar,
        grant_start=grant_start,
        period=period,
        county=county,
        program=program,
        compare=compare,
        ground=st.context.theme.type or "",
        # The one place that asks what day it is: to say that the data are old, never to compute anything.
        is_old=(date.today() - data.as_of).days > OLD_AFTER_DAYS,
    )


def _without_data(error: OutcomesError, page: st.Page, pages: Mapping[st.Page, Entry]) -> None:
    """Draw what can be drawn without data: the page that loads them, or a sentence and the way there."""
    follow("")
    if pages[page].before_data:
        st.session_state.pop(KEY, None)
        lay_style()
        return page.run()
    if isinstance(error, NoDataError):
        _nothing_loaded()
    else:
        _cannot_open(error)
    for other in (other for other, entry in pages.items() if entry.before_data):
        st.page_link(other)
    return None


def _nothing_loaded() -> None:
    st.title("No data loaded", anchor=False)
    st.write("Nothing has been loaded yet. Load an export to see the pages; they appear here by themselves.")


def _cannot_open(error: OutcomesError) -> None:
    st.title("The data cannot be opened", anchor=False)
    st.write(f"{error.what} {error.cure}")


def _nothing_recorded(name: str, missing: str, data: Data) -> None:
    st.title(name, anchor=False)
    st.write(f"Needs {missing}. Not loaded: the data through {long_date(data.as_of)} hold none.")
