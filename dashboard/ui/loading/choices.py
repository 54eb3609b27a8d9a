"""What the files are and why: the profile that fits, the day the export reaches, and the start of the check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.settings import read_settings
from dashboard.ui.html_table import show_table
from dashboard.ui.loading.at_work import cancel_button, do, jobs, size_words
from dashboard.ui.loading.mapping import map_columns
from dashboard.ui.loading.program import ask_program
from dashboard.ui.page import long_date
from pipelines.jobs import Ask, Job, State
from pipelines.profile import Profile
from pipelines.profile.own import known_profiles

OWN_MAPPING = "None of these: map the columns"
Looked = Mapping[str, Any]


def choose_profile(state: State) -> None:
    """Show what was recognized, let the director correct it, and start the check."""
    assert state.job is not None
    job, files = state.job, state.result["files"]
    if problems := [file for file in files if file["problem"]]:
        st.error("\n".join(f"- {file['name']}: {file['problem']}" for file in problems))
        cancel_button(job, "Remove the files and start over")
        return
    profiles = known_profiles(read_settings().store)
    st.header("What these files are", anchor=False)
    name = _profile(job, files, profiles)
    if name == OWN_MAPPING:
        map_columns(job, files)
        cancel_button(job, "Cancel this load")
        return
    inputs = {file["name"]: _input(file, job, name, profiles[name]) for file in files}
    _ask(job, name, profiles[name], inputs, _stated(files, name, inputs))


def _profile(job: Job, files: Sequence[Looked], profiles: Mapping[str, Profile]) -> str:
    """Offer the profiles, those that fit most files first."""
    fit = {name: sum(_best(file, name, fits=True) is not None for file in files) for name in profiles}
    names = [*sorted(profiles, key=lambda name: -fit[name]), OWN_MAPPING]
    asked = job.ask.profile if job.ask and job.ask.profile in profiles else ""
    first = asked or (names[0] if fit[names[0]] else OWN_MAPPING)
    chosen = st.selectbox(
        "Source profile",
        names,
        index=names.index(first),
        key=f"profile-{job.run}",
        format_func=lambda name: profiles[name].vendor if name in profiles else name,
        help="A profile says which column of an export is which. The one that fits these headers is chosen already.",
    )
    if chosen != OWN_MAPPING and fit[chosen] < len(files):
        others = [name for name in profiles if name != chosen and fit[name]]
        more = f" Files of {', '.join(profiles[name].vendor for name in others)} are among them." if others else ""
        st.warning(f"{fit[chosen]} of {len(files)} files fit this profile.{more} Load one export after the other.")
    return str(chosen)


def _input(file: Looked, job: Job, name: str, profile: Profile) -> str:
    """Say why a file is which file of the profile, and let the director choose another."""
    size = next(item.size for item in job.files if item.name == file["name"])
    match = _best(file, name)
    st.markdown(f"**{file['name']}** · {size_words(size)}")
    inputs = [item.id for item in profile.input]
    asked = (job.ask.inputs if job.ask and job.ask.profile == name else {}).get(file["name"])
    first = asked if asked in inputs else match["input"] if match else inputs[0]
    said, more = st.container(), st.expander("Columns that are read, and those that are not")
    key = f"input-{job.run}-{name}-{file['name']}"
    home = more if match and match["fits"] else said
    chosen = home.selectbox("This file is", inputs, index=inputs.index(first), key=key, format_func=_words)
    found = next((m for m in file["matches"] if (m["profile"], m["input"]) == (name, chosen)), None)
    with said:
        _why(found)
    if found:
        with more:
            show_table(_columns(found, profile), "Columns of the file")
    return str(chosen)


def _why(match: Looked | None) -> None:
    if match is None:
        st.caption("Its header has little in common with this profile. The check says which columns are missing.")
        return
    columns = len(match["read"]) + len(match["unread"]) + len(match["refused"])
    verdict = "its header has all columns needed" if match["fits"] else "columns are missing"
    st.caption(f"{_words(match['input'])}: {verdict}; {len(match['read'])} of {columns} columns are read.")
    for missing in match["missing"]:
        near = f' The nearest is "{missing["near"]}".' if missing["near"] else ""
        st.warning(f'There is no column "{missing["column"]}".{near}')


def _columns(match: Looked, profile: Profile) -> pd.DataFrame:
    """Return one line per column: what it is read as, or why it is not. Names of columns only."""
    fills: dict[str, list[str]] = {}
    for emit in (emit for emit in profile.emit if emit.input == match["input"]):
        for field, specs in emit.fields.items():
            for header in (header for spec in specs for header in spec.headers()):
                fills.setdefault(header.casefold(), []).append(f"{_words(emit.table)}: {_words(field)}".lower())
    lines = [(name, ", ".join(dict.fromkeys(fills.get(name.casefold(), ["chooses rows"])))) for name in match["read"]]
    lines += [(name, "refused: identifies people or is free text") for name in match["refused"]]
    lines += [(name, "not read") for name in match["unread"]]
    lines += [(name, "not in this file; it may be missing") for name in match["absent"]]
    return pd.DataFrame(lines, columns=["Column", "Read as"])


def _stated(files: Sequence[Looked], name: str, inputs: Mapping[str, str]) -> Looked | None:
    """Return the match whose file states the earliest last complete day, with that file's name."""
    found = [
        {**match, "file": file["name"]}
        for file in files
        for match in file["matches"]
        if (match["profile"], match["input"]) == (name, inputs[file["name"]])
        and "" < match.get("as_of", "") <= str(date.today())
    ]
    return min(found, key=lambda match: match["as_of"], default=None)


def _ask(job: Job, name: str, profile: Profile, inputs: dict[str, str], stated: Looked | None) -> None:
    """Ask for the day and start the check, once nothing is missing."""
    proposed = job.ask.as_of if job.ask else stated["as_of"] if stated else ""
    day = st.date_input(
        "Last day the export covers completely",
        value=date.fromisoformat(proposed) if proposed else None,
        max_value=date.today(),
        key=f"as-of-{job.run}-{name}",
        help="From the export's own report range. Not the last date in the file: that month is often unfinished.",
    )
    if stated:
        told = long_date(date.fromisoformat(stated["as_of"]))
        st.caption(f'Proposed: {told}, from "{stated["stated_by"]}" in {stated["file"]}. Change it if less is covered.')
    program = ask_program(job)
    checked = profile.confirmed or st.checkbox(
        "I have looked at the columns: each means what this profile reads it as.",
        key=f"headers-{job.run}-{name}",
        help="The headers of this profile are examples. Your system may name or use its columns differently.",
    )
    needed = [
        words
        for missing, words in (
            (day is None, "the last complete day"),
            (not checked, "your look at the columns"),
            (not program.ready, "the name and state of the program"),
        )
        if missing
    ]
    if needed:
        st.caption(f"Still needed: {', '.join(needed)}.")
    if st.button("Check the files", type="primary", disabled=bool(needed)):
        ask = Ask(name, str(day), inputs, program=program.text)
        do(lambda: jobs().check(job, ask))
    cancel_button(job, "Cancel this load")


def _best(file: Looked, profile: str, *, fits: bool = False) -> Looked | None:
    return next((m for m in file["matches"] if m["profile"] == profile and (m["fits"] or not fits)), None)


def _words(name: str) -> str:
    return name[:1].upper() + name[1:].replace("_", " ").replace(" fips", "").replace(" key", " ID")
