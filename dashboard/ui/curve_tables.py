"""A curve as a table people read: its values on the days people ask about, with the people followed to each."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard.measures import GRID, MONTHS, Result, on_days
from dashboard.measures.wording import percent

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "retention": {
        "value": "In contact",
        "completed": "Completed",
        "left": "Left",
        "died": "Died",
        "other": "Other",
    },
    "first_event": {"value": "With a first one", "left": "Left before one", "died": "Died before one"},
    "repeated_events": {"value": "Per person", "left": "Left", "died": "Died"},
}


def curve_table(result: Result) -> pd.DataFrame:
    """Return the curve on the days people ask about, as far as it is drawn; one row per day."""
    repeats = result.measure.kind == "repeated_events"
    known = on_days(result, tuple(MONTHS) if repeats else (0, *GRID))
    known = known[known["reliable"].astype(bool)]

    def written(column: str) -> list[str]:
        shares = column != "value" or not repeats
        return ["–" if v != v else percent(v) if shares else f"{v:.2f}" for v in map(float, known[column])]

    table = {"By": [f"{MONTHS[day]} (day {day})" if repeats else f"day {day}" for day in known["day"]]}
    for column, title in COLUMNS[result.measure.kind].items():
        table[title] = written(column)
        if column == "value":
            limits = zip(written("lower"), written("upper"), strict=True)
            table["95 % interval"] = ["–" if "–" in (low, high) else f"{low} to {high}" for low, high in limits]
    return pd.DataFrame(table | {"People followed": [f"{n:,.0f}" for n in known["at_risk"]]})
