"""The grid of a policy: every cell that is released, or could be worked out, and how cells hang together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from pipelines.policy import Policy, Quantity, caps, quantities, sums
from pipelines.policy.model import PeriodLevel
from pipelines.published.periods import end_of, fiscal_start, level_of, months_of, period_of


class Key(NamedTuple):
    """The coordinates of one cell."""

    quantity: str
    county_level: str
    county: str
    period: str
    category: str


@dataclass(frozen=True)
class Grid:
    """The axes of every count, and the cells on them."""

    policy: Policy
    quantities: dict[str, Quantity]
    regions: Mapping[str, str]
    periods: Mapping[str, tuple[str, ...]]  # quantity -> its periods
    categories: Mapping[str, tuple[str, ...]]  # quantity -> its categories, without "all"

    @property
    def cells(self) -> Iterator[Key]:
        """Yield every cell."""
        places = self.places()
        for name in self.quantities:
            for level, county in places:
                for period in self.periods[name]:
                    for category in ("all", *self.categories[name]):
                        yield Key(name, level, county, period, category)

    def places(self) -> list[tuple[str, str]]:
        """Return (level, code) of every place."""
        levels = self.policy.hierarchies.county.levels
        found = [("county", code) for code in sorted(self.regions)] if "county" in levels else []
        found += [("region", code) for code in sorted(set(self.regions.values()))] if "region" in levels else []
        return found + ([("all", "all")] if "all" in levels else [])

    def parts(self, cell: Key, axis: str) -> list[Key]:
        """Return the next finer cells a cell is made of along an axis; none if there is nothing finer."""
        match axis:
            case "county":
                return [cell._replace(county_level=level, county=code) for level, code in self._inside(cell)]
            case "period":
                return [cell._replace(period=period) for period in self._within(cell)]
            case _:
                finer = self.categories[cell.quantity] if cell.category == "all" else ()
                return [cell._replace(category=category) for category in finer]

    def _inside(self, cell: Key) -> list[tuple[str, str]]:
        levels = self.policy.hierarchies.county.levels
        if cell.county_level == "all" and "region" in levels:
            return [("region", code) for code in sorted(set(self.regions.values()))]
        if cell.county_level == "county" or "county" not in levels:
            return []
        inside = (c for c, region in self.regions.items() if cell.county_level == "all" or region == cell.county)
        return [("county", code) for code in sorted(inside)]

    def _within(self, cell: Key) -> list[str]:
        first = fiscal_start(self.policy)
        months, known = months_of(cell.period, first), set(self.periods[cell.quantity])
        for finer in _finer(level_of(cell.period), first):
            parts = list(dict.fromkeys(period_of(month, finer, first) for month in months))
            if known.issuperset(parts):
                return parts
        return []


def _finer(level: PeriodLevel, first: int) -> tuple[PeriodLevel, ...]:
    """Return the levels a period may be cut into, widest first; fiscal years of other months have no quarters."""
    match level:
        case "year":
            return ("quarter", "month")
        case "fiscal_year":
            return ("quarter", "month") if first % 3 == 1 else ("month",)
        case "quarter":
            return ("month",)
        case _:
            return ()


def grid_of(
    policy: Policy,
    months: tuple[str, ...],
    as_of: date,
    regions: Mapping[str, str],
    categories: Mapping[str, tuple[str, ...]],
) -> Grid:
    """Return the grid of everything that is closed by `as_of`."""
    known = quantities(policy)
    periods = {name: _periods(policy, quantity, months, as_of) for name, quantity in known.items()}
    split = {name: categories.get(q.measure, ()) if q.rules.category else () for name, q in known.items()}
    return Grid(policy, known, regions, periods, split)


def _periods(policy: Policy, quantity: Quantity, months: tuple[str, ...], as_of: date) -> tuple[str, ...]:
    """Return the closed periods of a count: over, waited for, and everyone in them judged."""
    first, covered = fiscal_start(policy), set(months)
    waiting = timedelta(days=max(policy.release.lag_days, quantity.rules.matures_after_days))
    levels = quantity.rules.levels or policy.period_levels()
    found = dict.fromkeys(period_of(month, level, first) for level in levels for month in months)
    return tuple(
        p for p in found if covered.issuperset(months_of(p, first)) and end_of(p, first) + waiting <= as_of
    )  # fmt: skip


def groups(policy: Policy) -> list[set[str]]:
    """Return the counts that are tied together by sums or caps; each group is protected by itself."""
    found = [{name} for name in quantities(policy)]
    tied = [{s.total, *s.parts} for s in sums(policy)] + [set(pair) for pair in caps(policy)]
    for names in tied:
        touched = [group for group in found if group & names]
        found = [group for group in found if not group & names] + [set().union(*touched)]
    return sorted(found, key=min)
