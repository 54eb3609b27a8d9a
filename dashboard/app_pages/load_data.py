"""Whether an export is fit to be loaded, and what it would change."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.settings import read_settings
from dashboard.ui.loading.at_work import cancel_button, follow_job, jobs, say
from dashboard.ui.loading.choices import choose_profile
from dashboard.ui.loading.files import choose_files
from dashboard.ui.loading.report import show_broken, show_nothing_new, show_report
from dashboard.ui.loading.versions import show_versions
from dashboard.ui.page import STAMP, long_date
from dashboard.ui.view import current_or_none
from pipelines.jobs import State

SHOWN: dict[str, Callable[[State], None]] = {
    "looked": choose_profile,
    "checked": show_report,
    "stopped": show_report,
    "nothing new": show_nothing_new,
    "failed": show_broken,
}


def main() -> None:
    """Draw the page from top to bottom."""
    st.title("Load data", anchor=False)
    if read_settings().audience != "director":
        st.write("Only directors load data.")
        return
    view = current_or_none()
    covers = f"Data through {long_date(view.as_of)}" if view else "No data loaded yet"
    st.markdown(f"{covers} · **{STAMP}**")
    say()
    state = jobs().state()
    if state.step == "none":
        choose_files()
    elif state.step in ("looking", "checking"):
        st.header("At work", anchor=False)
        st.write("You can leave this page or close the window; the work goes on, and the live version stays as it is.")
    else:
        SHOWN[state.step](state)
    follow_job(state)
    if state.step in ("looking", "checking"):
        cancel_button(state.job, "Cancel this load")
    show_versions()
