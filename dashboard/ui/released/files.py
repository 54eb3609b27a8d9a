"""CSV files of published numbers: the very frame on screen, with its release and policy on top."""

from __future__ import annotations

import csv
import io

from dashboard.measures import Result
from dashboard.ui.released.view import Shared

COLUMNS = ["numerator", "denominator", "value", "state", "lo", "hi"]


def frame_csv(view: Shared, result: Result, place: str) -> str:
    """Return a result as CSV; a row that is not shown has no numbers but what anyone could work out (lo, hi)."""
    measure, cube = result.measure, view.published.cube
    lines = [
        ("measure", f"{measure.title} ({measure.id}, definition version {measure.version})"),
        ("numerator", measure.numerator),
        ("denominator", measure.denominator),
        ("place", place),
        ("as_of", cube.as_of),
        ("release", f"{cube.sequence} ({cube.release})"),
        ("policy", cube.policy_hash[:12]),
        ("audience", view.stamp),
        *(("mark", words) for words in view.legends.values()),
    ]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([f"# {name}", text] for name, text in lines if text)
    frame = result.frame[["period", *result.query.by, *COLUMNS]]
    for name in result.query.by:
        frame = frame.assign(**{f"{name}_name": [result.label(name, code) for code in frame[name]]})
    frame.to_csv(out, index=False, lineterminator="\n")
    return out.getvalue()
