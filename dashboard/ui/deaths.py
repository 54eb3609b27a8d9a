"""Deaths: words before numbers, never by county, coach, site or month (pages.md section 7)."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.measures import Result
from dashboard.ui.page import long_date
from dashboard.ui.view import View, remembered

EVERYWHERE = ("county", "program")  # filters that never apply to deaths


def deaths(view: View) -> tuple[Result, Result]:
    """Return deaths by recorded cause, and fatal overdoses by kind of record, in the 12 months to as_of."""
    causes = view.ask("deaths", view.year, by=("cause",), ignore=EVERYWHERE)
    overdoses = view.ask("fatal_overdoses", view.year, by=("confirmation",), ignore=EVERYWHERE)
    return causes, overdoses


def deaths_sentence(view: View) -> None:
    """Say how many people died in the 12 months to as_of."""
    st.write(_sentence(view))


@remembered
def _sentence(view: View) -> str:
    causes, overdoses = deaths(view)
    total, pending = _count(causes), _count(causes, "pending")
    whom = "the program had supported" if view.has_contacts else "in the records"
    if not total:
        return f"In the 12 months to {long_date(view.as_of)}, no death of a person {whom} is recorded."
    k, confirmed, suspected = (_count(overdoses, *code) for code in ((), ("confirmed",), ("suspected",)))
    return (
        f"In the 12 months to {long_date(view.as_of)}, {_people(total)} {whom} died. "
        f"{k} {'death was an overdose' if k == 1 else 'deaths were overdoses'} "
        f"({confirmed} confirmed, {suspected} suspected); "
        f"{pending} {'cause is' if pending == 1 else 'causes are'} pending."
    )


@remembered
def deaths_table(view: View) -> pd.DataFrame:
    """Return overdose deaths by kind of record: one row, provisional until a cause is confirmed."""
    _, overdoses = deaths(view)
    row = {"Overdose deaths, provisional": view.year.label}
    row["Suspected"] = str(_count(overdoses, "suspected"))
    row["Confirmed"] = str(_count(overdoses, "confirmed"))
    return pd.DataFrame([row])


def _count(result: Result, code: str = "") -> int:
    frame = result.frame
    kept = frame[frame[result.query.by[0]] == code] if code else frame
    return int(kept["value"].fillna(0).sum())


def _people(n: int) -> str:
    return f"{n} {'person' if n == 1 else 'people'}"
