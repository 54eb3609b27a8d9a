"""What the process keeps: one store, answers by question and data version, and the county shapes."""

from __future__ import annotations

import atexit
import gc
import json
from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard.charts import subset
from dashboard.measures import evaluate
from dashboard.measures.plans import Plan, read_plan
from dashboard.measures.result import Query, Result
from dashboard.settings import Settings, read_settings
from dashboard.store import Store
from pipelines.paths import reference_folder


def store() -> Store:
    """Return the process's one reader of the store folder that the environment names."""
    return _store(read_settings())


@st.cache_resource(show_spinner=False, hash_funcs={Settings: repr})
def _store(settings: Settings) -> Store:
    return Store(
        settings.store,
        memory_limit=settings.memory_limit,
        threads=settings.threads,
        max_execution_seconds=settings.max_execution_seconds,
    )


def answer(query: Query, version: str) -> Result:
    """Return the answer to `query` from data version `version`; equal questions are computed once.

    Starts the page again if another version came into use meanwhile: a page never mixes two.
    """
    kept = _answer(query, version)
    return replace(kept, frame=kept.frame.copy(deep=False))  # copied on write, so that what is kept stays as it is


# The version is part of the key, so an answer is never stale and needs no time limit (platform.md 1.6).
# `repr` of a frozen question is its whole content, and ten times faster to hash than its parts.
@st.cache_resource(max_entries=2000, show_spinner=False, hash_funcs={Query: repr})
def _answer(query: Query, version: str) -> Result:
    result = evaluate(store(), query)
    if result.provenance.version != version:
        st.rerun()
    return result


@st.cache_resource(max_entries=4, show_spinner=False)
def plan(version: str) -> Plan:
    """Return the program's annotations and targets in data version `version`; starts again as `answer` does."""
    found = read_plan(store())
    if store().version != version:
        st.rerun()
    return found


@st.cache_resource(max_entries=20, show_spinner=False)
def county_shapes(codes: frozenset[str]) -> dict[str, Any]:
    """Return the shapes of the counties named as GeoJSON; those of the whole country would stay in memory."""
    path = reference_folder() / "counties" / "shapes.json"
    return subset(json.loads(path.read_text(encoding="utf-8")), codes)


@st.cache_resource(show_spinner=False)
def spare_the_collector() -> None:
    """Take what the first page has loaded out of Python's garbage collection, once per process.

    Streamlit collects garbage after every rerun. Walking through modules that stay anyway took longer than all else.
    """
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)  # or DuckDB would report at exit that its objects were never freed
