"""One statement per question: the definition's body, wrapped in counting SQL.

The body yields one row per unit of the denominator (`unit` below), or for a rate one row per event: the
denominator of every rate is the same ledger of person-days. The wrapper names columns only from the
closed list of dimensions; every value is bound. `period` is a number inside the statement, so that grouping
does not compare labels.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from dashboard.measures.counting import answer, counting_steps
from dashboard.measures.definition import Measure
from dashboard.measures.dimensions import dimension
from dashboard.measures.periods import Period
from dashboard.measures.result import Query
from dashboard.measures.sql_parts import code_of
from dashboard.store import Store
from pipelines.engine import MODELS
from pipelines.sqlfile import read_sql_file

if TYPE_CHECKING:
    import pyarrow as pa

# The person-time ledger, denominator of every rate (statistics.md 1).
_ACTIVE = """
SELECT d.period, t.{county} AS county, t.program_id AS program, t.site_id AS site{traits}, t.people
FROM {ledger} AS t
JOIN period_day AS d ON d.day = t.calendar_day
"""
_PLACES = frozenset({"county", "region"})
# A small table rather than a list of values: the planner then knows how few rows it has.
_PERIODS = (
    "period_day AS (SELECT * FROM {days}), period AS (SELECT DISTINCT period, period_start, period_end FROM period_day)"
)


def statement(measure: Measure, query: Query, days: str, *, own_gap: bool) -> str:
    """Return the SQL that counts `measure` for every period and combination of `query.by` that occurs.

    `days` is the table of the days of the periods, as `asked_days` keeps it.
    With the program's `own_gap`, episodes are read where they are kept; the views would plan every other rule too.
    """
    exposure = (
        [f"exposure AS ({_active(query)})", f"exposed AS ({_kept(query, 'exposure')})"]
        if measure.kind == "rate"
        else []
    )
    # Inlined where it is read twice: counting again is cheaper than keeping every row, but for the few of a rate.
    inline = "" if measure.kind in {"rate", "repeated_events"} else "NOT MATERIALIZED "
    steps = [
        _PERIODS.format(days=days),
        *(_own_episodes(measure.sql) if own_gap else ()),
        f"unit AS {inline}(\n{measure.sql}\n)",
        f"kept AS ({_kept(query, 'unit', by_home=_by_home(measure, query))})",
        *exposure,
        *counting_steps(measure, query.by),
    ]
    return f"WITH {', '.join(steps)}\n{answer(measure, query.by)}"


def _own_episodes(body: str) -> Iterator[str]:
    """Yield what stands in for the views of episodes, where the body reads them: unread, it would be planned too."""
    if "cohort" in body or "episode" in body:
        yield "episode AS (SELECT * FROM own_episode)"
        yield f"cohort AS ({_cohort()})"


@cache
def _cohort() -> str:
    return read_sql_file(MODELS / "cohort.sql").body


def _active(query: Query) -> str:
    """Read the ledger that is no finer than the question: traits of people make it as long as the contacts."""
    names = sorted(_named(query))
    by_home = query.county_of == "residence" and not _PLACES.isdisjoint(names)
    traits = "".join(f", t.{name}" for name in names if dimension(name).source == "person")
    ledger = "person_day_by_trait" if traits or by_home else "person_day"
    return _ACTIVE.format(traits=traits, ledger=ledger, county="home_county_fips" if by_home else "county_fips")


def asked_days(store: Store, periods: tuple[Period, ...]) -> str:
    """Return the name of the table of every day of the periods asked for, which stands behind `period_day`."""
    return store.keep(periods, lambda: _days(periods))


def _days(periods: tuple[Period, ...]) -> pa.Table:
    """Return these days in Arrow, because its days are days: DuckDB would take those of pandas for points in time."""
    import pyarrow as pa  # imported when asked, like pandas' own use of it

    starts = np.array([p.start for p in periods], dtype="datetime64[D]")
    ends = np.array([p.end for p in periods], dtype="datetime64[D]")
    number = np.repeat(np.arange(len(periods), dtype=np.int32), (ends - starts).astype(int) + 1)
    days = np.concatenate([np.arange(start, end + 1) for start, end in zip(starts, ends, strict=True)])
    columns = {"period": number, "period_start": starts[number], "period_end": ends[number], "day": days}
    return pa.table(columns)


def filter_values(query: Query) -> dict[str, list[str]]:
    """Return the values of the filters, by parameter name."""
    return {f"where_{name}": list(codes) for name, codes in query.where}


def _named(query: Query) -> set[str]:
    """Name the dimensions a question is split by or kept to."""
    return {*query.by, *(name for name, _ in query.where)}


def _by_home(measure: Measure, query: Query) -> bool:
    """Say whether the county of the person takes the place of that of the contact; records have no person."""
    about_people = any(dimension(name).source == "person" for name in measure.dimensions)
    return query.county_of == "residence" and about_people and not _PLACES.isdisjoint(_named(query))


def _kept(query: Query, rows: str, *, by_home: bool = False) -> str:
    """Rows that match the filters, with the dimensions that are looked up rather than offered."""
    names = _named(query)
    looked_up = [name for name in sorted(names) if dimension(name).source == "person" and rows == "unit"]
    added, joins = [f"p.{name} AS {name}" for name in looked_up], ""
    if looked_up or by_home:
        joins = " LEFT JOIN person AS p ON p.participant_key = u.participant_key"
    own, county = ("u.* EXCLUDE (county)", "p.home_county_fips") if by_home else ("u.*", "u.county")
    if by_home:
        added.append(f"{county} AS county")
    if "region" in names:
        added.append("c.region AS region")
        joins += f" LEFT JOIN county AS c ON c.fips = {county}"
    inner = f"SELECT {', '.join([own, *added])} FROM {rows} AS u{joins}"
    matches = [f"{code_of(name)} IN (SELECT unnest($where_{name}))" for name, _ in query.where]
    return f"SELECT * FROM ({inner}) AS described WHERE {' AND '.join(matches)}" if matches else inner
