"""Results drawn by hand for the charts: real measures, made-up rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from dashboard.measures import Period, Provenance, Query, Result, measure, periods_of

AS_OF = date(2026, 9, 30)
NAMES = {"county": {"23009": "Hancock", "23029": "Washington", "23027": "Waldo"}}
NAN = float("nan")


def months(count: int, last: date = AS_OF) -> tuple[Period, ...]:
    return periods_of("month", date(2020, 1, 1), last)[-count:]


def result(
    name: str,
    rows: Sequence[tuple[object, ...]],
    *,
    by: tuple[str, ...] = (),
    periods: tuple[Period, ...] | None = None,
    as_of: date = AS_OF,
    reliable: bool = True,
) -> Result:
    """One row per tuple (period number, *codes, numerator, denominator); the interval is value ± 0.1."""
    asked = measure(name)
    spans = periods or months(max(int(row[0]) for row in rows) + 1, as_of)
    frame = pd.DataFrame([_row(asked.kind, spans, by, row, as_of, reliable) for row in rows])
    return Result(asked, Query(name, spans, by=by), frame, Provenance("abc", as_of, 90), NAMES)


def _row(kind, spans, by, row, as_of, reliable):
    period = spans[int(row[0])]
    numerator, denominator = float(row[-2]), float(row[-1])
    counted = kind in {"people", "events"}
    value = numerator if counted else numerator / denominator if denominator else NAN
    return {
        "period": period.label,
        "period_start": pd.Timestamp(period.start),
        "period_end": pd.Timestamp(period.end),
        "completeness": period.completeness(as_of),
        **dict(zip(by, row[1:-2], strict=True)),
        "numerator": numerator,
        "denominator": NAN if counted else denominator,
        "value": value,
        "lower": NAN if counted else value - 0.1,
        "upper": NAN if counted else value + 0.1,
        "reason": "" if value == value else "nobody in the denominator",
        "reliable": reliable,
        "left_out": 0.0,
    }


def curve_result(rows: Sequence[tuple[float, ...]], name: str = "retention") -> Result:
    """Rows (day, at_risk, value, completed, left, died, other) of one curve; the band is value ± 0.05."""
    period = Period(date(2024, 1, 1), AS_OF, "everyone")
    columns = ["day", "at_risk", "value", "completed", "left", "died", "other"]
    frame = pd.DataFrame(rows, columns=columns).astype(float)
    frame = frame.assign(
        period=period.label,
        lower=frame["value"] - 0.05,
        upper=frame["value"] + 0.05,
        people=frame["at_risk"].max(),
        exits=1.0,
        reason="",
        reliable=(frame["at_risk"] >= 10) & (frame["at_risk"].max() >= 20),
    )
    return Result(measure(name), Query(name, (period,)), frame, Provenance("abc", AS_OF, 90))


def events_result(name: str, gaps: Sequence[float], since: float) -> Result:
    """Days between events, the last of which lies `since` days before the end of the data."""
    period = Period(date(2020, 1, 1), AS_OF, "everything")
    last = pd.Timestamp(AS_OF) - pd.Timedelta(days=since)
    ends = [last - pd.Timedelta(days=sum(gaps[i + 1 :])) for i in range(len(gaps))]
    frame = pd.DataFrame(
        {
            "period": period.label,
            "event_date": [*ends, pd.Timestamp(AS_OF)],
            "value": [*gaps, since],
            "numerator": [*gaps, since],
            "denominator": NAN,
            "open": [False] * len(gaps) + [True],
            "reason": "",
        }
    )
    return Result(measure(name), Query(name, (period,)), frame, Provenance("abc", AS_OF, 90))
