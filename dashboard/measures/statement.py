"""One statement per question: the definition's body, wrapped in counting SQL.

The body yields one row per unit of the denominator (`unit` below), or for a rate one row per event: the
denominator of every rate is the same ledger of person-days. The wrapper names columns only from the
closed list of dimensions; every value is bound. `period` is a number inside the statement, so that grouping
does not compare labels.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.measures.counting import EXITS, code_of, counted_columns, counting_steps, exit_column
from dashboard.measures.definition import Measure
from dashboard.measures.dimensions import dimension
from dashboard.measures.periods import Period
from dashboard.measures.result import Query

# The person-time ledger, denominator of every rate (statistics.md 1).
_ACTIVE = """
SELECT d.period, t.county_fips AS county, t.program_id AS program, t.site_id AS site{traits}, t.people
FROM {ledger} AS t
JOIN period_day AS d ON d.day = t.calendar_day
"""
# Small frames rather than lists of values: the planner then knows how few rows they have.
_PERIODS = "period AS (SELECT * FROM asked_period), period_day AS (SELECT * FROM asked_day)"


def statement(measure: Measure, query: Query, *, own_gap: bool) -> str:
    """Return the SQL that counts `measure` for every period and combination of `query.by`.

    With the program's `own_gap`, episodes are read where they are kept; the view would plan every other rule too.
    """
    exposure = (
        [f"exposure AS ({_active(query)})", f"exposed AS ({_kept(query, 'exposure')})"]
        if measure.kind == "rate"
        else []
    )
    # Inlined where it is read twice: counting again is cheaper than keeping every row, but for the few of a rate.
    inline = "" if measure.kind == "rate" else "NOT MATERIALIZED "
    steps = [
        _PERIODS,
        *(["episode AS (SELECT * FROM own_episode)"] if own_gap else []),
        f"unit AS {inline}(\n{measure.sql}\n)",
        f"kept AS ({_kept(query, 'unit')})",
        *exposure,
        *counting_steps(measure, query.by),
    ]
    tail = _curve(query.by) if measure.kind == "retention" else _completed(query.by, counted_columns(measure))
    return f"WITH {', '.join(steps)}\n{tail}"


def _active(query: Query) -> str:
    """Read the ledger that is no finer than the question: traits of people make it as long as the contacts."""
    names = sorted({*query.by, *(name for name, _ in query.where)})
    traits = "".join(f", t.{name}" for name in names if dimension(name).source == "person")
    return _ACTIVE.format(traits=traits, ledger="person_day_by_trait" if traits else "person_day")


@lru_cache(maxsize=128)
def period_tables(periods: tuple[Period, ...]) -> dict[str, pd.DataFrame]:
    """Return the periods asked for, and their days, as the tables behind `period` and `period_day`."""
    numbers = np.arange(len(periods), dtype=np.int32)
    starts = np.array([p.start for p in periods], dtype="datetime64[D]")
    ends = np.array([p.end for p in periods], dtype="datetime64[D]")
    lengths = (ends - starts).astype(int) + 1
    days = [np.arange(start, end + 1) for start, end in zip(starts, ends, strict=True)]
    return {
        "asked_period": _dated({"period": numbers, "period_start": starts, "period_end": ends}),
        "asked_day": _dated({"period": np.repeat(numbers, lengths), "day": np.concatenate(days)}),
    }


def filter_values(query: Query) -> dict[str, list[str]]:
    """Return the values of the filters, by parameter name."""
    return {f"where_{name}": list(codes) for name, codes in query.where}


def _dated(columns: dict[str, Any]) -> pd.DataFrame:
    """Make a frame whose days DuckDB reads as DATE: pandas itself has no such type, Arrow has."""
    return pd.DataFrame({name: _dates(v) if v.dtype.kind == "M" else v for name, v in columns.items()})


def _dates(values: NDArray[np.datetime64]) -> pd.Series[Any]:
    return pd.Series(values.astype("datetime64[s]")).astype("date32[pyarrow]")


def _kept(query: Query, rows: str) -> str:
    """Rows that match the filters, with the dimensions that are looked up rather than offered."""
    names = {*query.by, *(name for name, _ in query.where)}
    looked_up = [name for name in sorted(names) if dimension(name).source == "person" and rows == "unit"]
    added, joins = [f"p.{name} AS {name}" for name in looked_up], ""
    if looked_up:
        joins = " LEFT JOIN person AS p ON p.participant_key = u.participant_key"
    if "region" in names:
        added.append("c.region AS region")
        joins += " LEFT JOIN county AS c ON c.fips = u.county"
    inner = f"SELECT {', '.join(['u.*', *added])} FROM {rows} AS u{joins}"
    matches = [f"{code_of(name)} IN (SELECT unnest($where_{name}))" for name, _ in query.where]
    return f"SELECT * FROM ({inner}) AS described WHERE {' AND '.join(matches)}" if matches else inner


def _completed(by: tuple[str, ...], columns: list[str]) -> str:
    """Every period with every combination that occurs, so that a month without rows is seen as such."""
    missing = {"widening": "1", "lower": "NULL", "middle": "NULL", "upper": "NULL"}
    filled = ", ".join(f"CAST(coalesce(n.{c}, {missing.get(c, '0')}) AS DOUBLE) AS {c}" for c in columns)
    dims = "".join(f", g.{name}" for name in by)
    combinations = f"CROSS JOIN (SELECT DISTINCT {', '.join(by)} FROM counted) AS g" if by else ""
    same = "".join(f" AND n.{name} = g.{name}" for name in by)
    return (
        f"SELECT p.period{dims}, {filled} FROM period AS p {combinations} "
        f"LEFT JOIN counted AS n ON n.period = p.period{same} ORDER BY p.period{dims}"
    )


def _curve(by: tuple[str, ...]) -> str:
    """Every period with every combination; day, at risk and exits are NULL where nobody is observed."""
    dims = "".join(f", g.{name}" for name in by)
    combinations = f"CROSS JOIN (SELECT DISTINCT {', '.join(by)} FROM life_table) AS g" if by else ""
    same = "".join(f" AND t.{name} = g.{name}" for name in by)
    exits = ", ".join(f"t.{exit_column(reason)}" for reason in EXITS)
    return (
        f"SELECT p.period{dims}, t.day, t.at_risk, t.people, {exits}, s.* EXCLUDE (period) "
        f"FROM period AS p {combinations} "
        f"LEFT JOIN life_table AS t ON t.period = p.period{same} AND t.day >= 0 "
        f"LEFT JOIN set_aside AS s ON s.period = p.period ORDER BY p.period{dims}, t.day"
    )
