"""Pieces of counting SQL that every kind of measure needs."""

from __future__ import annotations

from dashboard.measures.definition import Measure
from dashboard.measures.dimensions import NOT_RECORDED


def code_of(name: str) -> str:
    """Return the expression for a dimension's code, in which nothing recorded is a code of its own."""
    return f"coalesce(CAST({name} AS VARCHAR), '{NOT_RECORDED}')"


def group_of(by: tuple[str, ...]) -> str:
    """Return the columns to group by."""
    return ", ".join(["period", *by])


def coded(by: tuple[str, ...]) -> str:
    """Return period and the code of every dimension, under its own name."""
    return ", ".join(["period", *(f"{code_of(name)} AS {name}" for name in by)])


def sums(columns: list[str]) -> str:
    """Return the sum of each column, under its own name."""
    return ", ".join(f"sum({name}) AS {name}" for name in columns)


def out_columns(measure: Measure) -> list[str]:
    """Name the columns that count what was left out, one per reason."""
    return [f"out_{code}" for code, _ in measure.left_out]


def reasons(measure: Measure) -> list[tuple[str, str]]:
    """Return column and condition of every reason for leaving a row out."""
    return [(f"out_{code}", f"left_out = '{code}'") for code, _ in measure.left_out]


def rows_left_out(measure: Measure) -> list[str]:
    """Return the counts of rows left out, one per reason."""
    return [f"count(*) FILTER (WHERE {which}) AS {out}" for out, which in reasons(measure)]
