"""Is a target within reach of the process as it runs (E8)? As NHS England's Making Data Count puts it."""

from __future__ import annotations

from typing import Literal

from dashboard.measures.estimates.control_chart import FEWEST_FOR_SIGNALS

__all__ = ["assurance", "standing"]

Assurance = Literal["meets", "misses", "hit or miss", ""]
Standing = Literal["meets", "below", "not distinguishable"]


def assurance(target: float, lower: float, upper: float, basis: float, *, higher_is_better: bool) -> Assurance:
    """Compare a `target` with `lower` and `upper`, the limits of a control chart's current phase, in one unit.

    "meets": the process will meet it month after month; "misses": it will not unless the process changes;
    "hit or miss": the target lies within or on the limits. `higher_is_better` says which side is which. ""
    without a target or limits (NaN), or where the limits rest on fewer than twelve points (`basis`).
    """
    if basis < FEWEST_FOR_SIGNALS or not (target < lower or lower <= target <= upper or target > upper):
        return ""
    if lower <= target <= upper:
        return "hit or miss"
    return "meets" if (target < lower) == higher_is_better else "misses"


def standing(target: float, lower: float, upper: float, *, higher_is_better: bool) -> Standing:
    """Compare a `target` with the 95 % interval of one value, `lower` … `upper`, in one unit.

    "meets" only if the whole interval lies on the good side, "below" only if it lies wholly on the bad one,
    whichever `higher_is_better` makes them; touching the target, or NaN, it is "not distinguishable".
    """
    if lower > target or upper < target:
        return "meets" if (lower > target) == higher_is_better else "below"
    return "not distinguishable"
