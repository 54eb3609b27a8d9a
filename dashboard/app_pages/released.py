"""Pages of published numbers, the same for funders and the board; each shows what its audience is given."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from dashboard.standing import TOLD_A_COACH, WITHOUT_CONTACTS
from dashboard.ui.block import Block, show
from dashboard.ui.card_wall import card_wall
from dashboard.ui.cards import Card
from dashboard.ui.released.blocks import by_category, by_county, on_the_grid, on_the_map, over_time, side_by_side
from dashboard.ui.released.methods import methods_texts
from dashboard.ui.released.page import (
    card,
    deaths_and_support,
    definitions,
    freshness,
    open_page,
    own_measure,
    spoken,
    support,
)
from dashboard.ui.released.shell import Entry
from dashboard.ui.released.view import Shared
from pipelines.policy import AudienceName

ENGAGEMENT = ("second_contact", "contacts")
WINS = ("people_with_win", "wins_by_domain")
TOLD = ("people_reporting_return", "nonfatal_overdoses", "overdose_rate", "fatal_overdoses")
AFTERWARD = ("reached_after_overdose",)
COUNTIES = ("people_served", "second_contact", "people_with_win")
COUNTED = {"fatal_overdoses", "nonfatal_overdoses"}
NOT_ADJUSTED = "Counties differ in whom they serve; this is not adjusted for."
NOT_DIVIDED = "More people live in some counties than in others; nothing here is divided by them."


def overview(view: Shared) -> None:
    """How many people the program reaches."""
    open_page(view, "Overview", spoken(view, "people_served"))
    only = _only(view)
    names = view.gives("people_served", "people_new", "second_contact", "people_with_win", *only)
    card_wall([*(card(view, name) for name in names), *_retained(view), freshness(view)])
    _show_over_time(view, "people_served", "second_contact", *only)
    _show(by_category(view, name) for name in view.gives_split("people_served"))
    deaths_and_support(view)
    definitions(view, *names, "retained")


def engagement(view: Shared) -> None:
    """Whether a first meeting becomes a relationship."""
    open_page(view, "Engagement", spoken(view, "second_contact"))
    card_wall([card(view, name) for name in view.gives(*ENGAGEMENT)])
    _show_over_time(view, *ENGAGEMENT)
    _show(by_category(view, name) for name in view.gives_split("contacts"))
    definitions(view, *ENGAGEMENT)


def life_wins(view: Shared) -> None:
    """What goes well in people's lives."""
    open_page(view, "Life wins", spoken(view, "people_with_win"))
    card_wall([card(view, name) for name in view.gives("people_with_win")])
    _show_over_time(view, "people_with_win")
    _show(by_category(view, name) for name in view.gives_split("wins_by_domain"))
    definitions(view, *WINS)


def retention(view: Shared) -> None:
    """How long people stay in touch."""
    open_page(view, "Retention", spoken(view, "retained", 90))
    card_wall(_retained(view, 30, 90, 180))
    block = on_the_grid(view, "retained")
    if block is None:
        st.write(f"{view.marks['not_released']} Not released for this place. Choose all counties to see the program.")
    _show([block])
    definitions(view, "retained")


def return_to_use(view: Shared) -> None:
    """What people tell the program, and whether it is there afterward."""
    open_page(view, "Return to use & overdose")
    st.write(TOLD_A_COACH if view.has_contacts else WITHOUT_CONTACTS)
    support(view)
    _show_over_time(view, *AFTERWARD, *TOLD)
    _show(by_county(view, name) for name in view.gives(*TOLD) if name in COUNTED)
    definitions(view, *TOLD, *AFTERWARD)


def counties(view: Shared) -> None:
    """Where the program reaches people."""
    open_page(view, "Counties")
    st.write(NOT_ADJUSTED if view.has_contacts else NOT_DIVIDED)
    names = view.gives(*COUNTIES) or view.gives(*TOLD)
    _show([on_the_map(view, names)])
    _show([side_by_side(view, names)] if names else [])
    _show(by_county(view, name) for name in view.gives("second_contact", "people_with_win"))
    definitions(view, *names)


def methods(view: Shared) -> None:
    """What exactly each number means, what is promised, and what is not."""
    open_page(view, "Methods")
    methods_texts(view)


def _only(view: Shared) -> tuple[str, ...]:
    """Return what the overview shows of data that hold events without contacts."""
    return () if view.gives("people_served", "second_contact") else view.gives(*TOLD)


def _retained(view: Shared, *days: int) -> list[Card]:
    return [card(view, "retained", day) for day in days or (90,)] if view.gives("retained") else []


def _show_over_time(view: Shared, *names: str) -> None:
    """Show measures by period; those without a released period for the place are named in one line."""
    blocks = {name: over_time(view, name) for name in view.gives(*names)}
    _show(blocks.values())
    missing = [own_measure(view, name).title for name, found in blocks.items() if found is None]
    if missing:
        st.write(f"{view.marks['not_released']} Not released for this place: {'; '.join(missing)}.")


def _show(blocks: Iterable[Block | None]) -> None:
    for block in blocks:
        if block is not None:
            show(block)


def entries(audience: AudienceName) -> tuple[Entry, ...]:
    """Return the pages of an audience; a page is there if something on it is given."""
    told = TOLD if audience == "board" else (*TOLD, *AFTERWARD)
    return (
        Entry("Overview", "overview", overview),
        Entry("Engagement", "engagement", engagement, needs=ENGAGEMENT),
        Entry("Life wins", "life-wins", life_wins, needs=WINS),
        Entry("Retention", "retention", retention, needs=("retained",)),
        Entry("Return to use & overdose", "return-to-use", return_to_use, needs=told),
        Entry("Counties", "counties", counties, needs=(*COUNTIES, *TOLD), by_county=True),
        Entry("Methods", "methods", methods),
    )
