"""The source of protected reports: one published release, and no way from it to the warehouse."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from dashboard.measures import label, order
from dashboard.measures.lookup import ELSEWHERE, REGION_NAMES, county_names, is_given, look_up, released_periods
from dashboard.measures.parameters import parameters
from dashboard.reports.source import Release, Source
from pipelines.published import Published, start_of


def published_source(published: Published) -> Source:
    """Describe a release: it answers what was published, and everything else with rows that are not released."""
    cube = published.cube
    return Source(
        answers=partial(look_up, published),
        options=partial(_options, published),
        audience=cube.audience,
        organization=cube.about.get("organization", ""),
        as_of=date.fromisoformat(cube.as_of),
        data_start=start_of(cube.months[0]),
        version=cube.release,
        gap_days=parameters(cube.about, {})["gap_days"],
        resources=tuple(line.strip() for line in cube.about.get("resources", "").splitlines() if line.strip()),
        release=_release(published),
    )


def _release(published: Published) -> Release:
    measures = published.policy.measures
    cube = published.cube
    return Release(
        measures=tuple(name for name in measures if is_given(published, name)),
        periods=partial(released_periods, published),
        grid_days=tuple(sorted({day for rules in measures.values() for day in rules.grid_days})),
        notes=(f"Release {cube.sequence} ({cube.release}), which passed its audit; policy {cube.policy_hash[:12]}.",),
    )


def _options(published: Published, name: str) -> Mapping[str, str]:
    """Return the codes of a dimension that the cube knows and their words; none for a split that was not published."""
    if name == "county":
        return county_names(published)
    if name == "region":
        codes = sorted(set(published.cube.regions.values()), key=lambda code: (code == ELSEWHERE, code))
        return {code: REGION_NAMES.get(code) or label(name, code) for code in codes}
    split = [
        code
        for measure, rules in published.policy.measures.items()
        if rules.category == name
        for code in published.cube.categories.get(measure, ())
    ]
    return {code: label(name, code) for code in sorted(set(split), key=partial(order, name))}
