"""Made-up results by month, for charts and their sentences."""

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
from test_prose import result

from dashboard.measures import Provenance, Query, Result, measure, periods_of

FIRST = date(2024, 1, 1)


def monthly(name, values, of=100, calendar="month", **columns):
    """One row per month from January 2024: numerators `values`, denominators `of` (a number or one each)."""
    sizes = of if isinstance(of, (list, tuple)) else [of] * len(values)
    periods = periods_of(calendar, FIRST, date(2040, 1, 1))[: len(values)]
    found = result(name, *zip(values, sizes, strict=True), periods=periods)
    for column, numbers in columns.items():
        found.frame[column] = numbers
    return found


def gaps(days, open_days=1.0, direction="higher", subject="days between overdoses", unit="overdose"):
    """Days between events, and the gap that is open, as a result of gaps has them."""
    ends = [FIRST + timedelta(days=int(sum(days[: n + 1]))) for n in range(len(days))]
    now = (ends[-1] if ends else FIRST) + timedelta(days=int(open_days))
    frame = pd.DataFrame(
        {
            "period": "all",
            "event_date": pd.to_datetime([*ends, now]),
            "value": [*map(float, days), open_days],
            "open": [False] * len(days) + [True],
        }
    )
    asked = measure("nonfatal_overdoses").model_copy(
        update={"direction": direction, "subject": subject, "unit": unit, "units": f"{unit}s"}
    )
    return Result(asked, Query(asked.name, ()), frame, Provenance("v", now, 90))


def directed(found, direction):
    """The same result, of a measure with another direction."""
    return replace(found, measure=found.measure.model_copy(update={"direction": direction}))
