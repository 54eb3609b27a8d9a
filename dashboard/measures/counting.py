"""How each kind of measure is counted: named steps of SQL from `kept` rows to `counted` rows.

A step is one common table expression. People count once per period and group, rows and events add up, a
rate has its own ledger, a median needs its quartiles and a curve its life table.
"""

from __future__ import annotations

from collections.abc import Callable

from dashboard.measures.definition import Kind, Measure
from dashboard.measures.dimensions import NOT_RECORDED

EXITS = ("completed", "left", "died", "other")


def counting_steps(measure: Measure, by: tuple[str, ...]) -> list[str]:
    """Return the steps that end in `counted` (for retention `life_table` and `set_aside`)."""
    return _COUNTING[measure.kind](measure, by)


def counted_columns(measure: Measure) -> list[str]:
    """Name the counted columns of every kind but retention; they are 0 where a period has no rows."""
    out = [f"out_{code}" for code, _ in measure.left_out]
    beside = ["row_numerator", "row_denominator"] if measure.rows_beside else []
    extra = {"rate": ["widening"], "median": ["lower", "middle", "upper"]}.get(measure.kind, [])
    return ["numerator", "denominator", *beside, *extra, *out]


def code_of(name: str) -> str:
    """Return the expression for a dimension's code, in which nothing recorded is a code of its own."""
    return f"coalesce(CAST({name} AS VARCHAR), '{NOT_RECORDED}')"


def _group(by: tuple[str, ...]) -> str:
    return ", ".join(["period", *by])


def _coded(by: tuple[str, ...]) -> str:
    return ", ".join(["period", *(f"{code_of(name)} AS {name}" for name in by)])


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
        f"counted AS (SELECT {_coded(by)}, {_sums(counted_columns(measure))} FROM summed GROUP BY ALL)",
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
    exits = ", ".join(f"count(*) FILTER (WHERE exit_reason = '{reason}') AS {exit_column(reason)}" for reason in EXITS)
    sums = _sums(["entered", "gone", *map(exit_column, EXITS)])
    none = ", ".join(f"0 AS {exit_column(reason)}" for reason in EXITS)
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


def exit_column(reason: str) -> str:
    """Name the column of a reason; "left" alone is a word of SQL."""
    return f"exits_{reason}"


def _rows_left_out(measure: Measure) -> list[str]:
    return [f"count(*) FILTER (WHERE left_out = '{code}') AS out_{code}" for code, _ in measure.left_out]


def _sums(columns: list[str]) -> str:
    return ", ".join(f"sum({name}) AS {name}" for name in columns)


_COUNTING: dict[Kind, Callable[[Measure, tuple[str, ...]], list[str]]] = {
    "people": _once_per_unit,
    "share_of_people": _once_per_unit,
    "share_of_rows": _sum_of_rows,
    "events": _sum_of_rows,
    "rate": _rate,
    "median": _median,
    "retention": _life_table,
}
