"""The topic combinations that sessions refer to, and how topics and links are written."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np

from pipelines.sample.seasons import Days
from pipelines.sample.sessions import LINKS, TOPIC_SETS
from pipelines.schema import VOCABULARIES

_WEIGHTS = {
    "listening_and_support": 9.0,
    "goals": 5.0,
    "recovery_plan": 5.0,
    "housing": 5.0,
    "employment": 5.0,
    "coping_skills": 5.0,
    "family_and_relationships": 4.0,
    "transportation": 4.0,
    "building_trust": 4.0,
    "mutual_support_meetings": 4.0,
    "other": 0.4,
}
_HOW_MANY = (0.06, 0.34, 0.36, 0.18, 0.06)  # none to four topics


@cache
def topic_sets() -> tuple[tuple[str, ...], ...]:
    """Return the topic combinations, the same ones in every sample."""
    rng = np.random.default_rng(31)
    topics = VOCABULARIES["topic"]
    weights = np.array([_WEIGHTS.get(topic, 1.5) for topic in topics])
    share = weights / weights.sum()
    sizes = rng.choice(len(_HOW_MANY), TOPIC_SETS, p=_HOW_MANY)
    drawn = (rng.choice(len(topics), size, replace=False, p=share) for size in sizes)
    return tuple(tuple(topics[position] for position in chosen) for chosen in drawn)


def topic_labels(word: Callable[[str], str], separator: str) -> list[str]:
    """Return the text of each topic combination, the empty one last."""
    return [*(separator.join(map(word, chosen)) for chosen in topic_sets()), ""]


def link_labels(word: Callable[[str], str], separator: str, colon: str) -> list[str]:
    """Return the text of each pair of links, at position first * (LINKS + 1) + second."""
    outcomes = VOCABULARIES["linkage_outcome"]
    single = [f"{word(d)}{colon}{word(o)}" for d in VOCABULARIES["linkage_domain"] for o in outcomes]
    cells = [*single, ""]
    return [separator.join(filter(None, (one, two))) for one in cells for two in cells]


def link_position(first: Days, second: Days) -> Days:
    """Return the position in `link_labels` of each session's links."""
    return first * np.int32(LINKS + 1) + second
