"""Entry cohorts that have been followed long enough to be judged at a number of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pandas as pd

from dashboard.charts.rows import rows
from dashboard.measures import Period, measure, periods_of
from dashboard.ui.frames import cell
from dashboard.ui.page import long_date
from dashboard.ui.view import View

HORIZONS = (30, 60, 90, 180, 365)
TOO_EARLY = "too early"


def everyone(view: View) -> Period:
    """Return the span of all first contacts in the data, up to the chosen period."""
    label = f"first contact {long_date(view.data_start)} to {long_date(view.last_day)}"
    return Period(view.data_start, view.last_day, label)


def cohorts(view: View) -> tuple[Period, ...]:
    """Return the entry quarters of the data, up to the chosen period."""
    return periods_of("quarter", view.data_start, view.last_day)


def is_judged(view: View, cohort: Period, days: int) -> bool:
    """Say whether everyone of the cohort has been followed for `days` and the gap rule after it."""
    return cohort.end + timedelta(days=days + view.gap_days) <= view.as_of


def newest_judged(view: View, days: int) -> Period | None:
    """Return the newest quarter that can be judged at `days`; None while there is none."""
    judged = [cohort for cohort in cohorts(view) if is_judged(view, cohort, days)]
    return judged[-1] if judged else None


@dataclass(frozen=True, slots=True)
class CohortGrid:
    """Percent in touch (NaN = too early) by entry quarter and day, and the same with n of N as a table."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    percents: tuple[tuple[float, ...], ...]
    table: pd.DataFrame


def _with_people(view: View) -> list[Period]:
    """Leave out quarters in which nobody came first; those not judged yet stay, and say so."""
    every, first = cohorts(view), HORIZONS[0]
    lines = rows(view.ask("retained", *every, settings=(("days", first),)).frame) if every else []
    return [
        cohort
        for cohort, line in zip(every, lines, strict=True)
        if line.denominator > 0 or not is_judged(view, cohort, first)
    ]


def cohort_grid(view: View, most: int = 8) -> CohortGrid:
    """Return the newest `most` entry quarters with people, judged at every horizon that is over."""
    quarters = _with_people(view)[-most:]
    found = {days: rows(view.ask("retained", *quarters, settings=(("days", days),)).frame) for days in HORIZONS}
    percents, cells = [], []
    for i, cohort in enumerate(quarters):
        judged = {days: lines[i] for days, lines in found.items() if is_judged(view, cohort, days)}
        percents.append(tuple(100 * judged[d].value if d in judged else float("nan") for d in HORIZONS))
        cells.append([cell(measure("retained"), judged[d]) if d in judged else TOO_EARLY for d in HORIZONS])
    labels = tuple(cohort.label for cohort in quarters)
    columns = tuple(f"{days} days" for days in HORIZONS)
    table = pd.DataFrame(cells, columns=list(columns))
    table.insert(0, "First contact", list(labels))
    return CohortGrid(labels, columns, tuple(percents), table)
