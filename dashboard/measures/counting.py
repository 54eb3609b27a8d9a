"""How each kind of measure is counted: named steps of SQL from `kept` rows to `counted` rows.

A step is one common table expression. People count once per period and group, rows and events add up, a
rate has its own ledger and a median needs its quartiles; curves are counted in `curve_counting`. Only what
occurs is counted here; `cells` puts a zero where nothing does.
"""

from __future__ import annotations

from collections.abc import Callable

from dashboard.measures.curve_counting import curve_answer, curve_steps
from dashboard.measures.definition import CURVES, Kind, Measure
from dashboard.measures.sql_parts import coded, group_of, out_columns, reasons, rows_left_out, sums

QUARTILES = {"lower": 0.25, "middle": 0.5, "upper": 0.75}
# What a pair of answers counts as; a person who was not reached has no value after.
_PAIRS = {
    "pairs": "value_after IS NOT NULL",
    "same": "value_after IS NOT NULL AND denominator = 0",
    "positive_before": "value_after IS NOT NULL AND positive_before = 1",
    "positive_after": "value_after IS NOT NULL AND positive_after = 1",
    "not_reached": "value_after IS NULL",
    "not_reached_positive": "value_after IS NULL AND positive_before = 1",
}
_MEDIANS = {
    "median_change": "value_after - value_before",
    "median_start": "CASE WHEN value_after IS NOT NULL THEN value_before END",
    "not_reached_median_start": "CASE WHEN value_after IS NULL THEN value_before END",
}
NOT_ADDED = (*QUARTILES, *_MEDIANS)  # columns of which two rows of one cell have no sum


def counting_steps(measure: Measure, by: tuple[str, ...]) -> list[str]:
    """Return the steps that end in `counted`, for a curve in what `curve_answer` reads."""
    if measure.kind in CURVES:
        return curve_steps(measure, by)
    return (_sum_of_rows if measure.once else _COUNTING[measure.kind])(measure, by)


def answer(measure: Measure, by: tuple[str, ...]) -> str:
    """Return the last SELECT: `period`, the codes of the dimensions and the counted columns as numbers."""
    if measure.kind in CURVES:
        return curve_answer(measure, by)
    numbers = ", ".join(f"CAST({name} AS DOUBLE) AS {name}" for name in counted_columns(measure))
    if measure.kind == "days_between":
        return f"SELECT period, event_date, {numbers} FROM counted ORDER BY period, event_date, event_key"
    return f"SELECT {coded(by)}, {numbers} FROM counted"


def counted_columns(measure: Measure) -> list[str]:
    """Name the counted columns of every kind but curves."""
    of = [] if measure.kind in {"people", "events"} else ["denominator"]
    beside = ["row_numerator", "row_denominator"] if measure.rows_beside else []
    return ["numerator", *of, *beside, *EXTRA.get(measure.kind, ()), *out_columns(measure)]


# Columns a kind has beside numerator and denominator, counted here and shown in its result.
EXTRA: dict[Kind, tuple[str, ...]] = {
    "rate": ("widening",),
    "median": tuple(QUARTILES),
    "matched_change": (*_PAIRS, *_MEDIANS),
}


def _sum_of_rows(measure: Measure, by: tuple[str, ...]) -> list[str]:
    """Rows and events add up; so do people where the body yields each of them once."""
    names = [name for name in counted_columns(measure) if not name.startswith("out_")]
    total = ", ".join([sums(names), *rows_left_out(measure)])
    return [f"counted AS (SELECT {group_of(by)}, {total} FROM kept GROUP BY {group_of(by)})"]


