"""One statement per question: the definition's body, wrapped in counting SQL.

The body yields one row per unit of the denominator (`unit` below), or for a rate one row per event: the
denominator of every rate is the same ledger of person-days. The wrapper names columns only from the
closed list of dimensions; every value is bound. `period` is a number inside the statement, so that grouping
does not compare labels.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.measures.definition import Measure
from dashboard.measures.dimensions import NOT_RECORDED, dimension
from dashboard.measures.periods import Period
from dashboard.measures.result import Query

EXITS = ("completed", "left", "died", "other")

# The person-time ledger, denominator of every rate (statistics.md 1).
_ACTIVE = """
SELECT
  d.period,
  t.county_fips AS county,
  t.program_id AS program,
  t.site_id AS site,
  t.age_band,
  t.gender,
  t.race_eth,
  t.people
FROM person_day AS t
JOIN period_day AS d ON d.day = t.calendar_day
"""
# Small frames rather than lists of values: the planner then knows how few rows they have.
_PERIODS = "period AS (SELECT * FROM asked_period), period_day AS (SELECT * FROM asked_day)"


def statement(measure: Measure, query: Query) -> str:
    """Return the SQL that counts `measure` for every period and combination of `query.by`."""
    exposure = (
        [f"exposure AS ({_ACTIVE})", f"exposed AS ({_kept(query, 'exposure')})"] if measure.kind == "rate" else []
    )
    steps = [
        _PERIODS,
        # Inlined where it is read twice: counting again is cheaper than keeping every row.
        f"unit AS NOT MATERIALIZED (\n{measure.sql}\n)",
        f"kept AS ({_kept(query, 'unit')})",
        *exposure,
        *_COUNTING[measure.kind](measure, query.by),
    ]
    tail = _curve(query.by) if measure.kind == "retention" else _completed(query.by, _columns(measure))
    return f"WITH {', '.join(steps)}\n{tail}"


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


def _columns(measure: Measure) -> list[str]:
    """Name the counted columns of every kind but retention; they are 0 where a period has no rows."""
    out = [f"out_{code}" for code, _ in measure.left_out]
    beside = ["row_numerator", "row_denominator"] if measure.rows_beside else []
    extra = {"rate": ["widening"], "median": ["lower", "middle", "upper"]}.get(measure.kind, [])
    return ["numerator", "denominator", *beside, *extra, *out]


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
    matches = [f"{_code(name)} IN (SELECT unnest($where_{name}))" for name, _ in query.where]
    return f"SELECT * FROM ({inner}) AS described WHERE {' AND '.join(matches)}" if matches else inner


def _code(name: str) -> str:
    return f"coalesce(CAST({name} AS VARCHAR), '{NOT_RECORDED}')"


def _group(by: tuple[str, ...]) -> str:
    return ", ".join(["period", *by])


def _coded(by: tuple[str, ...]) -> str:
    return ", ".join(["period", *(f"{_code(name)} AS {name}" for name in by)])


def _once_per_unit(measure: Measure, by: tuple[str, ...]) -> list[str]:
    """People count once: the largest value per unit, then the sum over units."""
    amounts = ["numerator", "denominator"] if measure.kind == "share_of_people" else ["numerator"]
    beside = ["row_numerator", "row_denominator"] if measure.rows_beside else []
    flags = [f"max(CASE WHEN left_out = '{code}' THEN 1 ELSE 0 END) AS out_{code}" for code, _ in measure.left_out]
    unit = [*(f"max({a}) AS {a}" for a in amounts), *(f"sum({b}) AS {b}" for b in beside), *flags]
    group = f"{_group(by)}, {measure.key}"
    total = [
        *(f"sum({a}) AS {a}" for a in [*amounts, *beside]),
        *([] if "denominator" in amounts else ["0 AS denominator"]),
        *(f"sum(out_{code}) FILTER (WHERE {amounts[-1]} = 0) AS out_{code}" for code, _ in measure.left_out),
    ]
    return [
        f"by_unit AS (SELECT {group}, {', '.join(unit)} FROM kept GROUP BY {group})",
        f"counted AS (SELECT {_coded(by)}, {', '.join(total)} FROM by_unit GROUP BY ALL)",
    ]


def _sum_of_rows(measure: Measure, by: tuple[str, ...]) -> list[str]:
    denominator = "sum(denominator)" if measure.kind == "share_of_rows" else "0"
    total = ["sum(numerator) AS numerator", f"{denominator} AS denominator", *_rows_left_out(measure)]
    return [
        f"summed AS (SELECT {_group(by)}, {', '.join(total)} FROM kept GROUP BY ALL)",
        f"counted AS (SELECT {_coded(by)}, {_sums(_columns(measure))} FROM summed GROUP BY ALL)",
    ]


def _rate(measure: Measure, by: tuple[str, ...]) -> list[str]:
    """Events, and the person-days of the ledger; k comes from everyone, as a small county's own is noise."""
    group, out = _group(by), _rows_left_out(measure)
    codes = [f"out_{code}" for code, _ in measure.left_out]
    zeros = "".join(f", 0 AS {code}" for code in codes)
    names = ["numerator", "denominator", *codes]
    return [
        f"summed AS (SELECT {group}, 0 AS numerator, sum(people) AS denominator{zeros} FROM exposed GROUP BY {group} "
        f"UNION ALL SELECT {group}, {', '.join(['sum(numerator)', '0', *out])} FROM kept GROUP BY {group})",
        "of_person AS (SELECT period, participant_key, sum(numerator) AS events FROM unit "
        "WHERE numerator > 0 GROUP BY ALL)",
        "repeats AS (SELECT period, sqrt(CAST(sum(events * events) AS DOUBLE) / sum(events)) AS widening "
        "FROM of_person GROUP BY ALL)",
        f"added AS (SELECT {_coded(by)}, {_sums(names)} FROM summed GROUP BY ALL)",
        "counted AS (SELECT a.*, r.widening FROM added AS a LEFT JOIN repeats AS r ON r.period = a.period)",
    ]


