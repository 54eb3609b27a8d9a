"""What the entry script needs before any question: first day, rules, places and programs in the data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import streamlit as st

from dashboard.measures import options
from dashboard.ui.cache import store

Options = tuple[tuple[str, str], ...]  # (code, words) in reading order
EXTRAS = ("goals", "assessments", "spending", "closings")  # what not every export holds
COVERED = """
SELECT
  CAST(coalesce((SELECT min(contact_date) FROM contact), (SELECT min(event_date) FROM event)) AS VARCHAR) AS first_day,
  (SELECT count(*) FROM contact) > 0 AS contacts,
  (SELECT string_agg(DISTINCT CAST(class AS VARCHAR), ' ') FROM event) AS classes,
  (SELECT count(*) FROM event WHERE code = 'goal_set') > 0 AS goals,
  (SELECT count(*) FROM assessment) > 0 AS assessments,
  (SELECT count(*) FROM target WHERE measure_id = 'spend') > 0 AS spending,
  (SELECT count(*) FROM participant WHERE closed_on IS NOT NULL) > 0 AS closings
"""


@dataclass(frozen=True, slots=True)
class Data:
    """The version in use and what it covers; `data_start` is `as_of` while it holds no dated row."""

    version: str
    as_of: date
    data_start: date
    gap_days: int
    records: tuple[str, ...]  # what is recorded at all: "contact", and classes of events, as "life_win"
    organization: str
    resources: tuple[str, ...]  # lines the program adds to the resources line
    counties: Options
    homes: Options  # counties where people live, as their records say
    programs: Options
    extras: tuple[str, ...] = ()  # those of EXTRAS that are recorded at all


def data_in_use() -> Data:
    """Describe the version the pointer names. Raises NoDataError while nothing is loaded."""
    return _describe(store().refresh())


@st.cache_data(max_entries=4, show_spinner=False)
def _describe(version: str) -> Data:
    source = store()
    settings = source.settings
    found = source.frame(COVERED).iloc[0]
    first = found["first_day"]
    classes = found["classes"] if isinstance(found["classes"], str) else ""
    lines = settings.get("resources", "").splitlines()
    return Data(
        version=version,
        as_of=source.as_of,
        data_start=date.fromisoformat(first) if isinstance(first, str) else source.as_of,
        gap_days=source.gap_days,
        records=("contact",) * bool(found["contacts"]) + tuple(sorted(classes.split())),
        organization=settings.get("organization", ""),
        resources=tuple(line.strip() for line in lines if line.strip()),
        counties=tuple(options(source, "county").items()),
        homes=tuple(options(source, "county", "residence").items()),
        programs=tuple(options(source, "program").items()),
        extras=tuple(name for name in EXTRAS if bool(found[name])),
    )
