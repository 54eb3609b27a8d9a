"""Page config, navigation, filters, and what is shown while there is nothing to show."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import streamlit as st

from dashboard.ui import filters
from dashboard.ui.data import Data, data_in_use
from dashboard.ui.live import follow, version_now
from dashboard.ui.view import KEY, View
from pipelines.errors import NoDataError

DASHBOARD = Path(__file__).resolve().parents[1]
# One line per page: script, title in the menu, last part of the address.
PAGES = (
    ("overview", "Overview", "overview"),
    ("engagement", "Engagement", "engagement"),
    ("life_wins", "Life wins", "life-wins"),
    ("retention", "Retention", "retention"),
    ("return_to_use", "Return to use & overdose", "return-to-use"),
    ("counties", "Counties", "counties"),
    ("data_quality", "Data quality", "data-quality"),
    ("methods", "Methods", "methods"),
)


def run_pages() -> None:
    """Draw the sidebar, then the page chosen; without data, one sentence instead of a page."""
    # A local PNG: any other icon would load the favicon from another machine (platform.md 1.8).
    icon = str(DASHBOARD / "static" / "favicon.png")
    st.set_page_config(page_title="Recovery outcomes", page_icon=icon, layout="wide")
    page = st.navigation([_page(*entry) for entry in PAGES])
    follow(version_now())
    try:
        data = data_in_use()
    except NoDataError:
        return _nothing_loaded()
    if data.data_start is None:
        return _nothing_recorded(data)
    st.session_state[KEY] = _choose_view(data)
    page.run()
    return None


def _page(script: str, title: str, address: str) -> st.Page:
    return st.Page(
        DASHBOARD / "app_pages" / f"{script}.py", title=title, url_path=address, default=script == "overview"
    )


def _choose_view(data: Data) -> View:
    assert data.data_start is not None
    with st.sidebar:
        if data.organization:
            st.caption(data.organization)
        calendar, period = filters.choose_period(min(data.data_start, data.as_of), data.as_of)
        county = filters.choose_place("County", "county", "All counties", data.counties)
        program = filters.choose_place("Program", "program", "All programs", data.programs)
        compare = filters.choose_comparison()
    return View(
        **asdict(data),
        calendar=calendar,
        period=period,
        county=county,
        program=program,
        compare=compare,
        ground=st.context.theme.type or "",
    )


def _nothing_loaded() -> None:
    st.title("No data loaded")
    st.write("Nothing has been loaded yet. Load an export to see the pages; they appear here by themselves.")
    st.code("outcomes load", language=None)


def _nothing_recorded(data: Data) -> None:
    st.title("No contacts or milestones recorded")
    st.write(f"The data loaded, through {data.as_of:%-d %b %Y}, hold no contact and no milestone.")
