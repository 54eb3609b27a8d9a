"""Page config, navigation and the choice of a place for pages of published numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.measures.lookup import EVERYWHERE, Place, place_names
from dashboard.ui import filters
from dashboard.ui.released.view import Shared, in_use
from dashboard.ui.shell import DASHBOARD
from dashboard.ui.style import lay_style
from dashboard.ui.view import ALL_COUNTIES
from pipelines.errors import OutcomesError
from pipelines.policy import AudienceName
from pipelines.published import Published

SEPARATOR = "-"


@dataclass(frozen=True, slots=True)
class Entry:
    """One page: its title, the last part of its address, what draws it, and what it needs to be there."""

    title: str
    address: str
    draw: Callable[[Shared], None]
    needs: tuple[str, ...] = ()  # one of these measures
    by_county: bool = False  # a table by county

    def has(self, view: Shared) -> bool:
        """Say whether the audience is given anything the page could show."""
        has_measure = not self.needs or bool(view.gives(*self.needs))
        return has_measure and (view.gives_counties or not self.by_county)


def run_pages(entries: Sequence[Entry], audience: AudienceName) -> None:
    """Draw the pages an audience has; without an audited release one sentence instead."""
    icon = str(DASHBOARD / "static" / "favicon.png")
    st.set_page_config(page_title="Recovery outcomes", page_icon=icon, layout="wide")
    try:
        published = in_use(audience)
    except OutcomesError as error:
        return _nothing(error)
    whole = Shared(published)
    kept = [entry for entry in entries if entry.has(whole)]
    page = st.navigation([_page(entry, entry is kept[0]) for entry in kept])
    entry = next(entry for entry in kept if entry.title == page.title)
    with st.sidebar:
        if organization := published.cube.about.get("organization", ""):
            st.caption(organization)
        place = choose_place(published, "place")
    lay_style()
    return entry.draw(Shared(published, place, st.context.theme.type or ""))


def choose_place(published: Published, key: str) -> Place:
    """Show the places of the cube, whatever was counted there."""
    options = [(SEPARATOR.join(place), name) for place, name in place_names(published).items()]
    chosen = filters.choose_place("Place", key, ALL_COUNTIES, options)
    level, _, code = chosen.partition(SEPARATOR)
    return (level, code) if chosen else EVERYWHERE


def _page(entry: Entry, first: bool) -> st.Page:
    def draw() -> None:
        """Stand for the page in the menu; `run_pages` draws it."""

    return st.Page(draw, title=entry.title, url_path=entry.address, default=first)


def _nothing(error: OutcomesError) -> None:
    st.navigation([st.Page(lambda: None, title="Recovery outcomes", default=True)])
    st.title("Nothing to show", anchor=False)
    st.write(f"{error.what[:1].upper()}{error.what[1:]} {error.cure}")
