"""The one job beside the warehouse, as this page sees it: what may be done with it, and following it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import streamlit as st

from dashboard.settings import read_settings
from pipelines.errors import OutcomesError
from pipelines.jobs import Job, Jobs, State

# The process that does the work; the server itself never loads (docs/decisions.md).
COMMAND = (sys.executable, "-m", "dashboard.load_job")
SAID = "_load_said"
STAGES = {
    "starting": "Starting",
    "reading": "Reading the files",
    "mapping": "Reading what each value means",
    "merging": "Merging with what was loaded before",
    "deriving": "Working out contacts and episodes",
    "checking": "Running the data-quality rules",
    "comparing": "Comparing the numbers",
}
UNITS = ("bytes", "KB", "MB", "GB")


def jobs() -> Jobs:
    """Return the job beside the warehouse this process shows."""
    return Jobs(read_settings().store, COMMAND)


def do(action: Callable[[], object]) -> None:
    """Do something with the job and draw the page anew; what stands in the way is said on top of it."""
    st.session_state.pop(SAID, None)
    try:
        action()
    except OutcomesError as error:
        st.session_state[SAID] = f"{error.where[:1].upper()}{error.where[1:]}: {error.what} {error.cure}"
    st.rerun()


def say() -> None:
    """Show what stood in the way of the last click, once."""
    if text := st.session_state.pop(SAID, ""):
        st.warning(text)


def cancel_button(job: Job | None, words: str) -> None:
    """Offer to end the job and remove its files."""
    if st.button(words, key="cancel-load"):
        do(lambda: jobs().cancel(job))


@st.fragment(run_every="1s")
def follow_job(seen: State) -> None:
    """Show how far the work is, and draw the page anew once it is somewhere else: here or in another window."""
    now = jobs().state()
    if (now.step, now.job and now.job.run) != (seen.step, seen.job and seen.job.run):
        st.rerun()
    if now.job and now.step in ("looking", "checking"):
        _progress(now, now.job)


def _progress(now: State, job: Job) -> None:
    if now.step == "looking":
        st.progress(0.0, "Looking at the files: their header and what the columns look like")
        return
    done = now.progress
    seconds = max(0, round(time.time() - job.started))
    part = f"Stage {done.number + 1} of {done.of}: " if done.of and done.number < done.of else ""
    st.progress(min(1.0, done.number / (done.of or 1)), f"{part}{STAGES.get(done.stage, done.stage)} · {seconds} s")
    for name, rows in done.rows.items():
        st.caption(f"{name}: {rows:,} rows read")


def size_words(size: float) -> str:
    """Write a size as people read it: 12 MB."""
    unit = 0
    while size >= 1000 and unit < len(UNITS) - 1:
        size, unit = size / 1000, unit + 1
    return f"{size:,.0f} {UNITS[unit]}"
