"""Answers to questions from a published cube: what is not in it does not exist, and nothing here can count.

The frame of such a `Result` has four columns more: `state` (shown, withheld, not_released), `lo` and `hi` (what anyone
could work out for a withheld count), and `released` (for a row that is not, the shortest periods that are: "by year").
Only shown rows carry numbers.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from dashboard.measures.definition import Measure
from dashboard.measures.estimates.wilson import wilson
from dashboard.measures.filling import published_completeness
from dashboard.measures.parameters import parameters
from dashboard.measures.periods import Period
from dashboard.measures.registry import worded
from dashboard.measures.result import Provenance, Query, Result
from pipelines.policy.model import COARSER
from pipelines.published import Published, measure_frame
from pipelines.reference.counties import load_counties

ELSEWHERE = "elsewhere"
_PLACES = ("county", "region")
_NUMBERS = ["numerator", "denominator", "value", "lo", "hi"]
_AT = ["county_level", "county", "category", "period_start", "period_end"]
Place = tuple[str, str]  # level and code: ("all", "all"), ("county", "23009")
REGION_NAMES = {ELSEWHERE: "Elsewhere"}
EVERYWHERE: Place = ("all", "all")
LEVELS = {"month": "by month", "quarter": "by quarter", "year": "by year", "fiscal_year": "by fiscal year"}


class Rows(NamedTuple):
    """The published rows of one measure: as a frame, and by level, place, category and days of the period.

    `levels` says for each level, place and category which periods are the shortest released: "by quarter".
    """

    frame: pd.DataFrame
    by_cell: Mapping[tuple[object, ...], Mapping[Hashable, Any]]
    levels: Mapping[tuple[object, ...], str]


def is_given(published: Published, name: str) -> bool:
    """Say whether the audience is given a measure at all."""
    policy, audience = published.policy, published.cube.audience
    return name in policy.measures and bool(policy.tables_of(audience, name))


def look_up(published: Published, query: Query) -> Result:
    """Look a question up: one row per period and group, in the order of the periods and then of the codes.

    A question that was not published (another measure, period, place, split or setting) is answered with rows that
    are not released.
    """
    asked = _worded(published, query.measure, query.settings)
    rows = [
        _row(published, asked, query, period, groups, codes)
        for period in query.periods
        for groups, codes in _groups(published, query)
    ]
    return _result(published, asked, query, pd.DataFrame(rows))


def series(published: Published, name: str, place: Place = EVERYWHERE, days: int = 0) -> tuple[Result, str]:
    """Return every period of a measure at the finest level that is released for a place, and that level.

    The level is empty if nothing is released there; the result then has no rows.
    """
    frame = _rows(published, name, days).frame
    own = frame[(frame["county_level"] == place[0]) & (frame["county"] == place[1]) & (frame["category"] == "all")]
    released = own[own["state"] != "not_released"]
    level = min(released["period_level"], key=lambda level: COARSER[level], default="")
    periods = tuple(dict.fromkeys(_period(row) for row in released[released["period_level"] == level].itertuples()))
    where = ((place[0], (place[1],)),) if place != EVERYWHERE else ()
    settings = (("days", days),) if days else ()
    query = Query(name, periods, where=where, settings=settings, audience=published.cube.audience)
    return look_up(published, query), level


def closed_years(published: Published, name: str) -> tuple[Period, ...]:
    """Return the years for which a measure has released cells anywhere, oldest first."""
    frame = _rows(published, name, 0).frame
    years = frame[(frame["period_level"] == "year") & (frame["state"] != "not_released")].sort_values("period_start")
    return tuple(dict.fromkeys(_period(row) for row in years.itertuples()))


def released_periods(published: Published, name: str, by: tuple[str, ...] = (), days: int = 0) -> tuple[Period, ...]:
    """Return the periods for which a measure, split so, has a number that is shown; oldest first.

    Where none is shown those with a withheld one; none where nothing of the kind was released.
    """
    if not is_given(published, name) or len(by) > 1:
        return ()
    split = by[0] if by and by[0] not in _PLACES else ""
    if split and split != published.policy.measures[name].category:
        return ()
    frame = _rows(published, name, days).frame
    level = by[0] if by and not split else EVERYWHERE[0]
    own = frame[(frame["county_level"] == level) & ((frame["category"] != "all") == bool(split))]
    known = own[own["state"] == "shown"] if (own["state"] == "shown").any() else own[own["state"] == "withheld"]
    ordered = known.sort_values(["period_end", "period_start"])
    return tuple(dict.fromkeys(_period(row) for row in ordered.itertuples()))


def place_names(published: Published) -> dict[Place, str]:
    """Return every place of the cube by name: regions first, then counties, then everywhere else."""
    regions = sorted(set(published.cube.regions.values()) - {ELSEWHERE, "unknown"})
    named = county_names(published)
    counties = sorted(set(published.cube.regions) - {ELSEWHERE}, key=lambda code: named[code])
    levels = published.policy.hierarchies.county.levels
    found: dict[Place, str] = {("region", code): code for code in regions} if "region" in levels else {}
    return found | {("county", code): named[code] for code in counties}


def county_names(published: Published) -> dict[str, str]:
    """Return every county of the cube by code, with a name for everywhere else."""
    known = load_counties().names
    names = {code: known.get(code, code).removesuffix(" County") for code in published.cube.regions}
    return {**names, ELSEWHERE: "Other counties, or not recorded"}


def _worded(published: Published, name: str, settings: tuple[tuple[str, int], ...]) -> Measure:
    own = published.policy.measures[name].settings if name in published.policy.measures else {}
    return worded(name, tuple(parameters(published.cube.about, {**own, **dict(settings)}).items()))


@lru_cache(maxsize=64)
def _kept(release: str, audience: str, name: str) -> dict[int, Rows]:
    """Return a place to keep the rows of one measure of one release of one audience."""
    return {}


def _rows(published: Published, name: str, days: int) -> Rows:
    """Return the rows of a measure; of a life table those of one day, out of everyone who entered."""
    kept = _kept(published.cube.release, published.cube.audience, name)
    if days not in kept:
        frame = _looked_up(published, name, days)
        keys = frame[_AT].itertuples(index=False, name=None)
        kept[days] = Rows(frame, dict(zip(keys, frame.to_dict("records"), strict=True)), _levels(frame))
    return kept[days]


def _levels(frame: pd.DataFrame) -> dict[tuple[object, ...], str]:
    released = frame[frame["state"] != "not_released"]
    groups = released.groupby(["county_level", "county", "category"])["period_level"]
    return {group: LEVELS[min(levels, key=lambda level: COARSER[level])] for group, levels in groups}


def _looked_up(published: Published, name: str, days: int) -> pd.DataFrame:
    frame = measure_frame(published.cube, published.policy, name)
    if "day" not in frame:
        return frame
    at = ["county_level", "county", "period", "category"]
    first = frame[frame["day"] == frame["day"].min()][[*at, "denominator"]]
    day = frame[frame["day"] == days].drop(columns="denominator").merge(first, on=at, how="left")
    return day.sort_values(["county_level", "county", "period_start", "category"]).reset_index(drop=True)


def _groups(published: Published, query: Query) -> list[tuple[tuple[Place, str] | None, tuple[str, ...]]]:
    """Return place and category of every group asked for with its codes; None for what no cube can answer."""
    where = dict(query.where)
    rules = published.policy.measures.get(query.measure)
    split = rules.category if rules else ""
    known = {"county": sorted(published.cube.regions), "region": sorted(set(published.cube.regions.values()))}
    known |= {split: list(published.cube.categories.get(query.measure, ()))} if split else {}
    groups: list[tuple[str, ...]] = [()]
    for name in query.by:
        groups = [(*codes, code) for codes in groups for code in where.get(name, known.get(name, ()))]
    filters = {name: codes[0] for name, codes in where.items() if len(codes) == 1 and name not in query.by}
    strange = {*query.by, *where} - {*_PLACES, split} or any(len(codes) > 1 for codes in where.values())
    found: list[tuple[tuple[Place, str] | None, tuple[str, ...]]] = []
    for codes in groups:
        chosen = {**filters, **dict(zip(query.by, codes, strict=True))}
        places = [(name, chosen[name]) for name in _PLACES if name in chosen]
        clear = not strange and len(places) < 2
        found.append((((places or [EVERYWHERE])[0], chosen.get(split, "all")) if clear else None, codes))
    return found


def _row(
    published: Published,
    asked: Measure,
    query: Query,
    period: Period,
    group: tuple[Place, str] | None,
    codes: tuple[str, ...],
) -> dict[str, object]:
    cube = published.cube
    gap = parameters(cube.about, {})["gap_days"]
    row = {
        "period": period.label,
        "period_start": pd.Timestamp(period.start),
        "period_end": pd.Timestamp(period.end),
        "completeness": published_completeness(asked, period, date.fromisoformat(cube.as_of), gap, cube.about),
        **dict(zip(query.by, codes, strict=True)),
    }
    given = group if is_given(published, query.measure) else None
    found = _cell(published, query, period, given) if given else None
    level = _released_level(published, query, given) if given else ""
    if found is None:
        return {**row, "state": "not_released", "released": level, "few": False, **dict.fromkeys(_NUMBERS, np.nan)}
    return {
        **row,
        "state": found["state"],
        "released": level if found["state"] == "not_released" else "",
        "few": found["unreliable"],
        **{n: np.nan if pd.isna(found[n]) else float(found[n]) for n in _NUMBERS},
    }


def _cell(
    published: Published, query: Query, period: Period, group: tuple[Place, str]
) -> Mapping[Hashable, Any] | None:
    rows, (place, category) = _asked(published, query), group
    at = (*place, category, pd.Timestamp(period.start), pd.Timestamp(period.end))
    return rows.by_cell.get(at) if rows else None


def _released_level(published: Published, query: Query, group: tuple[Place, str]) -> str:
    """Say for which periods a group is released, the shortest there are; empty for none."""
    rows, (place, category) = _asked(published, query), group
    return rows.levels.get((*place, category), "") if rows else ""


def _asked(published: Published, query: Query) -> Rows | None:
    """Return the rows a question is about; None for settings that are not those of the publication."""
    settings = dict(query.settings)
    days = settings.pop("days", 0)
    rules = published.policy.measures[query.measure]
    if settings != {k: v for k, v in rules.settings.items() if k in settings} or bool(days) != bool(rules.grid_days):
        return None
    return _rows(published, query.measure, days)


def _result(published: Published, asked: Measure, query: Query, frame: pd.DataFrame) -> Result:
    if frame.empty:
        columns = [
            "period",
            "period_start",
            "period_end",
            "completeness",
            *query.by,
            "state",
            "released",
            "few",
            *_NUMBERS,
        ]
        frame = pd.DataFrame(columns=columns).astype(dict.fromkeys(_NUMBERS, "float64"))
    gone = frame["state"] != "shown"
    frame.loc[gone, ["numerator", "value"]] = np.nan
    lower = upper = np.full(len(frame), np.nan)
    if asked.interval == "wilson" and frame["denominator"].notna().any():
        _, lower, upper = wilson(frame["numerator"].fillna(0), frame["denominator"].fillna(0))
        lower, upper = (np.where(gone, np.nan, limit) for limit in (lower, upper))
    nobody = ~gone & frame["value"].isna()
    frame = frame.assign(
        lower=lower,
        upper=upper,
        reason=np.where(nobody, "nobody in the denominator", ""),
        reliable=~frame["few"].astype(bool),
        left_out=0.0,
    ).drop(columns="few")
    as_of = pd.Timestamp(published.cube.as_of).date()
    gap = parameters(published.cube.about, {})["gap_days"]
    provenance = Provenance(published.cube.release, as_of, gap)
    return Result(asked, query, frame, provenance, {"county": county_names(published), "region": REGION_NAMES})


def _period(row: object) -> Period:
    start, end = (pd.Timestamp(getattr(row, name)).date() for name in ("period_start", "period_end"))
    return Period(start, end, str(row.period_label))  # type: ignore[attr-defined]