def _once_per_unit(measure: Measure, by: tuple[str, ...]) -> list[str]:
    """People count once: the largest value per unit, then the sum over units."""
    amounts = ["numerator"] if measure.kind == "people" else ["numerator", "denominator"]
    beside = ["row_numerator", "row_denominator"] if measure.rows_beside else []
    flags = [f"max(CASE WHEN left_out = '{code}' THEN 1 ELSE 0 END) AS out_{code}" for code, _ in measure.left_out]
    unit = [*(f"max({a}) AS {a}" for a in amounts), *(f"sum({b}) AS {b}" for b in beside), *flags]
    group = f"{group_of(by)}, {measure.key}"
    left_out = [f"sum(CASE WHEN {amounts[-1]} = 0 THEN {out} ELSE 0 END) AS {out}" for out in out_columns(measure)]
    return [
        f"by_unit AS (SELECT {group}, {', '.join(unit)} FROM kept GROUP BY {group})",
        f"counted AS (SELECT {group_of(by)}, {', '.join([sums([*amounts, *beside]), *left_out])} "
        f"FROM by_unit GROUP BY {group_of(by)})",
    ]


def _rate(measure: Measure, by: tuple[str, ...]) -> list[str]:
    """Events, and the person-days of the ledger; k comes from everyone, as a small county's own is noise."""
    group, zeros = group_of(by), "".join(f", 0 AS {out}" for out in out_columns(measure))
    events = ", ".join(["sum(numerator)", "0", *rows_left_out(measure)])
    return [
        f"summed AS (SELECT {group}, 0 AS numerator, sum(people) AS denominator{zeros} FROM exposed GROUP BY {group} "
        f"UNION ALL SELECT {group}, {events} FROM kept GROUP BY {group})",
        "of_person AS (SELECT period, participant_key, sum(numerator) AS events FROM unit "
        "WHERE numerator > 0 GROUP BY ALL)",
        "repeats AS (SELECT period, sqrt(CAST(sum(events * events) AS DOUBLE) / sum(events)) AS widening "
        "FROM of_person GROUP BY ALL)",
        "counted AS (SELECT s.*, coalesce(r.widening, 1) AS widening "
        "FROM summed AS s LEFT JOIN repeats AS r ON r.period = s.period)",
    ]


def _median(measure: Measure, by: tuple[str, ...]) -> list[str]:
    """Median and quartiles of the amount per unit."""
    quantiles = ", ".join(f"quantile_cont(amount, {q}) AS {name}" for name, q in QUARTILES.items())
    # A person has many rows; a record is a row of its own.
    amount = "sum(numerator) AS amount" if measure.unit == "person" else "numerator AS amount"
    grouped = f" GROUP BY {group_of(by)}, {measure.key}" if measure.unit == "person" else ""
    return [
        f"by_unit AS (SELECT {group_of(by)}, {amount} FROM kept WHERE denominator > 0{grouped})",
        f"counted AS (SELECT {coded(by)}, sum(amount) AS numerator, count(*) AS denominator, {quantiles} "
        "FROM by_unit GROUP BY ALL)",
    ]


def _pairs(measure: Measure, by: tuple[str, ...]) -> list[str]:
    """Pairs of answers, and where the people not reached started (measures.md 7)."""
    counts = [f"count(*) FILTER (WHERE left_out IS NULL AND {which}) AS {name}" for name, which in _PAIRS.items()]
    middles = [
        f"quantile_cont({amount}, 0.5) FILTER (WHERE left_out IS NULL) AS {name}" for name, amount in _MEDIANS.items()
    ]
    total = [
        f"coalesce(sum({name}) FILTER (WHERE left_out IS NULL), 0) AS {name}" for name in ("numerator", "denominator")
    ]
    columns = ", ".join([*total, *counts, *middles, *rows_left_out(measure)])
    return [f"counted AS (SELECT {coded(by)}, {columns} FROM kept GROUP BY ALL)"]


def _each_event(measure: Measure, by: tuple[str, ...]) -> list[str]:
    """Every event in order of time; what was left out has no day between."""
    out = ", ".join(f"CASE WHEN {which} THEN 1 ELSE 0 END AS {name}" for name, which in reasons(measure))
    return [f"counted AS (SELECT period, event_key, event_date, numerator, denominator, {out} FROM kept)"]


_COUNTING: dict[Kind, Callable[[Measure, tuple[str, ...]], list[str]]] = {
    "people": _once_per_unit,
    "share_of_people": _once_per_unit,
    "share_of_rows": _sum_of_rows,
    "events": _sum_of_rows,
    "rate": _rate,
    "median": _median,
    "cost": _once_per_unit,
    "matched_change": _pairs,
    "days_between": _each_event,
}
