"""Whether a funder's tables are complete, footing and on target, and the report as files."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard.reports.definitions import Order
from dashboard.reports.document import Copy, Document
from dashboard.reports.funders import Funder, funder_names, read_funder
from dashboard.reports.make import Made
from dashboard.reports.period_codes import ReportPeriod, long_date, report_periods
from dashboard.reports.submissions import ReportFolder
from dashboard.ui.page import open_page
from dashboard.ui.report_view import show_document, show_table
from dashboard.ui.reports import downloads, folder_of, prepared, source_of, write_texts
from dashboard.ui.view import View, current
from pipelines.errors import OutcomesError

COPIES = {"submission": "Submission: exact, restricted", "shareable": "Shareable: protected"}


def main() -> None:
    """Draw the page from top to bottom."""
    view = current()
    top = st.container()
    funder, period, copy = _choose(view)
    with top:
        open_page(view, "Grant reports", period=period.period.label, place=funder.title)
    kept = folder_of(funder.name, period.code)
    try:
        source = source_of("director" if copy == "submission" else "funder")
        made = prepared("grant", Order(period, funder, copy), source, kept)
    except OutcomesError as error:
        st.error(f"{error.where}: {error.what} {error.cure}")
        return
    _checks(made.document)
    _files(made.document)
    if copy == "submission":
        _hand_in(kept, made, source.records.batches if source.records else ())
        st.header("In the program's own words", anchor=False)
        write_texts(kept, tuple((text.key, text.title, text.prompt) for text in funder.narrative))
    st.divider()
    show_document(made.document)


def _choose(view: View) -> tuple[Funder, ReportPeriod, Copy]:
    """Show funder, calendar period and copy; the newest period that is over is chosen first."""
    columns = st.columns(3)
    funders = {name: read_funder(name) for name in funder_names()}
    name = columns[0].selectbox(
        "Funder", list(funders), format_func=lambda n: funders[n].title, key="funder", bind="query-params"
    )
    funder = funders.get(str(name)) or next(iter(funders.values()))
    periods = {
        period.code: period
        for calendar in funder.calendars
        for period in reversed(report_periods(calendar, view.data_start, view.as_of, grant_start=funder.starts))
    }
    over = next((i for i, p in enumerate(periods.values()) if p.period.end <= view.as_of), 0)
    code = columns[1].selectbox(
        "Report period",
        list(periods),
        index=over,
        format_func=lambda c: _words(periods, c),
        key=f"period-{funder.name}",
    )
    copy = columns[2].selectbox("Copy", list(COPIES), format_func=lambda c: COPIES[c], key="copy")
    return funder, periods[str(code)], "shareable" if copy == "shareable" else "submission"


def _words(periods: dict[str, ReportPeriod], code: str) -> str:
    return f"{periods[code].period.label} ({code})" if code in periods else code


def _checks(document: Document) -> None:
    """Say whether every sum comes out."""
    made = [check for table in document.tables for check in table.checks]
    failing = [f"{table.title}: {check.words}" for table, check in document.failing]
    if failing:
        st.error(f"✗ {len(failing)} of {len(made)} sums do not come out: {'; '.join(failing)}.")
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
