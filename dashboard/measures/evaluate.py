"""Query in, Result out: count in one statement, then estimate (architecture.md)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from dashboard.measures.between import days_between
from dashboard.measures.cells import Columns, cells
from dashboard.measures.curve_values import curves
from dashboard.measures.definition import CURVES, Measure
from dashboard.measures.dimensions import dimension
from dashboard.measures.filling import Filling, filling
from dashboard.measures.names import NAMED, names_of
from dashboard.measures.parameters import parameters
from dashboard.measures.periods import Period
from dashboard.measures.registry import measure, worded
from dashboard.measures.result import Provenance, Query, Result
from dashboard.measures.statement import asked_days, filter_values, statement
from dashboard.measures.values import with_values
from dashboard.store import Store
from pipelines.errors import OutcomesError, nearest


def evaluate(store: Store, query: Query) -> Result:
    """Answer one question on the data in use.

    Raises UnknownNameError for a measure, dimension or setting that does not exist, OutcomesError for a
    dimension the measure does not offer or periods that cannot be told apart, NoDataError before a load.
    """
    _check(query)
    while True:
        version = store.version
        result = _answer(store, query, version)
        if store.version == version:  # a load published meanwhile: count again rather than mix two versions
            return result


def _answer(store: Store, query: Query, version: str) -> Result:
    chosen = parameters(store.settings, dict(query.settings))
    asked = worded(query.measure, tuple(chosen.items()))
    values = {**chosen, **filter_values(query), "as_of": store.as_of}
    days = asked_days(store, query.periods)
    sql = statement(asked, query, days, own_gap=chosen["gap_days"] == store.gap_days)
    counted = store.columns(sql, values)
    frame = _frame(asked, query, counted, filling(store, asked, chosen["gap_days"]))
    provenance = Provenance(version, store.as_of, chosen["gap_days"], _notes(asked, counted))
    names = {name: names_of(store, name, frame[name].unique()) for name in query.by if name in NAMED}
    return Result(asked, query, frame, provenance, names)


def _frame(asked: Measure, query: Query, counted: Columns, judge: Filling) -> pd.DataFrame:
    """Estimate, and put label, first day, last day and completeness in front."""
    periods = query.periods
    if asked.kind in CURVES:
        columns = curves(asked, counted, query.by, len(periods))
    elif asked.kind == "days_between":
        columns = days_between(counted, periods, judge.as_of)
    else:
        columns = cells(counted, query.by, len(periods))
        columns = {name: columns[name] for name in ("period", *query.by)} | with_values(asked, columns)
    number = columns.pop("period")
    # One frame at the end: pandas takes longer to add a column than to make the whole.
    return pd.DataFrame({name: of.take(number) for name, of in _head(periods, judge).items()} | columns)


@lru_cache(maxsize=512)
def _head(periods: tuple[Period, ...], judge: Filling) -> Mapping[str, Any]:
    """Return the columns that say what the periods are, one entry per period, as pandas keeps them."""
    return {
        "period": pd.array([p.label for p in periods], dtype="str"),
        "period_start": np.array([p.start for p in periods], dtype="datetime64[s]"),
        "period_end": np.array([p.end for p in periods], dtype="datetime64[s]"),
        "completeness": pd.array([judge.completeness(p) for p in periods], dtype="str"),
    }


def _check(query: Query) -> None:
    asked = measure(query.measure)
    for name in (*query.by, *(name for name, _ in query.where)):
        dimension(name)
        if name not in asked.dimensions:
            offered = ", ".join(asked.dimensions) or "none"
            cure = nearest(name, asked.dimensions) or f"It can be split by: {offered}."
            raise OutcomesError(asked.name, f'this measure cannot be split by "{name}".', cure)
    labels = [p.label for p in query.periods]
    if not labels or len(set(labels)) < len(labels):
        raise OutcomesError(asked.name, "periods are missing or repeated.", "Ask for one or more different periods.")
    if len(set(query.by)) < len(query.by):
        raise OutcomesError(asked.name, "a dimension is named twice.", "Name each dimension once.")


def _notes(asked: Measure, counted: Columns) -> tuple[str, ...]:
    """Say how many units were left out, by reason; a curve repeats its periods, so each counts once."""
    rows = np.arange(len(counted["period"]))
    if asked.kind in CURVES:
        rows = np.unique(counted["period"], return_index=True)[1]
    totals = [(int(counted[f"out_{code}"][rows].sum()), words) for code, words in asked.left_out]
    return tuple(f"{n} {asked.counted(n)} left out: {words}." for n, words in totals if n)
