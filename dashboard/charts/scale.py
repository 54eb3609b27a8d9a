"""How a measure's values are scaled and written on a chart; `kind` decides, never a measure's name."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from dashboard.charts.look import Axis, axis
from dashboard.charts.rows import Row
from dashboard.measures import Measure, Result, value_text
from dashboard.measures.wording import COMPLETENESS

SHARES = frozenset({"share_of_people", "share_of_rows", "retention", "first_event"})


def is_share(measure: Measure) -> bool:
    """Say whether values are parts of a whole, 0 to 1, drawn as percent."""
    return measure.kind in SHARES


def scaled(measure: Measure, values: pd.Series) -> list[float]:
    """Return values in the unit of the axis: percent for shares, else unchanged; NaN stays a gap."""
    return [float(v) for v in values.astype(float) * (100 if is_share(measure) else 1)]


def value_axis(measure: Measure, values: list[float], **changes: object) -> Axis:
    """Return the axis of the values: from zero, and never above 100 percent."""
    shown = [v for v in values if v == v]
    top = max(shown, default=0.0) * 1.12 or 1.0
    limit = min(100.0, top) if is_share(measure) else top
    suffix = " %" if is_share(measure) else ""
    counted = measure.kind in {"people", "events"}
    whole = {"dtick": 1} if counted and top < 6 else {}
    written = {} if is_share(measure) else {"tickformat": ",d" if counted else ",.1~f"}
    return axis(**{"range": [0, limit], "ticksuffix": suffix, "nticks": 5, **written, **whole, **changes})


def parts(measure: Measure, row: Row) -> str:
    """Write `61 of 140` where the measure has a denominator of people or rows, else an empty string."""
    if not is_share(measure) or pd.isna(row.denominator):
        return ""
    return f"{row.numerator:,.0f} of {row.denominator:,.0f}"


def words(result: Result, codes: Iterable[object], place: int = 0) -> list[str]:
    """Return the words of codes of the dimension at `place` of the question."""
    dimension = result.query.by[place]
    return [result.label(dimension, str(code)) for code in codes]


def unknown_last(place: str) -> tuple[bool, str]:
    """Sort key of a place in words: by name, "(other counties, or) not recorded" after every named one."""
    return place.casefold().endswith("not recorded"), place


def hover(measure: Measure, row: Row, where: str = "") -> str:
    """Write what a pointer shows at one row: place, value, n of N, interval, and why it is provisional."""
    lines = [where] if where else []
    n_of = parts(measure, row)
    lines.append(f"<b>{value_text(measure, row.value, row.reason)}</b>" + (f" ({n_of})" if n_of else ""))
    if not pd.isna(row.lower):
        name = "middle half" if measure.interval == "quartiles" else "95 % interval"
        lines.append(f"{name} {value_text(measure, row.lower)} to {value_text(measure, row.upper)}")
    if not row.reliable and not pd.isna(row.value):
        lines.append("few: read as a count")
    if row.completeness != "complete":
        lines.append(COMPLETENESS[row.completeness])
    return "<br>".join(lines)
