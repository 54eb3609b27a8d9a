"""The blank template to hand out: one CSV per canonical table, with the headers our own profile reads."""

from __future__ import annotations

import csv
from pathlib import Path

from pipelines.profile.registry import read_profile


def write_template(folder: Path) -> list[Path]:
    """Write one blank CSV per table of the `canonical` profile; files that exist are left alone."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for emit in read_profile("canonical").emit:
        path = folder / f"{emit.table}.csv"
        if path.exists():
            continue
        headers = dict.fromkeys((*emit.key, *(spec.from_[0] for specs in emit.fields.values() for spec in specs)))
        with path.open("w", encoding="utf-8-sig", newline="") as handle:
            csv.writer(handle).writerow(headers)
        written.append(path)
    return written
