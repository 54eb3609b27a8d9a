"""What the process keeps: one store, answers by question and data version, and the county shapes."""

from __future__ import annotations

import json
from typing import Any

import streamlit as st

from dashboard.measures import evaluate
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


def answer(query: Query) -> Result:
    """Return the answer to `query` from the data in use; equal questions are computed once per version."""
    return _answer(query, store().refresh())


# The version is part of the key, so an answer is never stale and needs no time limit (platform.md 1.6).
# `repr` of a frozen question is its whole content, and ten times faster to hash than its parts.
@st.cache_data(max_entries=2000, show_spinner=False, hash_funcs={Query: repr})
def _answer(query: Query, version: str) -> Result:
    return evaluate(store(), query)


@st.cache_resource(show_spinner=False)
def county_shapes() -> dict[str, Any]:
    """Return every county's shape as GeoJSON; the pages pass on only those they draw."""
    path = reference_folder() / "counties" / "shapes.json"
    shapes: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return shapes
