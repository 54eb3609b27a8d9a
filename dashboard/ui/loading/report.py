"""The report of a check: what would come of these files, what stands in the way, and the button that publishes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.measures.first_rows import first_rows
from dashboard.measures.wording import percent
from dashboard.settings import read_settings
from dashboard.store import Store
from dashboard.ui.downloads import csv_button
from dashboard.ui.html_table import show_table
from dashboard.ui.loading.at_work import cancel_button, do, jobs
from dashboard.ui.loading.numbers import from_plain, show_numbers
from dashboard.ui.loading.values import field_words, map_values
from dashboard.ui.page import long_date
from dashboard.ui.quality import SEVERITIES, rule_words
from pipelines.errors import OutcomesError
from pipelines.jobs import Ask, Job, State
from pipelines.profile.own import known_profiles
from pipelines.rule_texts import loader_rules
from pipelines.schema import TABLES, label

Result = Mapping[str, Any]
ORDER = {"stop": 0, "quarantine": 1, "warn": 2, "info": 3}
COUNTS = {
    "read": "Rows read",
    "loaded": "Loaded",
    "replaced": "Replaced",
    "quarantined": "Kept out",
    "duplicate": "Duplicates",
    "dropped": "Not asked for",
}
FIRST_ROWS = 5
REMOVALS = "DQ10"
IF_REMOVED = "If they were removed on purpose, say so below. Otherwise export the full range."
KEPT_OUT = "DQ09"
IF_UNMAPPED = "Some values have no meaning yet. Say below what each means, then check again."


def show_report(state: State) -> None:
    """Show what a check found, in the order a director needs it."""
    assert state.job is not None
    job, ask, result = state.job, state.job.ask, state.result
    assert ask is not None
    st.header("What the check found", anchor=False)
    day = long_date(date.fromisoformat(ask.as_of))
    profile = known_profiles(read_settings().store).get(ask.profile)
    vendor = profile.vendor if profile else ask.profile
    st.caption(f"{', '.join(file.name for file in job.files)} · read as: {vendor} · data through {day}")
    if state.step == "stopped":
        _stopped(job, ask, result)
    else:
        _verdict(result)
        _numbers(result)
        _rows(result)
        _findings(result)
        _relaxed(result)
        _first_rows()
    _fix_list(job, result)
    _columns(result)
    _shapes(result)
    map_values(job, ask, result)
    if state.step == "checked":
        _publish(job, result)
    _back(job)


def show_nothing_new(state: State) -> None:
    """Say that these very files are part of the live version."""
    st.info(
        f"Nothing new: {', '.join(state.result['files'])} was loaded before, with this profile and day. "
        "There is nothing to publish."
    )
    _back(state.job)


def show_broken(state: State) -> None:
    """Say that the work ended without a result."""
    st.error(f"{state.result['what']} Nothing was changed.")
    _back(state.job)


def _stopped(job: Job, ask: Ask, result: Result) -> None:
    removals = result.get("rule") == REMOVALS
    cure = IF_REMOVED if removals else IF_UNMAPPED if _lacks_codes(result) else result["cure"]
    st.error(f"**These files cannot be loaded.** {result['where']}: {result['what']}  \n{cure}")
    if removals and st.button("These records were removed on purpose: check again"):
        do(lambda: jobs().check(job, replace(ask, confirm_removals=True)))


def _lacks_codes(result: Result) -> bool:
    """Tell whether rows are kept out while values wait for a meaning: the usual first answer to a new mapping."""
    open_values = any(value["rule"] for entry in result.get("values", []) for value in entry["values"])
    return result.get("rule") == KEPT_OUT and open_values


def _verdict(result: Result) -> None:
    if result["severity"] == "pass":
        st.success("These files can be published. No rule asks for attention.")
    else:
        st.warning("These files can be published. Read the warnings first: they say what was left out or set aside.")
    if result["removed"]:
        st.write(f"{result['removed']:,} records are no longer in this full export and would be removed.")


def _numbers(result: Result) -> None:
    first = not result["effect"]["before"]
    st.subheader("The numbers with these files" if first else "How the numbers would change", anchor=False)
    name = "Headline numbers before and after"
    show_numbers(from_plain(result["effect"]), "Live version", "With these files", name)


def _rows(result: Result) -> None:
    st.subheader("Rows read, and what would become of them", anchor=False)
    accounts = result["accounts"]
    table = {"File": [account["file"] for account in accounts]}
    table |= {words: [f"{account[name]:,}" for account in accounts] for name, words in COUNTS.items()}
    show_table(pd.DataFrame(table), "Rows of each file")


def _findings(result: Result) -> None:
    found = [*result["rules"], *result["checks"]]
    if not found:
        return
    st.subheader("What the rules found", anchor=False)
    found.sort(key=lambda item: ORDER[item["severity"]])
    rows = [
        (
            f"{item['title']} ({item.get('rule') or item.get('rule_id')})",
            SEVERITIES[item["severity"]],
            f"{item.get('rows', item.get('rows_found')):,}",
            percent(item["rows_found"] / item["rows_checked"]) if item.get("rows_checked") else "–",
            item["advice"],
        )
        for item in found
    ]
    columns = ["Rule", "Severity", "Rows", "Share of rows checked", "What to do"]
    show_table(pd.DataFrame(rows, columns=columns), "Findings and what to do")


def _relaxed(result: Result) -> None:
    """Repeat the rules the program file relaxes, each with its reason: they let rows in."""
    if not (rows := result.get("relaxed", [])):
        return
    rules = loader_rules()
    lines = [(rule_words(row["rule"], rules[row["rule"]].title), row["reason"]) for row in rows]
    name = "Rules the program has relaxed"
    st.subheader(name, anchor=False)
    show_table(pd.DataFrame(lines, columns=["Rule", "Reason the program gives"]), name)


def _first_rows() -> None:
    """Show the first rows as they would be kept: codes as words, a key in place of every ID."""
    store = Store(jobs().candidate())
    try:
        tables = first_rows(store, FIRST_ROWS)
    except OutcomesError:  # published or cancelled in another window this very moment
        return
    finally:
        store.close()
    for table, frame in tables.items():
        name = f"First rows as they would be loaded: {field_words(table)}s"
        with st.expander(name):
            st.caption("IDs are replaced by keys; only their first characters are shown.")
            coded = [
                column for column in frame.columns if column in TABLES[table].by_column and _is_coded(table, column)
            ]
            frame[coded] = frame[coded].map(lambda code: label(code) if code else "")
            show_table(frame.replace("", "–").rename(columns=_column_words), name)


def _is_coded(table: str, column: str) -> bool:
    return TABLES[table].by_column[column].vocabulary is not None


def _column_words(column: str) -> str:
    words = {"source_file": "File", "source_row": "Line"}.get(column, field_words(column))
    return words[:1].upper() + words[1:]


def _fix_list(job: Job, result: Result) -> None:
    """Offer the rows to mend before anything is published, and where they are the reason that nothing can be."""
    rows = result.get("kept_out", 0)
    if not rows or _lacks_codes(result):  # values wait for a meaning: nothing is wrong in the source yet
        return
    st.subheader("Rows to mend", anchor=False)
    st.write(
        f"{rows:,} {'row is' if rows == 1 else 'rows are'} kept out. The fix list names the file and the line of each, "
        "what is wrong and what to do, without a value of any row. Mend them in the source system, export again and "
        "load the new export: they are gone from the list."
    )
    file = jobs().fix_list(job)
    csv_button(lambda: file.read_text(encoding="utf-8-sig"), f"fix-list-{job.run}", "Download the fix list")


def _columns(result: Result) -> None:
    """Name the columns that were not read: refused ones first, never a value."""
    lines = [(name, file, "refused: identifies people or is free text") for file, name in result.get("refused", [])]
    lines += [(name, file, "not used by this profile") for file, name in result.get("unread", [])]
    if lines:
        with st.expander(f"Columns that were not read ({len(lines)})"):
            show_table(pd.DataFrame(lines, columns=["Column", "File", "Why"]), "Columns that were not read")


def _shapes(result: Result) -> None:
    """Show first rows by shape: what stands where, without a value."""
    for entry in result.get("rows", []):
        with st.expander(f"First rows by shape: {entry['input']}"):
            rows = {f"Row {number}": shapes for number, shapes in enumerate(entry["shapes"], 1)}
            show_table(pd.DataFrame({"Column": entry["columns"], **rows}), f"First rows of {entry['input']} by shape")


def _publish(job: Job, result: Result) -> None:
    st.subheader("Publish", anchor=False)
    ready = result["severity"] == "pass" or st.checkbox(
        "I have read the warnings and want to publish.", key=f"confirm-{job.run}"
    )
    st.caption("Every open page shows the new version by itself. The version before stays and can be made live again.")
    if st.button("Publish this version", type="primary", disabled=not ready):
        do(lambda: jobs().publish(job))


def _back(job: Job | None) -> None:
    if job and st.button("Change something and check again"):
        do(lambda: jobs().look(job))
    cancel_button(job, "Cancel this load")
