"""What funders and the board see: for directors, the very pages that were published for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.ui.released.shell import Entry, choose_place
from dashboard.ui.released.view import Shared, in_use
from pipelines.errors import OutcomesError
from pipelines.policy import AudienceName

AUDIENCES: dict[str, AudienceName] = {"What funders see": "funder", "What the board sees": "board"}


def main(entries_of: Callable[[AudienceName], Sequence[Entry]]) -> None:
    """Draw the choice of audience, page and place, then the page as its audience has it."""
    left, middle, right = st.columns(3)
    audience = AUDIENCES[left.selectbox("Audience", list(AUDIENCES), key="preview-audience")]
    try:
        published = in_use(audience)
    except OutcomesError as error:
        _nothing(error)
        return
    whole = Shared(published)
    pages = {entry.title: entry for entry in entries_of(audience) if entry.has(whole)}
    title = middle.selectbox("Page", list(pages), key=f"preview-page-{audience}")
    with right:
        place = choose_place(published, f"preview-place-{audience}")
    st.divider()
    pages[str(title)].draw(Shared(published, place, st.context.theme.type or ""))


def _nothing(error: OutcomesError) -> None:
    st.title("What others see", anchor=False)
    st.write(f"{error.what[:1].upper()}{error.what[1:]} {error.cure}")
