"""Counts to values with limits: one estimator per kind of measure; nothing branches on a measure's name."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dashboard.measures.cells import Columns
from dashboard.measures.counting import EXTRA
from dashboard.measures.definition import Measure
from dashboard.measures.estimates.clopper_pearson import clopper_pearson
from dashboard.measures.estimates.poisson import rate
from dashboard.measures.estimates.reliability import rate_is_reliable, share_is_reliable
from dashboard.measures.estimates.wilson import wilson

DAYS_PER_MONTH = 30.4375
NOBODY = "nobody in the denominator"
NOTHING = "nothing in the denominator"
NOT_RECORDED = "not recorded"
NO_TIME = "no active time"
NO_SPENDING = "spending is not recorded for exactly this period"
NO_CHANGE = "no answer changed"
CURVE_MIN_PEOPLE, CURVE_MIN_AT_RISK = 20, 10  # statistics.md 4
SILENT = "not_recorded"  # reason to leave out: the export cannot tell
TOO_RECENT = "too_recent"  # reason to leave out: the time in which they are judged is not over yet
_COLUMNS = ("numerator", "denominator", "value", "lower", "upper", "reason", "reliable", "left_out")


def with_values(measure: Measure, counts: Columns) -> Columns:
    """Return the columns of a `Result` behind its dimensions, from counted cells."""
    match measure.kind:
        case "people" | "events":
            found = _count(counts)
        case "share_of_people" | "share_of_rows":
            found = _share(counts, measure)
        case "rate":
            found = _rate(counts, measure.per)
        case "median":
            found = _median(counts, measure)
        case "cost":
            found = _cost(counts)
        case "matched_change":
            found = _matched(counts)
        case _:
            raise ValueError(f"{measure.kind} is no kind of cells")
    known = {**counts, **found, "left_out": _left_out(measure, counts)}
    beside = ("row_numerator", "row_denominator") if measure.rows_beside else ()
    extra = EXTRA.get(measure.kind, ()) if measure.kind != "median" else ()  # its quartiles are its limits
    if any(code == TOO_RECENT for code, _ in measure.left_out):
        known[TOO_RECENT] = counts[f"out_{TOO_RECENT}"]
        extra = (*extra, TOO_RECENT)
    return {name: known[name] for name in (*_COLUMNS, *extra, *beside)}


def _left_out(measure: Measure, counts: Columns) -> NDArray[np.float64]:
    total = np.zeros(len(counts["numerator"]))
    for code, _ in measure.left_out:
        total += counts[f"out_{code}"]
    return total


def _count(counts: Columns) -> Columns:
    nothing = np.full_like(counts["numerator"], np.nan)
    return {
        "value": counts["numerator"],
        **dict.fromkeys(("denominator", "lower", "upper"), nothing),
        **_always_known(len(nothing)),
    }


def _share(counts: Columns, measure: Measure) -> Columns:
    total = counts["denominator"]
    value, lower, upper = wilson(counts["numerator"], total)
    if measure.interval != "wilson":  # rows cluster in people: limits on rows would be too narrow (measures.md 1)
        lower = upper = np.full_like(total, np.nan)
    return {
        "value": value,
        "lower": lower,
        "upper": upper,
        "reason": np.where(_only_silent(counts, measure, total), NOT_RECORDED, _unless(total > 0, _nothing(measure))),
        "reliable": share_is_reliable(total, lower, upper),
    }


def _rate(counts: Columns, per: float) -> Columns:
    months = counts["denominator"] / DAYS_PER_MONTH
    value, lower, upper = rate(counts["numerator"], months, per=per, widening=counts["widening"])
    return {
        "denominator": months,
        "value": value,
        "lower": lower,
        "upper": upper,
        "reason": _unless(months > 0, NO_TIME),
        "reliable": rate_is_reliable(counts["numerator"], value, lower, upper),
    }


def _median(counts: Columns, measure: Measure) -> Columns:
    known = counts["denominator"] > 0
    return {"value": counts["middle"], "reason": _unless(known, _nothing(measure)), "reliable": known}


def _cost(counts: Columns) -> Columns:
    """Dollars per person, only where spending covers the period and somebody was there."""
    dollars, people = counts["numerator"], counts["denominator"]
    known = (dollars > 0) & (people > 0)
    nothing = np.full_like(dollars, np.nan)
    return {
        "value": np.divide(dollars, people, out=nothing.copy(), where=known),
        "lower": nothing,
        "upper": nothing,
        "reason": np.where(known, "", np.where(people > 0, NO_SPENDING, NOBODY)).astype(object),
        "reliable": known,
    }


def _matched(counts: Columns) -> Columns:
    """Share that improved among the pairs that changed, with exact limits (measures.md 7, A2)."""
    improved, changed = counts["numerator"], counts["denominator"]
    lower, upper = clopper_pearson(improved, changed)
    return {
        "value": np.divide(improved, changed, out=np.full_like(changed, np.nan), where=changed > 0),
        "lower": lower,
        "upper": upper,
        "reason": _unless(changed > 0, NO_CHANGE),
        "reliable": share_is_reliable(changed, lower, upper),
    }


def _only_silent(counts: Columns, measure: Measure, total: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell where all there is comes from exports that cannot tell: that is no zero, and not nothing either."""
    if not any(code == SILENT for code, _ in measure.left_out):
        return np.zeros(len(total), dtype=bool)
    found: NDArray[np.bool_] = (total == 0) & (counts[f"out_{SILENT}"] > 0)
    return found


def _nothing(measure: Measure) -> str:
    return NOBODY if measure.unit in {"person", "coach"} else NOTHING


def _unless(known: NDArray[np.bool_], reason: str) -> NDArray[np.object_]:
    return np.where(known, "", reason).astype(object)


def _always_known(size: int) -> Columns:
    return {"reason": np.full(size, "", dtype=object), "reliable": np.ones(size, dtype=bool)}