def _median(measure: Measure, by: tuple[str, ...]) -> list[str]:
    """Median and quartiles of the amount per unit."""
    cuts = zip((0.25, 0.5, 0.75), ("lower", "middle", "upper"), strict=True)
    quantiles = ", ".join(f"quantile_cont(amount, {q}) AS {name}" for q, name in cuts)
    # A person has many rows; a record is a row of its own.
    amount = "sum(numerator) AS amount" if measure.unit == "person" else "numerator AS amount"
    grouped = f" GROUP BY {_group(by)}, {measure.key}" if measure.unit == "person" else ""
    return [
        f"by_unit AS (SELECT {_group(by)}, {amount} FROM kept WHERE denominator > 0{grouped})",
        f"counted AS (SELECT {_coded(by)}, sum(amount) AS numerator, count(*) AS denominator, {quantiles} "
        "FROM by_unit GROUP BY ALL)",
    ]


def _life_table(measure: Measure, by: tuple[str, ...]) -> list[str]:
    """Per day: exits by reason, and the people at risk = entered before that day and not yet gone."""
    exits = ", ".join(f"count(*) FILTER (WHERE exit_reason = '{reason}') AS {_exit(reason)}" for reason in EXITS)
    sums = _sums(["entered", "gone", *map(_exit, EXITS)])
    none = ", ".join(f"0 AS {_exit(reason)}" for reason in EXITS)
    group = _group(by)
    before = f"(PARTITION BY {group} ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
    return [
        f"observed AS (SELECT {_coded(by)}, entry, duration, exit_reason FROM kept "
        "WHERE left_out IS NULL AND entry < duration)",
        f"moves AS (SELECT {group}, entry AS day, count(*) AS entered, 0 AS gone, {none} FROM observed "
        f"GROUP BY ALL UNION ALL SELECT {group}, duration AS day, 0 AS entered, count(*) AS gone, {exits} "
        "FROM observed GROUP BY ALL)",
        f"daily AS (SELECT {group}, day, {sums} FROM moves GROUP BY ALL)",
        f"life_table AS (SELECT *, coalesce(sum(entered - gone) OVER {before}, 0) AS at_risk, "
        f"sum(gone) OVER (PARTITION BY {group}) AS people FROM daily)",
        f"set_aside AS (SELECT period, {', '.join(_rows_left_out(measure))} FROM kept GROUP BY period)",
    ]


def _exit(reason: str) -> str:
    """Name the column of a reason; "left" alone is a word of SQL."""
    return f"exits_{reason}"


def _rows_left_out(measure: Measure) -> list[str]:
    return [f"count(*) FILTER (WHERE left_out = '{code}') AS out_{code}" for code, _ in measure.left_out]


def _sums(columns: list[str]) -> str:
    return ", ".join(f"sum({name}) AS {name}" for name in columns)


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
    exits = ", ".join(f"t.{_exit(reason)}" for reason in EXITS)
    return (
        f"SELECT p.period{dims}, t.day, t.at_risk, t.people, {exits}, s.* EXCLUDE (period) "
        f"FROM period AS p {combinations} "
        f"LEFT JOIN life_table AS t ON t.period = p.period{same} AND t.day >= 0 "
        f"LEFT JOIN set_aside AS s ON s.period = p.period ORDER BY p.period{dims}, t.day"
    )


_COUNTING = {
    "people": _once_per_unit,
    "share_of_people": _once_per_unit,
    "share_of_rows": _sum_of_rows,
    "events": _sum_of_rows,
    "rate": _rate,
    "median": _median,
    "retention": _life_table,
}
