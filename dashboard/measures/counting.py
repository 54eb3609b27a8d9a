"""How each kind of measure is counted: named steps of SQL from `kept` rows to `counted` rows.

A step is one common table expression. People count once per period and group, rows and events add up, a
rate has its own ledger, a median needs its quartiles and a curve its life table. Only what occurs is
counted here; `cells` puts a zero where nothing does.
"""

from __future__ import annotations

from collections.abc import Callable

from dashboard.measures.definition import Kind, Measure
from dashboard.measures.dimensions import NOT_RECORDED

EXITS = ("completed", "left", "died", "other")
QUARTILES = {"lower": 0.25, "middle": 0.5, "upper": 0.75}


def counting_steps(measure: Measure, by: tuple[str, ...]) -> list[str]:
    """Return the steps that end in `counted` (for retention `life_table` and `set_aside`)."""
    return (_sum_of_rows if measure.once else _COUNTING[measure.kind])(measure, by)


def answer(measure: Measure, by: tuple[str, ...]) -> str:
    """Return the last SELECT: `period`, the codes of the dimensions and the counted columns as numbers."""
    if measure.kind == "retention":
        return _curve(measure, by)
    numbers = ", ".join(f"CAST({name} AS DOUBLE) AS {name}" for name in counted_columns(measure))
    return f"SELECT {_coded(by)}, {numbers} FROM counted"


def counted_columns(measure: Measure) -> list[str]:
    """Name the counted columns of every kind but retention."""
    of = [] if measure.kind in {"people", "events"} else ["denominator"]
    beside = ["row_numerator", "row_denominator"] if measure.rows_beside else []
    extra = {"rate": ["widening"], "median": list(QUARTILES)}.get(measure.kind, [])
    return ["numerator", *of, *beside, *extra, *_out(measure)]


def code_of(name: str) -> str:
    """Return the expression for a dimension's code, in which nothing recorded is a code of its own."""
    return f"coalesce(CAST({name} AS VARCHAR), '{NOT_RECORDED}')"


def _out(measure: Measure) -> list[str]:
    return [f"out_{code}" for code, _ in measure.left_out]


def _group(by: tuple[str, ...]) -> str:
    return ", ".join(["period", *by])


def _coded(by: tuple[str, ...]) -> str:
    return ", ".join(["period", *(f"{code_of(name)} AS {name}" for name in by)])


def _sum_of_rows(measure: Measure, by: tuple[str, ...]) -> list[str]:
    """Rows and events add up; so do people where the body yields each of them once."""
    names = [name for name in counted_columns(measure) if not name.startswith("out_")]
    total = ", ".join([_sums(names), *_rows_left_out(measure)])
    return [f"counted AS (SELECT {_group(by)}, {total} FROM kept GROUP BY {_group(by)})"]


def _once_per_unit(measure: Measure, by: tuple[str, ...]) -> list[str]:
    """People count once: the largest value per unit, then the sum over units."""
    amounts = ["numerator", "denominator"] if measure.kind == "share_of_people" else ["numerator"]
    beside = ["row_numerator", "row_denominator"] if measure.rows_beside else []
    flags = [f"max(CASE WHEN left_out = '{code}' THEN 1 ELSE 0 END) AS out_{code}" for code, _ in measure.left_out]
    unit = [*(f"max({a}) AS {a}" for a in amounts), *(f"sum({b}) AS {b}" for b in beside), *flags]
    group = f"{_group(by)}, {measure.key}"
    left_out = [f"sum(CASE WHEN {amounts[-1]} = 0 THEN {out} ELSE 0 END) AS {out}" for out in _out(measure)]
    return [
        f"by_unit AS (SELECT {group}, {', '.join(unit)} FROM kept GROUP BY {group})",
        f"counted AS (SELECT {_group(by)}, {', '.join([_sums([*amounts, *beside]), *left_out])} "
        f"FROM by_unit GROUP BY {_group(by)})",
    ]


def _rate(measure: Measure, by: tuple[str, ...]) -> list[str]:
    """Events, and the person-days of the ledger; k comes from everyone, as a small county's own is noise."""
    group, zeros = _group(by), "".join(f", 0 AS {out}" for out in _out(measure))
    events = ", ".join(["sum(numerator)", "0", *_rows_left_out(measure)])
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
    grouped = f" GROUP BY {_group(by)}, {measure.key}" if measure.unit == "person" else ""
    return [
        f"by_unit AS (SELECT {_group(by)}, {amount} FROM kept WHERE denominator > 0{grouped})",
        f"counted AS (SELECT {_coded(by)}, sum(amount) AS numerator, count(*) AS denominator, {quantiles} "
        "FROM by_unit GROUP BY ALL)",
    ]


def _life_table(measure: Measure, by: tuple[str, ...]) -> list[str]:
    """Per day: exits by reason, and the people at risk = entered before that day and not yet gone."""
    group, out = _group(by), ", ".join(_people_where(which, name) for name, which in _reasons(measure))
    exits = ", ".join(_people_where(f"step = 1 AND exit_reason = '{r}'", exit_column(r)) for r in EXITS)
    before = f"(PARTITION BY {group} ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
    return [
        # People who came and went on the same days for the same reason are one row from here on.
        f"spell AS MATERIALIZED (SELECT {_coded(by)}, left_out, entry, duration, exit_reason, count(*) AS people "
        "FROM kept GROUP BY ALL)",
        f"daily AS (SELECT {group}, CASE step WHEN 1 THEN duration ELSE entry END AS day, "
        f"sum(step * people) AS gone, {_people_where('step = 1', 'leaving')}, {exits} "
        "FROM spell CROSS JOIN (VALUES (1), (-1)) AS move (step) "
        "WHERE left_out IS NULL AND entry < duration GROUP BY ALL)",
        f"life_table AS (SELECT *, coalesce(-sum(gone) OVER {before}, 0) AS at_risk, "
        f"sum(leaving) OVER (PARTITION BY {group}) AS people FROM daily)",
        f"set_aside AS (SELECT period, {out} FROM spell GROUP BY period)",
    ]


def _curve(measure: Measure, by: tuple[str, ...]) -> str:
    """Life tables from the day of entry on; a period in which nobody is observed keeps a row without a day."""
    names = ["day", "at_risk", "people", *map(exit_column, EXITS)]
    numbers = [*(f"CAST(t.{name} AS DOUBLE) AS {name}" for name in names)]
    numbers += [f"CAST(s.{out} AS DOUBLE) AS {out}" for out in _out(measure)]
    dims = "".join(f", t.{name}" for name in by)
    return (
        f"SELECT s.period{dims}, {', '.join(numbers)} FROM set_aside AS s "
        f"LEFT JOIN life_table AS t ON t.period = s.period AND t.day >= 0 ORDER BY s.period{dims}, t.day"
    )


def exit_column(reason: str) -> str:
    """Name the column of a reason; "left" alone is a word of SQL."""
    return f"exits_{reason}"


def _reasons(measure: Measure) -> list[tuple[str, str]]:
    return [(f"out_{code}", f"left_out = '{code}'") for code, _ in measure.left_out]


def _rows_left_out(measure: Measure) -> list[str]:
    return [f"count(*) FILTER (WHERE {which}) AS {out}" for out, which in _reasons(measure)]


def _people_where(condition: str, name: str) -> str:
    return f"sum(CASE WHEN {condition} THEN people ELSE 0 END) AS {name}"


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
