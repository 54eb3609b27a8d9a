"""Page config, navigation, filters, and what is shown while there is nothing to show."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import streamlit as st

from dashboard.ui import filters
from dashboard.ui.data import Data, data_in_use
from dashboard.ui.live import follow, version_now
from dashboard.ui.page import long_date
from dashboard.ui.view import KEY, View
from pipelines.errors import NoDataError, OutcomesError

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

ALWAYS = {"data-quality", "methods"}
NEED_CONTACTS = {"", "overview", "engagement", "retention", "counties"}


def run_pages() -> None:
    """Draw the sidebar, then the page chosen; without data for it, one sentence instead of a page."""
    # A local PNG: any other icon would load the favicon from another machine (platform.md 1.8).
    icon = str(DASHBOARD / "static" / "favicon.png")
    st.set_page_config(page_title="Recovery outcomes", page_icon=icon, layout="wide")
    page = st.navigation([_page(*entry) for entry in PAGES])
    follow(version_now())
    try:
        data = data_in_use()
    except NoDataError:
        return _nothing_loaded()
    except OutcomesError as error:
        return _cannot_open(error)
    missing = _missing(data, page.url_path)
    if missing:
        return _nothing_recorded(page.title, missing, data)
    st.session_state[KEY] = _choose_view(data)
    page.run()
    return None


def _missing(data: Data, address: str) -> str:
    """Say what a page cannot do without and the data do not hold; records themselves are always shown."""
    if address in ALWAYS:
        return ""
    if not data.has_contacts and not data.has_events:
        return "contacts or milestones"
    return "contacts" if not data.has_contacts and address in NEED_CONTACTS else ""


def _page(script: str, title: str, address: str) -> st.Page:
    return st.Page(
        DASHBOARD / "app_pages" / f"{script}.py", title=title, url_path=address, default=script == "overview"
    )


def _choose_view(data: Data) -> View:
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
    st.title("No data loaded", anchor=False)
    st.write("Nothing has been loaded yet. Load an export to see the pages; they appear here by themselves.")
    st.code("outcomes load", language=None)


def _cannot_open(error: OutcomesError) -> None:
    st.title("The data cannot be opened", anchor=False)
    st.write(f"{error.what} {error.cure}")


def _nothing_recorded(name: str, missing: str, data: Data) -> None:
    st.title(name, anchor=False)
    st.write(f"Needs {missing}. Not loaded: the data through {long_date(data.as_of)} hold none.")
