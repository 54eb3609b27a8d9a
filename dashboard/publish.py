"""Counting what the policy publishes: the measures over every cell of its grid, on the warehouse.

The only place where the two halves meet: `dashboard.measures` counts, `pipelines.publication` protects, audits and
makes live. A measure is evaluated at every level by itself; nothing is added up here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pandas as pd

from dashboard.measures import NOT_RECORDED, Measure, Period, Query, evaluate, measure, options
from dashboard.measures.cells import cells
from dashboard.measures.filling import counted_from, late_periods
from dashboard.measures.parameters import parameters
from dashboard.measures.statement import asked_days, filter_values, statement
from dashboard.store import Store
from pipelines.disclosure import Counts, Grid, Key, grid_of, read_ledger
from pipelines.errors import OutcomesError
from pipelines.policy import MeasureRules, Policy, Quantity, read_policy
from pipelines.policy.quantities import grid_names
from pipelines.publication import Publication
from pipelines.publication import publish as publish_counts
from pipelines.published.periods import end_of, fiscal_start, months_between, start_of

# Settings that the words beside published numbers need.
ABOUT = ("organization", "resources", "gap_days", "has_sessions")
ELSEWHERE = "elsewhere"  # every county outside the service area, and contacts without a county
_NO_AREA = "it names no service area and no state, so that nobody knows which counties to publish."
_AREA_CURE = (
    'Write a line such as state = "PA" (two letters), or service_area = ["42001", "42003"], into a program file and '
    "load once more with --program FILE. Where no counties are recorded, use a policy without them: "
    "`outcomes policy write single_site policy.toml`."
)
_KINDS = {
    "events": ("events",),
    "persons": ("people", "share_of_people"),
    "distinct": ("people", "share_of_people"),
    "rate": ("share_of_people",),
    "lifetable": ("share_of_people",),
}


def publish(store: Store, policy_file: Path, published: Path, ledger: Path, *, restate: bool = False) -> Publication:
    """Count, protect, audit and publish; OutcomesError with the reason if nothing was published."""
    policy, _ = read_policy(policy_file)
    counts = count(store, policy, first_month=_first_month(ledger))
    return publish_counts(counts, policy_file, published, ledger, restate=restate)


def count(store: Store, policy: Policy, *, first_month: str = "") -> Counts:
    """Count every cell of the policy's grid that is closed.

    `first_month`: where the window begins (2024-01), by default as many months back as the policy says, or where the
    records begin. Raises OutcomesError if the policy names a measure, dimension or kind that does not fit.
    """
    store.refresh()
    _require_contacts(store, policy)
    regions = _regions(store, policy)
    months = _window(store, policy, first_month)
    categories = {name: _categories(store, rules) for name, rules in policy.measures.items() if rules.category}
    grid = grid_of(policy, months, store.as_of, regions, categories)
    rows = [row for name in grid.quantities for row in _Counter(store, grid, grid.quantities[name]).rows()]
    frame = pd.DataFrame(rows, columns=[*Key._fields, "value", "people"])
    about = {name: store.settings[name] for name in ABOUT if store.settings.get(name)}
    return Counts(frame, months, store.as_of, regions, categories, about | late_periods(store, _periods(grid)))


def _periods(grid: Grid) -> Iterator[Period]:
    first = fiscal_start(grid.policy)
    for code in sorted({code for codes in grid.periods.values() for code in codes}):
        yield Period(start_of(code, first), end_of(code, first), code)


def _first_month(ledger: Path) -> str:
    lines = read_ledger(ledger).lines
    return str(lines[0]["months"][0]) if lines else ""


def _window(store: Store, policy: Policy, first_month: str) -> tuple[str, ...]:
    start = _start(store)
    known = [m for m in months_between(start, store.as_of) if start_of(m) >= start and end_of(m) <= store.as_of]
    if first_month:
        return tuple(month for month in known if month >= first_month)
    return tuple(known[-policy.hierarchies.period.months :])


def _start(store: Store) -> date:
    """Return the first day of the records; where no sessions are kept, the first day anything happened."""
    if store.settings.get("has_sessions") == "true":
        return date.fromisoformat(store.settings["data_start"])
    first = store.frame("SELECT min(event_date) AS first FROM event")["first"].iloc[0]
    if pd.isna(first):
        raise OutcomesError("publish", "there is nothing to count.", "Load sessions or milestones first.")
    return pd.Timestamp(first).date()


def _require_contacts(store: Store, policy: Policy) -> None:
    """Refuse measures of contacts where none are kept: their zeros would say that nobody was supported."""
    if store.settings.get("has_sessions") == "true":
        return
    asked = [name for name, rules in policy.measures.items() if "session" in counted_from(_defined(name, rules).sql)]
    if asked:
        raise OutcomesError(
            "policy",
            f"it asks for {', '.join(asked)}, which need contacts; these data hold events only.",
            "Take them out, or begin with the policy for events without contacts: "
            "`outcomes policy write overdose_surveillance policy.toml`.",
        )


def _regions(store: Store, policy: Policy) -> dict[str, str]:
    """Return county -> region for the service area, without one for the program's state, and for everywhere else.

    A policy without counties and regions needs neither.
    """
    if policy.hierarchies.county.levels == ("all",):
        return {ELSEWHERE: ELSEWHERE}
    area = [code.strip() for code in store.settings.get("service_area", "").split(",") if code.strip()]
    known = store.frame("SELECT fips, state, region FROM county")
    kept = known[known["fips"].isin(area) if area else known["state"] == store.settings.get("state", "")]
    regions = {
        str(fips): NOT_RECORDED if pd.isna(region) else str(region)
        for fips, region in zip(kept["fips"], kept["region"], strict=True)
    }
    if not regions:
        raise OutcomesError("program", _NO_AREA, _AREA_CURE)
    return {**regions, ELSEWHERE: ELSEWHERE}


def _categories(store: Store, rules: MeasureRules) -> tuple[str, ...]:
    codes = rules.categories or tuple(options(store, rules.category))
    if not codes:
        raise OutcomesError("policy", f'"{rules.category}" has no closed list of codes.', 'Add "categories = [...]".')
    return tuple(dict.fromkeys((*codes, NOT_RECORDED)))


class _Counter:
    """Counts one quantity over its grid."""

    def __init__(self, store: Store, grid: Grid, quantity: Quantity) -> None:
        self._store, self._grid, self._quantity = store, grid, quantity
        first = fiscal_start(grid.policy)
        codes = grid.periods[quantity.name]
        self._periods = tuple(Period(start_of(code, first), end_of(code, first), code) for code in codes)
        self._listed = tuple(code for code in grid.regions if code != ELSEWHERE)

    def rows(self) -> Iterator[tuple[str, str, str, str, str, int, int]]:
        """Yield every cell of the grid with its value and the people behind it; 0 where nothing was counted."""
        if not self._periods:
            return
        asked = _checked(self._quantity)
        splits = [(), (self._quantity.rules.category,)] if self._grid.categories[self._quantity.name] else [()]
        found: dict[tuple[str, str, str, str], tuple[int, int]] = {}
        for split in splits:
            for level, county, numbers in self._places(asked, split):
                for (code, period, category), both in numbers.items():
                    found[level, county or code, period, category] = both
        for key in self._grid.cells:
            if key.quantity == self._quantity.name:
                place = (key.county_level, key.county, key.period, key.category)
                yield (*key, *found.pop(place, (0, 0)))
        if any(value for value, _ in found.values()):
            strange = len(found)
            raise OutcomesError(asked.name, f"{strange} groups lie outside the policy's lists.", "Add the categories.")

    def _places(
        self, asked: Measure, split: tuple[str, ...]
    ) -> Iterator[tuple[str, str, Mapping[tuple[str, str, str], tuple[int, int]]]]:
        """Yield (level, place or "" where the rows name it, cells) for every place of the policy's levels."""
        levels = self._grid.policy.hierarchies.county.levels
        return (found for found in self._every_place(asked, split) if found[0] in levels)

    def _every_place(
        self, asked: Measure, split: tuple[str, ...]
    ) -> Iterator[tuple[str, str, Mapping[tuple[str, str, str], tuple[int, int]]]]:
        inside = (("county", self._listed),)
        by_county = self._numbers(asked, ("county", *split), ())
        yield "county", "", {key: both for key, both in by_county.items() if key[0] in self._listed}
        yield "region", "", self._numbers(asked, ("region", *split), inside)
        yield "all", "all", self._numbers(asked, split, ())
        others = tuple(sorted({key[0] for key in by_county} - set(self._listed)))
        if others:
            elsewhere = self._numbers(asked, split, (("county", others),))
            yield "county", ELSEWHERE, elsewhere
            yield "region", ELSEWHERE, elsewhere

    def _numbers(
        self, asked: Measure, by: tuple[str, ...], where: tuple[tuple[str, tuple[str, ...]], ...]
    ) -> dict[tuple[str, str, str], tuple[int, int]]:
        """Return (place, period, category) -> value and people; the place is "" if the question has none."""
        part, rules = self._quantity.part, self._quantity.rules
        if part == "left":
            return self._left(asked, by, where)
        days = {"days": self._quantity.days} if self._quantity.days else {}
        query = Query(asked.name, self._periods, by, where, tuple(sorted({**rules.settings, **days}.items())))
        frame = evaluate(self._store, query).frame
        top, bottom = frame["numerator"], frame["denominator"]
        value = {"denominator": bottom, "entered": bottom, "complement": bottom - top}.get(part, top)
        people = _people(self._store, asked, query) if rules.kind == "events" else value
        return _keyed(frame, by, value.astype(int), pd.Series(people).astype(int))

    def _left(
        self, asked: Measure, by: tuple[str, ...], where: tuple[tuple[str, tuple[str, ...]], ...]
    ) -> dict[tuple[str, str, str], tuple[int, int]]:
        """People who left between two days of the grid: those who stayed through the first and not the second."""
        entered, grid = grid_names(self._quantity.measure, self._quantity.rules)
        names = [entered, *(stayed for _, stayed, _ in grid)]
        at = [days for days, _, _ in grid].index(self._quantity.days)
        before, after = (
            _Counter(self._store, self._grid, self._grid.quantities[name])._numbers(asked, by, where)
            for name in (names[at], names[at + 1])
        )
        return {key: (n - after[key][0], n - after[key][0]) for key, (n, _) in before.items()}


