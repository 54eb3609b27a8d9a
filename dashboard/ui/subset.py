"""Part of an answer: some of the periods that were asked for together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from dashboard.measures import Period, Result

COUNTED = ["numerator", "denominator", "left_out"]


def over(result: Result, periods: tuple[Period, ...]) -> Result:
    """Return the answer over `periods` alone, as if no other period had been asked for.

    Groups that do not occur in `periods` go. So do the notes, which count what was left out of every period.
    """
    if periods == result.query.periods:
        return result
    return replace(
        result,
        query=replace(result.query, periods=periods),
        frame=result.frame.take(_rows(result, periods)).reset_index(drop=True),
        provenance=replace(result.provenance, notes=()),
    )


def _rows(result: Result, periods: tuple[Period, ...]) -> list[int]:
    """Return the places of the rows of `periods`; plain lists, because a page asks for dozens of such parts."""
    frame, labels = result.frame, {period.label for period in periods}
    rows = [row for row, label in enumerate(frame["period"].tolist()) if label in labels]
    if not result.query.by:
        return rows
    groups = list(zip(*(frame[name].tolist() for name in result.query.by), strict=True))
    counted = np.nan_to_num(frame[COUNTED].to_numpy(dtype=float)).any(axis=1)
    occur = {groups[row] for row in rows if counted[row]}
    return [row for row in rows if groups[row] in occur]
