"""Part of an answer: some of the periods that were asked for together."""

from __future__ import annotations

from dataclasses import replace

from dashboard.measures import Period, Result

COUNTED = ["numerator", "denominator", "left_out"]


def over(result: Result, periods: tuple[Period, ...]) -> Result:
    """Return the answer over `periods` alone, as if no other period had been asked for.

    Groups that do not occur in `periods` go. So do the notes, which count what was left out of every period.
    """
    if periods == result.query.periods:
        return result
    frame = result.frame[result.frame["period"].isin([period.label for period in periods])]
    by = list(result.query.by)
    if by and len(frame):
        occurs = frame[COUNTED].fillna(0).ne(0).any(axis=1)
        frame = frame[occurs.groupby([frame[name] for name in by]).transform("any")]
    return replace(
        result,
        query=replace(result.query, periods=periods),
        frame=frame.reset_index(drop=True),
        provenance=replace(result.provenance, notes=()),
    )
