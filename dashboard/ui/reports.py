"""Making a report inside the dashboard: progress, a bounded memory, downloads, and the author's texts."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from functools import partial

import streamlit as st

from dashboard import report_source
from dashboard.measures.result import Audience
from dashboard.reports.definitions import Order
from dashboard.reports.document import Document
from dashboard.reports.make import Made, make
from dashboard.reports.renderers import FORMATS, formats_of
from dashboard.reports.source import Source
from dashboard.reports.submissions import ReportFolder, log_export
from dashboard.settings import read_settings
from dashboard.ui.cache import store

KEPT = 12  # reports the process remembers
Key = tuple[str, ...]


@st.cache_resource(show_spinner=False)
def _memory() -> OrderedDict[Key, Made]:
    return OrderedDict()


def source_of(audience: Audience) -> Source:
    """Return what answers: the warehouse in use, or what was published. OutcomesError where nothing was."""
    if audience == "director":
        return report_source.exact_source(store())
    return report_source.protected_source(audience, read_settings().published)


def folder_of(name: str, period: str) -> ReportFolder:
    """Return the folder of one report and period, beside the warehouse."""
    return ReportFolder(store().folder, name, period)


def prepared(kind: str, order: Order, source: Source, kept: ReportFolder) -> Made:
    """Make a report, with a bar that names the block at work; equal reports of one data version are made once."""
    texts, before = kept.texts(), kept.submissions()
    key = (kind, source.audience, source.version, repr(order), repr(sorted(texts.items())), str(len(before)))
    memory = _memory()
    if key not in memory:
        bar = st.progress(0.0, "Answering")
        listener = partial(_show_progress, bar.progress)
        submission = before[-1] if before else None
        made = make(
            kind, order, source, today=date.today(), texts=texts, submission=submission, listener=listener
        )  # the one place a page asks what day it is: the day the report is made
        bar.empty()
        memory[key] = made
        while len(memory) > KEPT:
            memory.popitem(last=False)
    return memory[key]


def _show_progress(show: Callable[[float, str], object], stage: str, done: int, of: int) -> None:
    show(done / of, f"{stage} ({done + 1} of {of})")


def downloads(document: Document, reason: str) -> None:
    """Show one button per file; a file is written on the click, and the export is logged with its reason."""
    if document.failing:
        (table, check), *_ = document.failing
        st.error(f"No files while a sum does not come out: {table.title}, {check.words}.")
        return
    if not reason.strip():
        st.caption("Write why these numbers leave the house; the files can then be downloaded.")
    with st.container(horizontal=True):
        for name in formats_of(document):
            for label, suffix in _files(document, name):
                st.download_button(
                    label,
                    data=partial(_written, document, name, suffix, reason),
                    file_name=f"{document.name}{suffix}.{name}",
                    mime=FORMATS[name].mime,
                    key=f"download-{document.name}-{name}{suffix}",
                    on_click="ignore",
                    disabled=not reason.strip(),
                )


def _files(document: Document, form: str) -> list[tuple[str, str]]:
    """Return the files of a format: label and end of the name. A scorecard comes on two papers."""
    if form == "pdf" and document.slides:
        return [("Scorecard, Letter", "-letter"), ("Scorecard, A4", "-a4")]
    return [(FORMATS[form].title, "")]


def _written(document: Document, form: str, suffix: str, reason: str) -> bytes:
    """Write one file; runs outside the page, on the click."""
    content = FORMATS[form].render(document)[f"{document.name}{suffix}.{form}"]
    log_export(store().folder, document, (form,), reason)
    return content


def write_texts(kept: ReportFolder, fields: tuple[tuple[str, str, str], ...], *, story: str = "") -> None:
    """Show the fields an author writes (key, title, prompt) and keep them for this report and period.

    The field named `story` is kept only with the author's word that the person it is about agreed.
    """
    known = kept.texts()
    with st.form(f"texts-{kept.name}-{kept.period}"):
        texts = {
            key: st.text_area(title, known.get(key, ""), help=prompt, placeholder=prompt, key=f"{kept.path}-{key}")
            for key, title, prompt in fields
        }
        agreed = not story or st.checkbox("The person agreed that this story is told here", key=f"{kept.path}-agreed")
        if st.form_submit_button("Keep these texts"):
            kept.write_texts({**known, **texts, **({} if agreed else {story: ""})})
            st.rerun()
