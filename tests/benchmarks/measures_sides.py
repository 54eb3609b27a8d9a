"""The three sides of the measures benchmark: the product, hand-written SQL and pandas, over one warehouse.

Every side answers with one row per period (month; a curve has `day` instead) and county, with `numerator` and
`denominator` and whatever its interval needs, so that the answers can be compared cell by cell.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import by_hand_pandas
import duckdb
import pandas as pd
from by_hand_frames import Frames

from dashboard.measures import Measure, Query, custom, evaluate, periods_of
from dashboard.store import Store

HAND_SQL = Path(__file__).parent / "by_hand"
BEFORE_ALL = date(2000, 1, 1)


def by_hand() -> set[str]:
    """Return the measures for which somebody wrote the question down by hand."""
    return {path.stem for path in HAND_SQL.glob("*.sql")}


def query(measure: Measure, store: Store) -> Query:
    """By county (where offered) and month; retention as one cohort of everyone."""
    by = ("county",) if "county" in measure.dimensions else ()
    if measure.kind == "retention":
        return Query(measure.name, (custom(BEFORE_ALL, store.as_of),), by)
    return Query(measure.name, periods_of("month", first_day(store), store.as_of), by)


def first_day(store: Store) -> date:
    """First day of the month before the records begin: events may be older than the first session."""
    start = date.fromisoformat(store.settings["data_start"]).replace(day=1)
    return (start - timedelta(days=1)).replace(day=1)


def product(store: Store, question: Query) -> pd.DataFrame:
    return evaluate(store, question).frame


class HandSql:
    """An analyst's own connection to the same file, and a query from a file."""

    def __init__(self, store: Store, warehouse: Path) -> None:
        self.con = duckdb.connect(config={"memory_limit": "2GB"})
        self.con.execute(f"ATTACH '{warehouse}' AS w (READ_ONLY)")
        self.con.execute("USE w")
        self.values = {
            "first": first_day(store),
            "as_of": store.as_of,
            "data_start": date.fromisoformat(store.settings["data_start"]),
        }

    def answer(self, name: str) -> pd.DataFrame:
        sql = (HAND_SQL / f"{name}.sql").read_text(encoding="utf-8")
        used = {key: value for key, value in self.values.items() if f"${key}" in sql}
        return self.con.execute(sql, used).df()


class HandPandas:
    """Functions of by_hand_pandas over frames read before the clock starts."""

    def __init__(self, hand: HandSql) -> None:
        self.frames = Frames(hand.con, **hand.values)

    def answer(self, name: str) -> pd.DataFrame:
        return by_hand_pandas.MEASURES[name](self.frames)


def cells(frame: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """Bring an answer to one shape: index (month or day, county), only cells in which something was counted."""
    frame = frame.copy()
    if measure.kind == "retention":
        frame = frame[frame["people"] > 0] if "people" in frame else frame
        key = frame["day"].astype("int64")
    elif "period_start" in frame:
        key = pd.to_datetime(frame["period_start"])
    else:
        key = pd.to_datetime(frame["period"])
    county = frame["county"].astype("object").fillna("unknown") if "county" in frame else "all"
    frame.index = pd.MultiIndex.from_arrays([key, pd.Series(county, index=frame.index)], names=["when", "county"])
    frame = frame.rename(columns={"exits": "numerator", "at_risk": "denominator"})
    if measure.kind in {"people", "events"}:
        frame = frame.drop(columns="denominator", errors="ignore")
    wanted = ["numerator", "denominator", *_beside(measure)]
    frame = frame[[name for name in wanted if name in frame]].astype("float64")
    return frame[frame[["numerator", *(["denominator"] if "denominator" in frame else [])]].ne(0).any(axis=1)]


def _beside(measure: Measure) -> list[str]:
    extra = {"rate": ["widening"], "median": ["value", "lower", "upper"], "retention": ["value"]}.get(measure.kind, [])
    return [*extra, *(["row_numerator", "row_denominator"] if measure.rows_beside else [])]


def differences(ours: pd.DataFrame, theirs: pd.DataFrame) -> pd.DataFrame:
    """Return the cells in which two answers differ; a cell one side lacks counts as zero."""
    one, other = ours.align(theirs, join="outer")
    unequal = (one.fillna(0) - other.fillna(0)).abs() > 1e-9 * (1 + one.fillna(0).abs())
    wrong = unequal.any(axis=1)
    return pd.concat({"product": one[wrong], "by hand": other[wrong]}, axis=1)
