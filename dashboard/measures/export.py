"""A result as CSV or JSON: the frame itself below (or beside) what it is, how far the data reach and its versions."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pandas as pd

from dashboard.measures.result import Provenance, Result
from dashboard.standing import STAMPS

STAMP = STAMPS["director"]


def result_csv(result: Result, place: str) -> str:
    """Return a result as CSV: header lines with measure, periods, place, as_of and version, then its frame."""
    measure = result.measure
    labels = list(dict.fromkeys(period.label for period in result.query.periods))
    spans = labels[0] if len(labels) == 1 else f"{labels[0]} to {labels[-1]}" if labels else ""
    about = [
        ("measure", f"{measure.title} ({measure.id}, definition version {measure.version})"),
        ("numerator", measure.numerator),
        ("denominator", measure.denominator),
        ("period", spans),
        ("place", place),
    ]
    return table_csv(result.frame, about, result.provenance)


def table_csv(frame: pd.DataFrame, about: list[tuple[str, str]], provenance: Provenance) -> str:
    """Return `frame` as CSV below lines of `about` and of the data's own `as_of` and version."""
    lines = [
        *((name, text) for name, text in about if text),
        ("as_of", provenance.as_of.isoformat()),
        ("gap rule", f"{provenance.gap_days} days"),
        ("data version", provenance.version),
        ("audience", STAMP),
    ]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([f"# {name}", text] for name, text in lines)
    frame.to_csv(out, index=False, date_format="%Y-%m-%d", lineterminator="\n")
    return out.getvalue()


def result_json(result: Result) -> str:
    """Return a result as JSON: what it is, its versions, and one object per row; null is "cannot be computed"."""
    measure, provenance = result.measure, result.provenance
    about: dict[str, Any] = {
        "measure": measure.name,
        "id": measure.id,
        "title": measure.title,
        "numerator": measure.numerator,
        "denominator": measure.denominator or None,
        "interval": measure.interval,
        "definition_version": measure.version,
        "as_of": provenance.as_of.isoformat(),
        "gap_days": provenance.gap_days,
        "data_version": provenance.version,
        "audience": STAMP,
        "notes": list(provenance.notes),
    }
    rows = result.frame.to_json(orient="records", date_format="iso", date_unit="s", double_precision=15)
    return json.dumps(about | {"rows": [_days(row) for row in json.loads(rows)]}, indent=2, ensure_ascii=False) + "\n"


def _days(row: dict[str, Any]) -> dict[str, Any]:
    """Cut the moments pandas writes to their day."""
    return row | {name: str(row[name])[:10] for name in ("period_start", "period_end") if name in row}
