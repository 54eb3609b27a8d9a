"""The blank template to hand out: one CSV per canonical table, with the headers our own profile reads, and a guide."""

from __future__ import annotations

import csv
from pathlib import Path

from pipelines.profile.guide import guide_html
from pipelines.profile.registry import read_profile

GUIDE = "guide.html"  # no kind of file a load reads


def write_template(folder: Path) -> list[Path]:
    """Write one blank CSV per table of the `canonical` profile and the guide to them; existing files are left alone."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    profile = read_profile("canonical")
    for emit in profile.emit:
        path = folder / f"{emit.table}.csv"
        if path.exists():
            continue
        headers = dict.fromkeys((*emit.key, *(spec.from_[0] for specs in emit.fields.values() for spec in specs)))
        with path.open("w", encoding="utf-8-sig", newline="") as handle:
            csv.writer(handle).writerow(headers)
        written.append(path)
    guide = folder / GUIDE
    if not guide.exists():
        guide.write_text(guide_html(profile), encoding="utf-8")
        written.append(guide)
    return written
