"""The program's own settings, asked for once: before the first load they decide what counties and gaps mean."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
import tomlkit

from dashboard.settings import read_settings
from dashboard.ui.loading.states import state_names
from pipelines.jobs import Job
from pipelines.program import Program


@dataclass(frozen=True, slots=True)
class Asked:
    """The program file as text, empty where one is kept already; `ready` once everything needed is said."""

    text: str = ""
    ready: bool = True


def ask_program(job: Job) -> Asked:
    """Ask for name, state and gap rule unless they are kept beside the warehouse."""
    if (read_settings().store / "program.toml").is_file():
        return Asked()
    before = tomlkit.parse(job.ask.program).unwrap() if job.ask and job.ask.program else {}
    with st.container(border=True):
        st.markdown("**Your program** (asked once, before the first load)")
        left, middle, right = st.columns(3)
        name = left.text_input("Name", value=before.get("organization", ""), key=f"program-{job.id}")
        states = ["", *state_names()]
        first = states.index(before["state"]) if before.get("state") in states else 0
        state = middle.selectbox(
            "State", states, index=first, key=f"state-{job.id}", format_func=lambda code: state_names().get(code, "–"),
            help="Counties with one name are in many states; the state is never guessed.",
        )  # fmt: skip
        gap = right.number_input(
            "Days without contact", 1, 365, before.get("gap_days", Program().gap_days), key=f"gap-{job.id}",
            help="After this many days without a contact a person counts as no longer in touch.",
        )  # fmt: skip
    told = {"organization": name.strip(), "state": state, "gap_days": int(gap)}
    return Asked(tomlkit.dumps(told), bool(name.strip() and state))
