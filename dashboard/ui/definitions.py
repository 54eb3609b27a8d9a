"""Definitions with the program's own settings in their texts: its gap rule, not the default one."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard.measures import Measure
from dashboard.measures.parameters import DEFAULTS, parameters
from dashboard.measures.registry import load_measures, worded
from dashboard.ui.cache import store


@st.cache_resource(max_entries=4, show_spinner=False)
def definitions_in_use(version: str) -> Mapping[str, Measure]:
    """Return every measure by name, in catalog order, worded with the settings of data version `version`."""
    chosen = tuple(_settings().items())
    return {name: worded(name, chosen) for name in load_measures()}


@st.cache_resource(max_entries=4, show_spinner=False)
def settings_in_use(version: str) -> tuple[tuple[int, str, bool], ...]:
    """Return value and meaning of every setting of data version `version`, and whether the program chose it."""
    chosen = _settings()
    return tuple((chosen[name], meaning, chosen[name] != value) for name, (value, meaning) in DEFAULTS.items())


def _settings() -> dict[str, int]:
    return parameters(store().settings, {})
