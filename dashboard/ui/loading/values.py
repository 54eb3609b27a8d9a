"""Values no code was found for: listed with their counts, mapped once, kept in a profile of one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.settings import read_settings
from dashboard.ui.html_table import show_table
from dashboard.ui.loading.at_work import do, jobs
from pipelines.jobs import Ask, Job
from pipelines.profile.own import MappedValue, keep_profile, profile_files, with_values

MOST = 40  # selects on one page; the commonest values come first
LEAVE = ""
Entry = Mapping[str, Any]


def map_values(job: Job, ask: Ask, result: Mapping[str, Any]) -> None:
    """Show the values of coded columns; those without a code can be given one."""
    entries: Sequence[Entry] = result.get("values", [])
    open_ones = [entry for entry in entries if any(value["rule"] for value in entry["values"])]
    if open_ones:
        _ask_codes(job, ask, open_ones)
    known = [entry for entry in entries if any(not value["rule"] for value in entry["values"])]
    if known:
        with st.expander("Values that were understood, with their counts"):
            show_table(_understood(known), "Values that were understood")


def _ask_codes(job: Job, ask: Ask, entries: Sequence[Entry]) -> None:
    st.subheader("Values without a code", anchor=False)
    st.write("Say once what each means. The answers are kept in a profile of your own and hold for every later load.")
    chosen: list[MappedValue] = []
    with st.form(f"values-{job.run}", border=True):
        for number, alike in enumerate(_alike(entries)):
            chosen += _codes_of(alike, f"{job.run}-{number}")
        if st.form_submit_button("Keep these meanings and check again"):
            do(lambda: _keep(job, ask, chosen))


def _alike(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Put together what reads one column as one field: several kinds of record may, and are asked for once."""
    found: dict[tuple[str, ...], list[Entry]] = {}
    for entry in entries:
        found.setdefault((entry["column"], entry["field"], *entry["codes"]), []).append(entry)
    return list(found.values())


def _codes_of(alike: Sequence[Entry], key: str) -> list[MappedValue]:
    first = alike[0]
    values = {value["text"]: value for entry in alike for value in entry["values"] if value["rule"]}
    st.markdown(f"**{first['column']}**, read as {field_words(first['field'])} of {first['table']}")
    columns = st.columns(2)
    found = []
    for number, value in enumerate(list(values.values())[:MOST]):
        code = columns[number % 2].selectbox(
            f"{value['text']} ({value['rows']:,} {'row' if value['rows'] == 1 else 'rows'})", _options(first, value),
            key=f"{key}-{number}", format_func=lambda code: first["codes"].get(code, "leave as it is"),
        )  # fmt: skip
        found += [_mapped(entry, value["text"], str(code)) for entry in alike if code]
    if len(values) > MOST:
        st.caption(f"{len(values) - MOST:,} more values follow once these are mapped.")
    if first["hidden"]:
        st.caption(f"{first['hidden']:,} values are not shown: they are too long or too much like an ID.")
    return found


def _mapped(entry: Entry, text: str, code: str) -> MappedValue:
    return MappedValue(entry["emit"], entry["field"], entry["spec"], text, code)


def _options(entry: Entry, value: Mapping[str, Any]) -> list[str]:
    """Offer the nearest code first, but choose none: only a person knows what is meant."""
    near = [value["near"]] if value["near"] in entry["codes"] else []
    return [LEAVE, *dict.fromkeys((*near, *entry["codes"]))]


def field_words(name: str) -> str:
    """Return the words for a field."""
    return name.removesuffix("_fips").removesuffix("_key").replace("_", " ")


def _keep(job: Job, ask: Ask, values: Sequence[MappedValue]) -> None:
    if values:
        store = read_settings().store
        text = profile_files(store)[ask.profile].read_text(encoding="utf-8")
        keep_profile(store, with_values(text, values))
    jobs().check(job, ask)


def _read_as(entry: Entry, code: str | None) -> str:
    return str(entry["codes"].get(code, code or "blank"))


def _understood(entries: Sequence[Entry]) -> pd.DataFrame:
    rows = [
        (
            entry["column"],
            value["text"],
            _read_as(entry, value["code"]),
            f"{value['rows']:,}",
        )
        for entry in entries
        for value in entry["values"]
        if not value["rule"]
    ]
    return pd.DataFrame(rows, columns=["Column", "Value", "Read as", "Rows"])
