"""The dirt of real exports, in small known shares; each kind is told in data/sample/README.md."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.random import Generator

from pipelines.sample.draws import Index

SESSION_DIRT: Mapping[str, float] = {
    "case_drift": 0.008,
    "unmapped_mode": 0.002,
    "unmapped_status": 0.001,
    "county_word": 0.010,
    "co_word": 0.010,
    "fips_five": 0.005,
    "fips_three": 0.003,
    "town": 0.003,
    "other_state": 0.001,
    "missing_id": 0.0007,
    "test_id": 0.0007,
    "zero_date": 0.0007,
    "placeholder_date": 0.0004,
    "zero_minutes": 0.002,
    "long_minutes": 0.001,
    "minutes_with_unit": 0.06,
    "duplicate": 0.004,
    "corrected": 0.005,
}
OUTCOME_DIRT: Mapping[str, float] = {
    "unmapped_win": 0.003,
    "undated": 0.004,
    "reported_before": 0.004,
    "case_drift": 0.01,
    "county_word": 0.01,
    "missing_county": 0.008,
    "early_confirmation": 0.003,
    "duplicate": 0.005,
    "test_id": 0.002,
}
PARTICIPANT_DIRT: Mapping[str, float] = {
    "not_exported": 0.01,
    "closed_before_enrolled": 0.004,
    "closed_too_early": 0.005,
    "co_word": 0.02,
    "missing_county": 0.01,
    "case_drift": 0.01,
    "duplicate": 0.004,
}


def spots(rng: Generator, size: int, shares: Mapping[str, float]) -> dict[str, Index]:
    """Choose the rows of each kind of dirt: its share of the rows, at least one, no row twice."""
    counts = {kind: max(1, round(share * size)) for kind, share in shares.items()}
    total = sum(counts.values())
    if total > size:  # a handful of rows is left clean
        return {kind: np.empty(0, np.int64) for kind in shares}
    rows = rng.choice(size, total, replace=False)
    ends = np.cumsum(list(counts.values()))
    return {kind: np.sort(rows[end - count : end]) for (kind, count), end in zip(counts.items(), ends, strict=True)}