def _defined(name: str, rules: MeasureRules) -> Measure:
    return measure(rules.measure or name)


def _checked(quantity: Quantity) -> Measure:
    asked = _defined(quantity.measure, quantity.rules)
    if asked.kind not in _KINDS[quantity.rules.kind]:
        raise OutcomesError(
            f"measures.{quantity.measure}",
            f'kind "{quantity.rules.kind}" does not fit a measure that counts {asked.kind.replace("_", " ")}.',
            f"It needs: {' or '.join(_KINDS[quantity.rules.kind]).replace('_', ' ')}.",
        )
    return asked


def _people(store: Store, asked: Measure, query: Query) -> pd.Series[float]:
    """Count the distinct people behind events, in the order of the rows of `evaluate`."""
    chosen = parameters(store.settings, dict(query.settings))
    body = (
        f"SELECT * REPLACE (CASE WHEN numerator > 0 THEN 1 ELSE 0 END AS numerator) FROM (\n{asked.sql}\n) AS event_row"
    )
    people = asked.model_copy(
        update={"kind": "people", "sql": body, "left_out": (), "key": "participant_key", "once": False}
    )
    values = {**chosen, **filter_values(query), "as_of": store.as_of}
    days = asked_days(store, query.periods)
    sql = statement(people, query, days, own_gap=chosen["gap_days"] == store.gap_days)
    counted = store.columns(sql, values)
    return pd.Series(cells(counted, query.by, len(query.periods))["numerator"])


def _keyed(
    frame: pd.DataFrame, by: tuple[str, ...], value: pd.Series[int], people: pd.Series[int]
) -> dict[tuple[str, str, str], tuple[int, int]]:
    place = next((name for name in by if name in {"county", "region"}), None)
    split = next((name for name in by if name not in {"county", "region"}), None)
    places = frame[place] if place else [""] * len(frame)
    categories = frame[split] if split else ["all"] * len(frame)
    keys = zip(places, frame["period"], categories, strict=True)
    return dict(zip(keys, zip(value.tolist(), people.tolist(), strict=True), strict=True))
