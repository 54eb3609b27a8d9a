"""Names and remains of uploaded files."""

from __future__ import annotations

import time
from pathlib import Path

from pipelines.errors import OutcomesError

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".parquet")
KEPT_SECONDS = 2 * 3600  # an upload nobody took up goes after two hours


def safe_name(name: str) -> str:
    """Return the last part of a name a browser sent. Raises OutcomesError if it is no name of an export."""
    last = name.replace("\\", "/").rpartition("/")[2].strip()
    plain = "".join(mark for mark in last if mark.isprintable())
    if not plain or plain.startswith((".", "~$")) or not plain.lower().endswith(SUFFIXES):
        kinds = ", ".join(suffix[1:].upper() for suffix in SUFFIXES)
        cure = f"Choose files of these kinds: {kinds}."
        raise OutcomesError(f'"{plain}"', "is not an export that can be read.", cure)
    return plain


def forget_uploads(folder: Path) -> None:
    """Remove uploads that no job took up in time."""
    for path in folder.iterdir():
        if path.is_file() and time.time() - path.stat().st_mtime > KEPT_SECONDS:
            path.unlink(missing_ok=True)
