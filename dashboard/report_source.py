"""Where reports take their numbers: the warehouse for directors, published numbers for everyone else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path

from dashboard.measures import evaluate, options, quality
from dashboard.measures.arrivals import arrivals, batches
from dashboard.measures.filling_prose import still_to_come
from dashboard.measures.names import names_of
from dashboard.report_release import published_source
from dashboard.reports.make import PUBLISH
from dashboard.reports.source import Records, Source
from dashboard.settings import Audience, read_settings
from dashboard.store import Store
from pipelines.errors import NoDataError, OutcomesError
from pipelines.published import read_published

COVERED = """
SELECT
  CAST(coalesce((SELECT min(contact_date) FROM contact), (SELECT min(event_date) FROM event)) AS VARCHAR) AS first_day,
  (SELECT count(*) FROM assessment) > 0 AS assessments
"""


def source_for(audience: Audience, folder: Path, published: Path) -> Source:
    """Return what answers for an audience: the warehouse in `folder` for directors, `published` for everyone else."""
    if audience != "director":
        return protected_source(audience, published)
    settings = read_settings()
    store = Store(
        folder,
        memory_limit=settings.memory_limit,
        threads=settings.threads,
        max_execution_seconds=settings.max_execution_seconds,
    )
    return exact_source(store)


def protected_source(audience: Audience, folder: Path) -> Source:
    """Return what was published for an audience; exact numbers never take its place.

    Raises OutcomesError while nothing is published, or if the release did not pass its audit.
    """
    if audience == "director":
        raise ValueError("directors look at the warehouse")
    try:
        return published_source(read_published(folder, audience))
    except NoDataError:
        what = f"no protected numbers are published for the {audience}, and exact ones do not leave the house."
        raise OutcomesError(str(folder), what, PUBLISH) from None


def exact_source(store: Store) -> Source:
    """Describe the version in use. Raises NoDataError before the first load."""
    version = store.refresh()
    settings = store.settings
    found = store.frame(COVERED).iloc[0]
    first = found["first_day"]
    return Source(
        answers=partial(evaluate, store),
        options=partial(options, store),
        audience="director",
        organization=settings.get("organization", ""),
        as_of=store.as_of,
        data_start=date.fromisoformat(first) if isinstance(first, str) else store.as_of,
        version=version,
        gap_days=store.gap_days,
        resources=tuple(line.strip() for line in settings.get("resources", "").splitlines() if line.strip()),
        records=_records(store),
        has_assessments=bool(found["assessments"]),
        service_area=_service_area(store, settings),
    )


def _records(store: Store) -> Records:
    known = batches(store)
    return Records(
        quality.ledger(store), quality.issues(store), known, partial(arrivals, store), partial(still_to_come, store)
    )


def _service_area(store: Store, settings: Mapping[str, str]) -> dict[str, str]:
    return names_of(store, "county", [code for code in settings.get("service_area", "").split(",") if code])
