"""Whether a funder's tables are complete, footing and on target, and the report as files."""

from __future__ import annotations

from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.reports.definitions import Order
from dashboard.reports.document import Copy, Document
from dashboard.reports.funders import Funder, funder_names, read_funder
from dashboard.reports.make import Made
from dashboard.reports.offered import first_choice, offered
from dashboard.reports.period_codes import ReportPeriod, long_date
from dashboard.reports.source import Source
from dashboard.reports.submissions import ReportFolder
from dashboard.ui.page import open_page
from dashboard.ui.report_view import show_document, show_table
from dashboard.ui.reports import downloads, folder_of, prepared, source_of, write_texts
from dashboard.ui.view import current
from pipelines.errors import OutcomesError

COPIES = {"submission": "Submission: exact, restricted", "shareable": "Shareable: protected"}


def main() -> None:
    """Draw the page from top to bottom."""
    top = st.container()
    columns = st.columns(3)
    funder, copy = _choose(columns[0], columns[2])
    try:
        source = source_of("director" if copy == "submission" else "funder")
        period = _choose_period(columns[1], source, funder, copy)
        kept = folder_of(funder.name, period.code)
        made = prepared("grant", Order(period, funder, copy), source, kept)
    except OutcomesError as error:
        top.title("Grant reports", anchor=False)
        st.error(f"{error.what[:1].upper()}{error.what[1:]} {error.cure}")
        return
    with top:
        _open(source, made.document, funder)
    _checks(made.document)
    _files(made.document)
    if copy == "submission":
        _hand_in(kept, made, source.records.batches if source.records else ())
        st.header("In the program's own words", anchor=False)
        write_texts(kept, tuple((text.key, text.title, text.prompt) for text in funder.narrative))
    st.divider()
    show_document(made.document)


def _open(source: Source, document: Document, funder: Funder) -> None:
    """Show the title and what the report covers; a shareable copy says how far its own numbers reach."""
    if source.release is None:
        open_page(current(), "Grant reports", period=document.period, place=funder.title)
        return
    st.title("Grant reports", anchor=False)
    st.markdown(f"Data through {long_date(source.as_of)} · {document.period} · {funder.title} · **{document.stamp}**")


def _choose(left: DeltaGenerator, right: DeltaGenerator) -> tuple[Funder, Copy]:
    """Show funder and copy."""
    funders = {name: read_funder(name) for name in funder_names()}
    name = left.selectbox(
        "Funder", list(funders), format_func=lambda n: funders[n].title, key="funder", bind="query-params"
    )
    funder = funders.get(str(name)) or next(iter(funders.values()))
    copy = right.selectbox("Copy", list(COPIES), format_func=lambda c: COPIES[c], key="copy")
    return funder, "shareable" if copy == "shareable" else "submission"


def _choose_period(place: DeltaGenerator, source: Source, funder: Funder, copy: Copy) -> ReportPeriod:
    """Show the periods there are numbers for. OutcomesError if there are none."""
    periods = {p.code: p for p in offered(source, funder.calendars, grant_start=funder.starts)}
    if not periods:
        what = f"none of the periods {funder.title} asks for is released."
        raise OutcomesError(funder.name, what, "The submission copy has them, exact and restricted.")
    code = place.selectbox(
        "Report period",
        list(periods),
        index=first_choice(source, tuple(periods.values())),
        format_func=lambda c: _words(periods, c),
        key=f"period-{funder.name}-{copy}",
    )
    return periods[str(code)]


def _words(periods: dict[str, ReportPeriod], code: str) -> str:
    label = periods[code].period.label if code in periods else code
    return label if label == code else f"{label} ({code})"


def _checks(document: Document) -> None:
    """Say whether every sum comes out."""
    made = [check for table in document.tables for check in table.checks]
    failing = [f"{table.title}: {check.words}" for table, check in document.failing]
    if failing:
        st.error(f"✗ {len(failing)} of {len(made)} sums do not come out: {'; '.join(failing)}.")
    elif not made:
        st.info(f"No sum can be checked, as numbers are not released. Checksum of the numbers: {document.checksum}")
    else:
        unchecked = sum(check.passes is None for check in made)
        rest = f"; {unchecked} cannot be checked, as numbers are withheld" if unchecked else ""
        st.success(f"✓ {len(made) - unchecked} sums come out{rest}. Checksum of the numbers: {document.checksum}")


def _files(document: Document) -> None:
    st.header("Files", anchor=False)
    st.caption(document.stamp)
    reason = st.text_input(
        "Why these numbers leave the house", key="reason", placeholder="Quarterly report, program officer"
    )
    downloads(document, reason)


def _hand_in(kept: ReportFolder, made: Made, batches: tuple[str, ...]) -> None:
    """Keep the numbers as handed in, and show what changed since the last time."""
    before = kept.submissions()
    st.header("Submission", anchor=False)
    if before:
        last = before[-1]
        times = "once, on" if len(before) == 1 else f"{len(before)} times, last on"
        st.write(f"Handed in {times} {long_date(last.submitted_on)}, checksum {last.checksum}.")
        changed = [table for table in made.document.tables if table.key == "changes"]
        for table in changed:
            show_table(table)
        if not changed:
            st.write("No number has changed since.")
    else:
        st.write("Not handed in yet. Once it is, this page keeps the numbers and shows what changes afterward.")
    if st.button("Keep these numbers as handed in", disabled=bool(made.document.failing)):
        kept.keep(made.document, batches, made.definitions, date.today())
        st.rerun()
