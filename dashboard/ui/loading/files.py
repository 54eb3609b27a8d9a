"""Files in: dropped by the browser, written to disk as they arrive, taken up by a job on a click."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.settings import read_settings
from dashboard.ui.loading.at_work import do, jobs
from pipelines.jobs import received_folder
from pipelines.jobs.names import SUFFIXES, forget_uploads

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

ROUND = "_load_round"  # a new key empties the box after its files were taken
PROMISE = (
    "Choose all files of one export together. They are written to this machine's disk beside the warehouse and are "
    "removed when the load ends. Nothing changes until you publish."
)


def choose_files() -> None:
    """Show the box for files, and take what is in it."""
    settings = read_settings()
    forget_uploads(received_folder(settings.store))
    _how_it_ended()
    st.header("Choose the files", anchor=False)
    st.write(PROMISE)
    number = st.session_state.setdefault(ROUND, 0)
    given = st.file_uploader(
        "Files of one export",
        type=[suffix[1:] for suffix in SUFFIXES],
        accept_multiple_files=True,
        key=f"load-files-{number}",
        max_upload_size=settings.max_upload_mb,
        help=f"CSV, XLSX or Parquet, up to {settings.max_upload_mb:,} MB each.",
    )
    if st.button("Look at the files", type="primary", disabled=not given):
        st.session_state[ROUND] = number + 1
        do(lambda: jobs().begin({file.name: _on_disk(file, settings.store) for file in given}))


def _on_disk(file: UploadedFile, store: Path) -> Path:
    """Return where an upload is; without the middleware that spools it (`streamlit run`) it is written here."""
    path = received_folder(store) / file.file_id
    if not path.exists():
        with path.open("wb") as handle:
            shutil.copyfileobj(file, handle, 1 << 20)
    return path


def _how_it_ended() -> None:
    last = jobs().last()
    if last.get("what") == "published":
        st.success(f"Version {last['version']} is live. Open pages show it by themselves within 15 seconds.")
    elif last.get("what") == "cancelled":
        st.info("The last load was cancelled. Its files were removed and nothing was changed.")
