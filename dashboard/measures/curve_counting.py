"""How curves by days since entry are counted: life tables, or the people themselves where events repeat.

A body yields per person `entry` (the day before the first one under observation), `duration` (the last one)
and `exit_reason`: why observation ended there, "event" where the event asked for came first, nothing where
it goes on. Where events repeat there is one row per person and event, with its `event_day`.
"""

from __future__ import annotations

from dashboard.measures.definition import Measure
from dashboard.measures.sql_parts import coded, group_of, out_columns, reasons

EXITS = ("completed", "left", "died", "other")
EVENT = "event"


def exits_of(measure: Measure) -> tuple[str, ...]:
    """Return the reasons for which observation can end, the event asked for first."""
    return (EVENT, *EXITS) if measure.kind == "first_event" else EXITS


def exit_column(reason: str) -> str:
    """Name the column of a reason; "left" alone is a word of SQL."""
    return f"exits_{reason}"


def curve_steps(measure: Measure, by: tuple[str, ...]) -> list[str]:
    """Return the steps up to `life_table` (for repeated events `person`), and `set_aside` by period."""
    return _people(measure, by) if measure.kind == "repeated_events" else _life_table(measure, by)


def curve_answer(measure: Measure, by: tuple[str, ...]) -> str:
    """Return the last SELECT: one row per day of a life table, or per person and event.

    A period in which nobody is observed keeps a row without a day, for what was left out.
    """
    table, texts, numbers = "life_table", [], ["day", "at_risk", "people", *map(exit_column, exits_of(measure))]
    order = "t.day"
    if measure.kind == "repeated_events":
        table, texts, numbers = "person", ["participant_key", "exit_reason"], ["entry", "duration", "event_day"]
        order = "t.participant_key"
    dims = "".join(f", t.{name}" for name in (*by, *texts))
    columns = [f"CAST(t.{name} AS DOUBLE) AS {name}" for name in numbers]
    columns += [f"CAST(s.{name} AS DOUBLE) AS {name}" for name in out_columns(measure)]
    return (
        f"SELECT s.period{dims}, {', '.join(columns)} FROM set_aside AS s "
        f"LEFT JOIN {table} AS t ON t.period = s.period ORDER BY s.period{dims}, {order}"
    )


def _life_table(measure: Measure, by: tuple[str, ...]) -> list[str]:
    """Per day: exits by reason, and the people at risk = entered before that day and not yet gone."""
    group, out = group_of(by), ", ".join(_people_where(which, name) for name, which in reasons(measure))
    exits = ", ".join(_people_where(f"step = 1 AND exit_reason = '{r}'", exit_column(r)) for r in exits_of(measure))
    before = f"(PARTITION BY {group} ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
    return [
        # People who came and went on the same days for the same reason are one row from here on.
        f"spell AS MATERIALIZED (SELECT {coded(by)}, left_out, entry, duration, exit_reason, count(*) AS people "
        "FROM kept GROUP BY ALL)",
        f"daily AS (SELECT {group}, CASE step WHEN 1 THEN duration ELSE entry END AS day, "
        f"sum(step * people) AS gone, {_people_where('step = 1', 'leaving')}, {exits} "
        "FROM spell CROSS JOIN (VALUES (1), (-1)) AS move (step) "
        "WHERE left_out IS NULL AND entry < duration GROUP BY ALL)",
        f"life_table AS (SELECT *, coalesce(-sum(gone) OVER {before}, 0) AS at_risk, "
        f"sum(leaving) OVER (PARTITION BY {group}) AS people FROM daily QUALIFY day >= 0)",
        f"set_aside AS (SELECT period, {out} FROM spell GROUP BY period)",
    ]


def _people(measure: Measure, by: tuple[str, ...]) -> list[str]:
    """Everyone under observation, as the variance of repeated events needs them one by one."""
    out = ", ".join(
        f"count(DISTINCT CASE WHEN {which} THEN participant_key END) AS {name}" for name, which in reasons(measure)
    )
    columns = "participant_key, entry, duration, exit_reason, event_day"
    return [
        f"person AS (SELECT {coded(by)}, {columns} FROM kept WHERE left_out IS NULL AND entry < duration)",
        f"set_aside AS (SELECT period, {out} FROM kept GROUP BY period)",
    ]


def _people_where(condition: str, name: str) -> str:
    return f"sum(CASE WHEN {condition} THEN people ELSE 0 END) AS {name}"
